import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server {
  readonly endpoint: string
  /** What lies in the bucket, by key. */
  readonly objects: Map<string, { bytes: Buffer; at: Date }>
  /** So many of the next requests are answered with 503. */
  fail(times: number): void
  stop(): Promise<void>
}

/**
 * As much of S3's protocol as our storage speaks, on a free loopback port: put, get, head, delete and the list in pages
 * of two. Signatures (AWS, version 4) are computed anew here, by another hand than the client's, and a request whose
 * signature or content hash is not right is refused as S3 refuses it.
 */
export async function s3Server(given: {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  let failing = 0

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts)
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`)
    if (failing > 0) {
      failing -= 1
      return void refuse(503, 'SlowDown')
    }
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
    if (request.headers.authorization !== signatureOf(request, url))
      return void refuse(403, 'SignatureDoesNotMatch')
    const hash = request.headers['x-amz-content-sha256']
    if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body))
      return void refuse(400, 'XAmzContentSHA256Mismatch')
    const root = `/${given.bucket}/`
    if (!url.pathname.startsWith(root)) return void refuse(404, 'NoSuchBucket')
    const key = decodeURIComponent(url.pathname.slice(root.length))
    if (key === '') return void response.writeHead(200).end(list(url.searchParams))
    const object = objects.get(key)
    switch (request.method) {
      case 'PUT':
        if (request.headers['content-length'] === undefined) return void refuse(411, 'MissingContentLength')
        objects.set(key, { bytes: body, at: new Date() })
        return void response.writeHead(200).end()
      case 'GET':
      case 'HEAD':
        if (!object) return void refuse(404, 'NoSuchKey')
        response.writeHead(200, {
          'content-length': object.bytes.length,
          'last-modified': object.at.toUTCString(),
        })
        return void response.end(request.method === 'GET' ? object.bytes : undefined)
      case 'DELETE':
        objects.delete(key)
        return void response.writeHead(204).end()
      default:
        return void refuse(405, 'MethodNotAllowed')
    }
  }

  function list(query: URLSearchParams): string {
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort()
    const from = Number(query.get('continuation-token') ?? 0)
    const page = keys.slice(from, from + 2)
    const more = from + 2 < keys.length
    const contents = page.map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>${objects.get(key)?.at.toISOString()}</LastModified></Contents>`,
    )
    return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
      <IsTruncated>${more}</IsTruncated>${contents.join('')}
      ${more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''}</ListBucketResult>`
  }

  function signatureOf(request: IncomingMessage, url: URL): string | null {
    const said = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), /.exec(
      request.headers.authorization ?? '',
    )
    if (!said) return null
    const [, credential = '', signed = ''] = said
    const day = String(request.headers['x-amz-date']).slice(0, 8)
    const scope = `${day}/${given.region}/s3/aws4_request`
    if (credential !== `${given.accessKeyId}/${scope}`) return null
    const query = [...url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&')
    const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
    const canonical = [
      request.method,
      url.pathname,
      query,
      headers.join(''),
      signed,
      request.headers['x-amz-content-sha256'],
    ].join('\n')
    const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
    const key = [day, given.region, 's3', 'aws4_request'].reduce<Buffer | string>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${given.secretAccessKey}`,
    )
    const signature = createHmac('sha256', key).update(text).digest('hex')
    return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`
  }

  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    fail: (times) => {
      failing = times
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
