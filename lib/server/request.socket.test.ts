import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config'
import { receive } from './request'

let server: Server
let port: number
const seen: IncomingHttpHeaders[] = []

beforeAll(async () => {
  const config = readConfig({ APP_URL: 'https://strategy.example', GITHUB_ID: 'x', GITHUB_SECRET: 'y' })
  const origins = new Set(['https://strategy.example'])
  server = createServer((request, response) => {
    if (!receive(request, response, { config, dev: false, origins })) return
    seen.push(request.headers)
    response.end('in')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

/** Sends a request as written, so that no library mends its headers. */
function ask(method: string, headers: Record<string, string>, path = '/a?b=1'): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    const lines = Object.entries({ host: 'strategy.example', connection: 'close', ...headers })
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n`)
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => done(answer))
    socket.on('error', fail)
  })
}
const statusOf = (answer: string) => Number(answer.slice(9, 12))

describe('another site', () => {
  it.each([
    ['https://evil.example', 403],
    ['https://strategy.example.evil.example', 403],
    ['https://evil.example/https://strategy.example', 403],
    ['null', 403],
    ['http://localhost:3000', 403],
    ['', 403],
    ['https://strategy.example', 200],
    // The page's own host, whatever name people reach it under.
    ['http://strategy.example', 200],
  ])('a POST with Origin %s is answered %i', async (origin, status) => {
    expect(statusOf(await ask('POST', { origin }))).toBe(status)
  })

  it('may link here, but a browser that says cross-site may not write', async () => {
    expect(statusOf(await ask('GET', { origin: 'https://evil.example' }))).toBe(200)
    expect(statusOf(await ask('POST', { 'sec-fetch-site': 'cross-site' }))).toBe(403)
    expect(statusOf(await ask('POST', {}))).toBe(200)
  })
})

describe('headers', () => {
  it('overwrites what only we may say, and drops the middleware bypass', async () => {
    seen.length = 0
    await ask('GET', {
      'x-throughline-path': '/elsewhere',
      'x-throughline-address': '203.0.113.9',
      'x-forwarded-for': '203.0.113.9',
      'x-middleware-subrequest': 'middleware:middleware:middleware',
    })
    expect(seen[0]?.['x-throughline-path']).toBe('/a?b=1')
    expect(seen[0]?.['x-throughline-address']).toBe('127.0.0.1')
    expect(seen[0]?.['x-middleware-subrequest']).toBeUndefined()
  })

  it('gives every answer a policy of its own, with a fresh nonce and the configured sign-in', async () => {
    const policies = await Promise.all([ask('GET', {}), ask('GET', {})])
    const [first, second] = policies.map(
      (answer) => /content-security-policy: (.*)\r/i.exec(answer)?.[1] ?? '',
    )
    expect(first).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'/)
    expect(first).toContain("form-action 'self' https://github.com")
    expect(first).toContain("object-src 'none'")
    expect(first).not.toContain('unsafe-eval')
    expect(first).not.toBe(second)
    expect(await ask('GET', {}, '/files/fil_x')).toMatch(
      /content-security-policy: default-src 'none'; sandbox\r/i,
    )
    expect(policies[0]).toMatch(/x-content-type-options: nosniff/i)
    expect(policies[0]).toMatch(/strict-transport-security/i)
  })
})
