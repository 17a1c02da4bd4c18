import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { type OidcProvider, oidcProvider } from '@/lib/testing/oidc-provider'
import { countingHasher } from '@/lib/testing/passwords'
import { prepareAuth } from './auth'
import { authOptions } from './auth-options'
import { readConfig } from './config'
import { makeReadSession, readCookie } from './session'

// As much of Next's own request and response as next-auth uses, written as a method so that less than all of it will do.
const handler: { answer(req: object, res: object, options: NextAuthOptions): unknown }['answer'] = NextAuth

const secret = 'a secret of at least thirty-two characters'
const PASSWORD = 'kettle drum sevenfold'

let at: House
let oidc: OidcProvider
let server: Server
let appUrl = ''
let readSession: ReturnType<typeof makeReadSession>
let network = 0

beforeAll(async () => {
  ;[at, oidc] = await Promise.all([house(), oidcProvider()])
  const config = readConfig({
    OIDC_ISSUER: oidc.issuer,
    OIDC_ID: oidc.client.id,
    OIDC_SECRET: oidc.client.secret,
    OIDC_NAME: 'The company',
  })
  const log = pino({ level: 'silent' })
  const hasher = countingHasher()
  // next-auth's own handler on a real socket, as the route gives it its requests.
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', appUrl)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const cookies = Object.fromEntries(
      (request.headers.cookie ?? '').split('; ').flatMap((pair) => {
        const name = pair.slice(0, pair.indexOf('='))
        return name ? [[name, decodeURIComponent(readCookie(request.headers.cookie, name) ?? '')]] : []
      }),
    )
    const req = Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) },
      cookies,
      body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    })
    const res = Object.assign(response, {
      status: (code: number) => {
        response.statusCode = code
        return res
      },
      json: (value: unknown) => response.end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === 'string' ? value : JSON.stringify(value)),
    })
    const context = { ...at.guest(`198.51.100.${network}`), appUrl }
    await handler(req, res, authOptions({ config, secret, log, hasher, context }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // What a careless environment may hold is put right.
  process.env.AUTH_TRUST_HOST = 'true'
  prepareAuth({ config, secret, appUrl })
  readSession = makeReadSession({ store: at.store, secret, appUrl, clock: { now: at.now } })
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await Promise.all([at.close(), oidc.close()])
})
beforeEach(() => {
  network++
  at.told.revoked.length = 0
  oidc.asked.length = 0
  oidc.person = {
    sub: newId('usr'),
    claims: { email: `${newId('usr')}@parstock.example`, email_verified: true, name: 'Ines Weber' },
    userinfo: {},
  }
})

