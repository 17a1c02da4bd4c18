import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config'
import { answerBy, receive } from './request'
import { requestScope } from './request-scope'

let server: Server
let port: number
const seen: IncomingHttpHeaders[] = []
const lines: Record<string, unknown>[] = []
/** Stands for Next: answers what a test sets. */
const nextSays = async (_request: IncomingMessage, response: ServerResponse) => {
  response.end('in')
}
let next: typeof nextSays = nextSays

beforeAll(async () => {
  const config = readConfig({ APP_URL: 'https://strategy.example', GITHUB_ID: 'x', GITHUB_SECRET: 'y' })
  const origins = new Set(['https://strategy.example'])
  server = createServer((request, response) => {
    const log = { info: (fields: Record<string, unknown>) => void lines.push(fields) }
    if (!receive(request, response, { config, dev: false, origins, log })) return
    seen.push(request.headers)
    answerBy(request, response, () => next(request, response)).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())
afterEach(() => {
  next = nextSays
  lines.length = 0
})

/** Sends a request as written, so that no library mends its headers. */
function ask(
  method: string,
  headers: Record<string, string>,
  path = '/a?b=1',
  body: readonly string[] = [],
): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    const lines = Object.entries({ host: 'strategy.example', connection: 'close', ...headers })
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n`)
    let answer = ''
    for (const part of body) socket.write(part)
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => done(answer))
    socket.on('error', fail)
  })
}
const statusOf = (answer: string) => Number(answer.slice(9, 12))
const errorOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).error

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
  it.each([
    ['/account?_rsc', '/account'],
    ['/account?_rsc=1f3a', '/account'],
    ['/a?_rsc=1&b=2&c', '/a?b=2&c'],
    ['/a?b=_rsc', '/a?b=_rsc'],
    ['/a?', '/a'],
  ])('%s is the page %s', async (url, path) => {
    seen.length = 0
    await ask('GET', {}, url)
    expect(seen[0]?.['x-throughline-path']).toBe(path)
  })

  it('row 6: overwrites what only we may say, and drops the middleware bypass', async () => {
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
    // Row 39: whatever stands in a document, a browser loads its pictures from us alone.
    expect(first).toContain("img-src 'self' data: blob:;")
    expect(first).not.toContain('unsafe-eval')
    expect(first).not.toBe(second)
    expect(await ask('GET', {}, '/files/fil_x')).toMatch(
      /content-security-policy: default-src 'none'; sandbox\r/i,
    )
    expect(policies[0]).toMatch(/x-content-type-options: nosniff/i)
    expect(policies[0]).toMatch(/strict-transport-security/i)
  })
})

describe('what is refused before Next', () => {
  it('row 5: an absolute address is no page of ours', async () => {
    const answer = await ask('GET', {}, 'http://169.254.169.254/')
    expect(statusOf(answer)).toBe(400)
    expect(errorOf(answer).code).toBe('invalid_input')
  })

  it('row 13: another site is answered in the error form, in the language of its visitor', async () => {
    const chinese = await ask('POST', { origin: 'https://evil.test', 'accept-language': 'zh-CN,zh;q=0.9' })
    expect(statusOf(chinese)).toBe(403)
    expect(errorOf(chinese)).toMatchObject({ code: 'wrong_origin', message: '请求来自其他网站。' })
    const chosen = await ask('POST', {
      origin: 'https://evil.test',
      cookie: 'theme=dark; language=en',
      'accept-language': 'zh',
    })
    expect(errorOf(chosen)).toMatchObject({
      message: 'The request came from another site.',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(lines).toEqual([
      { code: 'wrong_origin', path: '/a' },
      { code: 'wrong_origin', path: '/a' },
    ])
  })

  it('row 2: what declares too much is answered before it is sent, and the line is cut', async () => {
    next = async () => {
      throw new Error('nobody may be asked')
    }
    const declared = { 'content-length': '10485760', connection: 'keep-alive', 'next-action': 'f00' }
    // Of its ten megabytes it sends one line, and waits: only the server can end this.
    const answer = await ask('POST', declared, '/a', ['["a new'])
    expect(statusOf(answer)).toBe(413)
    expect(answer).toMatch(/connection: close/i)
    expect(errorOf(answer)).toMatchObject({
      code: 'too_large',
      message: 'This is too large. At most 2 MB are accepted.',
    })
    expect(
      statusOf(await ask('POST', { ...declared, 'content-length': '70000' }, '/api/auth/callback')),
    ).toBe(413)
    // Routes of our own know what they take.
    next = nextSays
    expect(statusOf(await ask('POST', { 'content-length': '3000000' }, '/api/any', []))).toBe(200)
  })

  it('row 2: what does not declare its size is counted', async () => {
    let given = 0
    next = async (request, response) => {
      for await (const chunk of request) given += (chunk as Uint8Array).byteLength
      response.end('all of it')
    }
    const megabyte = `100000\r\n${'x'.repeat(0x100000)}\r\n`
    const chunked = { 'transfer-encoding': 'chunked', 'next-action': 'f00' }
    const fits = await ask('POST', chunked, '/a', [megabyte, megabyte, '0\r\n\r\n'])
    expect(fits).toContain('all of it')
    expect(given).toBe(2 * 0x100000)
    given = 0
    const grows = await ask('POST', chunked, '/a', [megabyte, megabyte, megabyte])
    expect(statusOf(grows)).toBe(413)
    expect(errorOf(grows).code).toBe('too_large')
    expect(given).toBeLessThanOrEqual(2 * 0x100000)
  })
})

describe('row 13: the status of a refused action', () => {
  const action = { 'next-action': 'f00', 'content-type': 'text/plain' }
  const flight = '0:{"a":"$@1"}\n'

  it('is the one the action told, with its words as they were', async () => {
    next = async (_request, response) => {
      const scope = requestScope()
      if (!scope) throw new Error('a writing request has a scope')
      scope.called = true
      scope.refused = { status: 429, retryAfter: 30 }
      response.statusCode = 200
      response.setHeader('content-type', 'text/x-component')
      response.flushHeaders()
      response.write(flight)
      response.end()
    }
    const answer = await ask('POST', action)
    expect(statusOf(answer)).toBe(429)
    expect(answer).toMatch(/retry-after: 30/i)
    expect(answer).toMatch(/content-type: text\/x-component/i)
    expect(answer).toContain(flight)
    // Handed on by Next from one worker to another, the status travels with it.
    const handed = await ask('POST', { ...action, 'x-action-forwarded': '1' })
    expect(handed).toMatch(/x-throughline-status: 429/i)
    next = async (_request, response) => {
      response.setHeader('x-throughline-status', '429')
      response.end(flight)
    }
    const outer = await ask('POST', action)
    expect(statusOf(outer)).toBe(429)
    expect(outer).not.toMatch(/x-throughline-status/i)
  })

  it('is not that of a neighbour, and a redirect stays one', async () => {
    next = async (_request, response) => {
      const scope = requestScope()
      if (scope) scope.refused = { status: 401, retryAfter: null }
      response.writeHead(303, { location: '/sign-in' })
      response.end()
    }
    expect(statusOf(await ask('POST', action))).toBe(303)
    next = nextSays
    expect(statusOf(await ask('POST', action))).toBe(200)
    next = async (_request, response) => {
      response.end(String(requestScope()))
    }
    expect(await ask('GET', {})).toContain('null')
  })

  it('row 1: what no action could be read from is 400 in the error form, not a fault of ours', async () => {
    next = async (_request, response) => {
      response.statusCode = 500
      response.setHeader('content-type', 'text/x-component')
      response.flushHeaders()
      response.write('1:E{"digest":"1"}\n')
      response.end()
    }
    const cut = await ask('POST', action)
    expect(statusOf(cut)).toBe(400)
    expect(errorOf(cut)).toMatchObject({ code: 'invalid_json', message: 'The request could not be read.' })
    // An action that was called and broke is our own fault, and says so.
    const broken = next
    next = async (request, response) => {
      const scope = requestScope()
      if (scope) scope.called = true
      await broken(request, response)
    }
    expect(statusOf(await ask('POST', action))).toBe(500)
  })
})
