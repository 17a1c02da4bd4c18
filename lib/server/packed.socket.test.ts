import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pack } from '@/lib/tools/house/pack.mjs'
import { openPacked } from './packed'

const script = `export const words = ${JSON.stringify('纲举目张 '.repeat(200))}`
let dist: string
let server: Server

beforeAll(async () => {
  dist = await mkdtemp(path.join(tmpdir(), 'throughline-packed-'))
  await mkdir(path.join(dist, 'static', 'chunks'), { recursive: true })
  await writeFile(path.join(dist, 'static', 'chunks', 'a-1~2.js'), script)
  await writeFile(path.join(dist, 'static', 'chunks', 'a.js.map'), '{}')
  await writeFile(path.join(dist, 'secret.js'), 'not for anybody')
  await pack(dist)
  const packed = openPacked(dist)
  server = createServer((asked, answer) => {
    if (!packed(asked, answer)) answer.writeHead(404).end('next')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  server.close()
  await rm(dist, { recursive: true, force: true })
})

function ask(
  place: string,
  encoding: string | null,
  method = 'GET',
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((done, fail) => {
    const { port } = server.address() as AddressInfo
    const headers = encoding === null ? {} : { 'accept-encoding': encoding }
    request({ port, host: '127.0.0.1', path: place, method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
      .on('error', fail)
      .end()
  })
}

const place = '/_next/static/chunks/a-1~2.js'

describe('the files of the build, packed', () => {
  it('go out in the smallest form the browser takes', async () => {
    const br = await ask(place, 'gzip, deflate, br, zstd')
    expect(br.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript',
      'cache-control': 'max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(brotliDecompressSync(br.body).toString()).toBe(script)
    const gzip = await ask(place, 'gzip')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.body).toString()).toBe(script)
  })

  it('know an encoding that is refused', async () => {
    expect((await ask(place, 'br;q=0, gzip;q=0.5')).headers['content-encoding']).toBe('gzip')
    expect((await ask(place, 'br;q=0.0')).status).toBe(404)
    expect((await ask(place, null)).status).toBe(404)
  })

  it('answer HEAD without a body, and leave a question at the end alone', async () => {
    const head = await ask(`${place}?dpl=1`, 'br', 'HEAD')
    expect(head.status).toBe(200)
    expect(Number(head.headers['content-length'])).toBeGreaterThan(20)
    expect(head.body).toHaveLength(0)
  })

  it('are only what was there, and nothing beside the folder', async () => {
    for (const other of [
      '/_next/static/../secret.js',
      '/_next/static/%2e%2e/secret.js',
      '/_next/static/chunks/a.js.map',
      '/_next/static/chunks/b.js',
      '/_next/static/__proto__',
    ])
      expect((await ask(other, 'br')).status, other).toBe(404)
    expect((await ask(place, 'br', 'POST')).status).toBe(404)
  })

  it('are none where nothing was built', () => {
    expect(() => openPacked(path.join(dist, 'nowhere'))).not.toThrow()
  })
})