/** A browser that keeps cookies and follows nothing by itself. */
function browser() {
  const jar = new Map<string, string>()
  const go = async (url: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(url, appUrl), {
      redirect: 'manual',
      headers: { ...headers, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const gone = attributes.some((a) => /^(expires=Thu, 01 Jan 1970|max-age=0)/i.test(a))
      if (gone) jar.delete(name)
      else jar.set(name, pair.slice(name.length + 1))
    }
    return answer
  }
  const csrf = async () => ((await (await go('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return { jar, go, csrf, cookie }
}
type Browser = ReturnType<typeof browser>

/** As the button does it; answers where the whole journey ends. */
async function signInElsewhere(of: Browser, callbackUrl = '/', headers = {}): Promise<string> {
  const form = { csrfToken: await of.csrf(), callbackUrl, json: 'true' }
  const { url } = (await (await of.go('/api/auth/signin/oidc', form, headers)).json()) as { url: string }
  const back = must(
    (await fetch(url, { redirect: 'manual' })).headers.get('location'),
    'the provider sends back',
  )
  return must((await of.go(back)).headers.get('location'), 'and we send on')
}

test('a provider’s user is signed in, with PKCE, state and nonce, and their session is a row', async () => {
  const ines = browser()
  expect(await signInElsewhere(ines, '/invite/Zm9v?a=1')).toBe(`${appUrl}/invite/Zm9v?a=1`)
  const [asked] = oidc.asked
  expect(asked?.get('redirect_uri')).toBe(`${appUrl}/api/auth/callback/oidc`)
  expect(asked?.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked?.get(name)).toMatch(/.{20}/)

  const signedIn = must(await readSession({ cookie: ines.cookie() }), 'signed in')
  expect(signedIn.user).toMatchObject({ name: 'Ines Weber', email: oidc.person.claims.email })
  const session = await (await ines.go('/api/auth/session')).json()
  expect(session).toMatchObject({ user: { name: 'Ines Weber' } })
  // next-auth has written the cookie anew; it still names the same row.
  expect((await readSession({ cookie: ines.cookie() }))?.sessionId).toBe(signedIn.sessionId)
})

test('the cookie is kept from scripts and other sites', async () => {
  const of = browser()
  const form = { csrfToken: await of.csrf(), callbackUrl: '/', json: 'true' }
  const { url } = (await (await of.go('/api/auth/signin/oidc', form)).json()) as { url: string }
  const back = must((await fetch(url, { redirect: 'manual' })).headers.get('location'), 'sent back')
  const cookies = (await of.go(back)).headers.getSetCookie()
  const cookie = must(
    cookies.find((one) => one.startsWith('throughline.session=')),
    'the session cookie',
  )
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Path=\//)
})

test('the second time it is the same user; an address only userinfo tells is found', async () => {
  const { email, ...rest } = oidc.person.claims
  oidc.person = { ...oidc.person, claims: rest, userinfo: { email } }
  const [one, two] = [browser(), browser()]
  await signInElsewhere(one)
  await signInElsewhere(two)
  const first = must(await readSession({ cookie: one.cookie() }), 'signed in')
  const second = must(await readSession({ cookie: two.cookie() }), 'signed in again')
  expect(second.user.id).toBe(first.user.id)
  expect(second.sessionId).not.toBe(first.sessionId)
  const [account] = await at.store.sql`select provider from accounts where user_id = ${first.user.id}`
  expect(account?.provider).toBe(`oidc ${oidc.issuer}`)
})

test('somebody else’s address that the provider has not checked opens nothing', async () => {
  const owner = (await at.workspace()).user
  for (const email_verified of [undefined, false, 'false', null]) {
    oidc.person.claims = { email: owner.email, email_verified, name: 'Mallory' }
    const mallory = browser()
    expect(await signInElsewhere(mallory)).toBe(`${appUrl}/sign-in?error=provider`)
    expect(await readSession({ cookie: mallory.cookie() })).toBeNull()
  }
})

test.each(['//evil.test', '/\\evil.test', 'https:evil.test', 'https://evil.test/x', '/./..//evil.test'])(
  'row 10: the way back %s ends at our start page',
  async (callbackUrl) => {
    expect(await signInElsewhere(browser(), callbackUrl)).toBe(`${appUrl}/`)
  },
)

test('a forwarded host that is not ours changes no address', async () => {
  const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' }
  expect(await signInElsewhere(browser(), '/', headers)).toBe(`${appUrl}/`)
  expect(oidc.asked[0]?.get('redirect_uri')).toBe(`${appUrl}/api/auth/callback/oidc`)
})

test('a callback that this browser did not begin signs nobody in', async () => {
  const mallory = browser()
  const form = { csrfToken: await mallory.csrf(), callbackUrl: '/', json: 'true' }
  const { url } = (await (await mallory.go('/api/auth/signin/oidc', form)).json()) as { url: string }
  const back = must((await fetch(url, { redirect: 'manual' })).headers.get('location'), 'sent back')
  const victim = browser()
  await victim.csrf()
  expect((await victim.go(back)).headers.get('location')).toMatch(/error=OAuthCallback$/)
  expect(await readSession({ cookie: victim.cookie() })).toBeNull()
})

test('without the CSRF token nothing begins', async () => {
  const of = browser()
  await of.csrf()
  const answer = await of.go('/api/auth/signin/oidc', { csrfToken: 'guessed', json: 'true' })
  expect(oidc.asked).toEqual([])
  expect(await answer.text()).toContain('csrf=true')
})

async function passwordUser() {
  const user = await at.store.transact((tx) =>
    tx.users.add({
      id: newId('usr'),
      name: 'Ines',
      email: `${newId('usr')}@parstock.example`,
      emailVerified: null,
      passwordHash: `hash of ${PASSWORD}`,
      locale: null,
    }),
  )
  return must(user, 'the address is free')
}

test('by next-auth’s own form too: the same limits, one session row per sign-in', async () => {
  const user = await passwordUser()
  const of = browser()
  const csrfToken = await of.csrf()
  const enter = (password: string) =>
    of.go('/api/auth/callback/credentials', { csrfToken, email: user.email, password, json: 'true' })
  for (let i = 0; i < 3; i++) {
    expect((await enter('wrong')).status).toBe(401)
    expect(await readSession({ cookie: of.cookie() })).toBeNull()
  }
  await enter(PASSWORD)
  expect((await readSession({ cookie: of.cookie() }))?.user.id).toBe(user.id)
  expect(await at.store.read.sessions.list(user.id, new Date(at.now()))).toHaveLength(1)
  const other = browser()
  const tries = { csrfToken: await other.csrf(), email: user.email, json: 'true' }
  for (let i = 0; i < 5; i++)
    await other.go('/api/auth/callback/credentials', { ...tries, password: 'wrong' })
  const paused = await other.go('/api/auth/callback/credentials', { ...tries, password: PASSWORD })
  expect(paused.status).toBe(401)
})

test('signing out ends the row, and the cookie of before opens nothing', async () => {
  const of = browser()
  await signInElsewhere(of)
  const before = of.cookie()
  const { sessionId } = must(await readSession({ cookie: before }), 'signed in')
  await of.go('/api/auth/signout', { csrfToken: await of.csrf(), json: 'true' })
  expect(of.jar.has('throughline.session')).toBe(false)
  expect(await readSession({ cookie: before })).toBeNull()
  expect(at.told.revoked).toEqual([{ sessionId }])
})

test('a session revoked elsewhere: next-auth forgets it, and cannot carry it on', async () => {
  const of = browser()
  await signInElsewhere(of)
  const { sessionId, user } = must(await readSession({ cookie: of.cookie() }), 'signed in')
  await at.store.transact((tx) => tx.sessions.revoke(sessionId, user.id, new Date(at.now())))
  expect(await (await of.go('/api/auth/session')).json()).toEqual({})
  expect(of.jar.has('throughline.session')).toBe(false)
})
