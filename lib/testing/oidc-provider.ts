import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OidcProvider {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** Who signs in next: claims of the id token, and those only the userinfo endpoint tells. */
  person: { sub: string; claims: Record<string, unknown>; userinfo: Record<string, unknown> }
  /** What the app has sent to the authorization endpoint, in order. */
  readonly asked: URLSearchParams[]
  close(): Promise<void>
}

interface Grant {
  readonly nonce: string | null
  readonly challenge: string | null
  readonly redirectUri: string | null
}

/** An OpenID provider on loopback: discovery, authorization code with PKCE, RS256 id tokens, userinfo. */
export async function oidcProvider(): Promise<OidcProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = { id: 'throughline', secret: 'a secret between the two' }
  const grants = new Map<string, Grant>()
  const asked: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer)
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.issuer}/token`,
          userinfo_endpoint: `${provider.issuer}/userinfo`,
          jwks_uri: `${provider.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
      case '/keys':
        return json({
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
        })
      case '/authorize': {
        asked.push(url.searchParams)
        const code = randomBytes(16).toString('hex')
        const redirectUri = url.searchParams.get('redirect_uri')
        grants.set(code, {
          nonce: url.searchParams.get('nonce'),
          challenge: url.searchParams.get('code_challenge'),
          redirectUri,
        })
        const back = new URL(redirectUri ?? 'http://nowhere.invalid')
        back.searchParams.set('code', code)
        back.searchParams.set('state', url.searchParams.get('state') ?? '')
        response.writeHead(302, { location: back.href })
        return response.end()
      }
      case '/token': {
        const form = new URLSearchParams(await body(request))
        const grant = grants.get(form.get('code') ?? '')
        grants.delete(form.get('code') ?? '')
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        const basic = `Basic ${Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret).replaceAll('%20', '+')}`).toString('base64')}`
        if (
          !grant ||
          request.headers.authorization !== basic ||
          grant.challenge !== proof ||
          grant.redirectUri !== form.get('redirect_uri')
        ) {
          return json({ error: 'invalid_grant' }, 400)
        }
        const now = Math.floor(Date.now() / 1000)
        const claims = {
          iss: provider.issuer,
          aud: client.id,
          iat: now,
          exp: now + 300,
          nonce: grant.nonce,
          sub: provider.person.sub,
          ...provider.person.claims,
        }
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
        const head = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(claims)}`
        const signature = sign('RSA-SHA256', Buffer.from(head), privateKey).toString('base64url')
        return json({ access_token: 'access', token_type: 'Bearer', id_token: `${head}.${signature}` })
      }
      case '/userinfo':
        return json({ sub: provider.person.sub, ...provider.person.userinfo })
      default:
        return json({ error: 'not_found' }, 404)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const provider: OidcProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client,
    person: { sub: 'nobody', claims: {}, userinfo: {} },
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return provider
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
