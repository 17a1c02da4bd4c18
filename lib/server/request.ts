import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal, type RefusalCode, type RefusalDetail } from '@/lib/domain/refusal'
import { answerRefusal } from './answer-refusal'
import type { Config } from './config'
import type { Log } from './log'
import { inRequestScope, limitInWords } from './request-scope'

/** Read by app/_server/visitor.ts. Whatever a client sends under these names is overwritten here. */
const PATH_HEADER = 'x-throughline-path'
const ADDRESS_HEADER = 'x-throughline-address'

/** Read by app/_server/wants-data.ts: Next hides its own headers from pages. */
const DATA_HEADER = 'x-throughline-data'

/** Methods that change nothing, which any site may link to. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A server action's call; next.config.js says the same to Next, which would answer 500. */
const MAX_ACTION_BYTES = 2 * 1024 * 1024
/** Names, passwords and tokens of next-auth's own forms. */
const MAX_AUTH_BYTES = 64_000

/** Where next-auth sends a visitor who signs in elsewhere; browsers check form redirects against it. */
function formTargets(config: Config): string {
  const targets = ["'self'"]
  if (config.google) targets.push('https://accounts.google.com')
  if (config.github) targets.push('https://github.com')
  if (config.oidc) targets.push(new URL(config.oidc.issuer).origin)
  return targets.join(' ')
}

/**
 * Prepares a request for Next and sets the answer's protective headers. Returns false, having answered, when the
 * request would change something and comes from another site, or declares more than we take (reliability.md 5A, 2 and 13).
 */
export function receive(
  request: IncomingMessage,
  response: ServerResponse,
  given: { config: Config; dev: boolean; origins: ReadonlySet<string>; log: Pick<Log, 'info'> },
): boolean {
  const { config, dev } = given
  // Scripts and styles of the build are the same for everybody: they need no policy of a page, only their own type.
  if (request.url?.startsWith('/_next/static/') && SAFE.has(request.method ?? 'GET')) {
    response.setHeader('x-content-type-options', 'nosniff')
    return true
  }
  // An absolute address asks us to be a proxy, and nothing here ever is (CVE-2026-44578).
  if (!request.url?.startsWith('/')) {
    given.log.info({ code: 'invalid_input' }, 'refused')
    answerRefusal(request, response, new Refusal('invalid_input'))
    return false
  }
  // Next's own middleware bypass header (CVE-2025-29927): we have no middleware, and it stays outside all the same.
  delete request.headers['x-middleware-subrequest']
  request.headers[PATH_HEADER] = pagePath(request.url)
  request.headers[ADDRESS_HEADER] = visitorAddress(request, config.trustProxy)

  request.headers[DATA_HEADER] = request.headers.rsc || request.headers['next-action'] ? '1' : '0'

  const nonce = randomBytes(16).toString('base64')
  // Even a picture that is a page for some old browser runs nothing here.
  const file = request.url?.startsWith('/files/') && "default-src 'none'; sandbox"
  const page = [
    "default-src 'self'",
    // 'strict-dynamic': the chunks a trusted script loads are trusted, nothing else is.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Carets, tables and avatars carry computed styles; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${formTargets(config)}`,
  ].join('; ')
  const policy = file || page
  // Next reads the nonce for its own scripts from the request.
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  // The address of a shared page is its key: it is told to nobody, and no engine keeps it.
  const shared = request.url?.startsWith('/share/') === true
  response.setHeader('referrer-policy', shared ? 'no-referrer' : 'strict-origin-when-cross-origin')
  if (shared) response.setHeader('x-robots-tag', 'noindex, nofollow, noarchive')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  if (config.appUrl?.startsWith('https:')) response.setHeader('strict-transport-security', 'max-age=31536000')

  const refuse = (code: RefusalCode, detail: RefusalDetail = {}) => {
    given.log.info({ code, path: request.url?.split('?', 1)[0] }, 'refused')
    answerRefusal(request, response, new Refusal(code, detail))
    return false
  }
  if (SAFE.has(request.method ?? 'GET')) return true
  if (!sameSite(request, given.origins)) return refuse('wrong_origin')
  const limit = bodyLimit(request)
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    return refuse('too_large', { max: limitInWords(limit) })
  }
  return true
}

/** Answers by `work` (Next), within what `receive` has let through. */
export function answerBy(
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> {
  if (SAFE.has(request.method ?? 'GET')) return work()
  return inRequestScope(request, response, bodyLimit(request), work)
}

/** Bytes a writing request may have. Our own routes know best how much they take, and count by themselves (body.ts). */
function bodyLimit(request: IncomingMessage): number {
  if (request.url?.startsWith('/api/auth/')) return MAX_AUTH_BYTES
  if (request.url?.startsWith('/api/')) return Number.POSITIVE_INFINITY
  return MAX_ACTION_BYTES
}

/** The page's own address: `_rsc` is Next's word to itself, and nothing anybody should come back to after signing in. */
function pagePath(url: string): string {
  const [path = '/', query = ''] = url.split('?', 2)
  const kept = query.split('&').filter((part) => part !== '' && !/^_rsc(=|$)/.test(part))
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path
}

/** A browser always names the origin of a writing request; programs without one carry no cookie worth stealing. */
function sameSite(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site'
  if (origins.has(origin)) return true
  // On a home network the server is met under names nobody configured: the page's own host counts as its own.
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

function visitorAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for']
  if (trustProxy && typeof forwarded === 'string') {
    // The last entry is what our own proxy saw; everything before it anybody may have written.
    const last = forwarded.split(',').at(-1)?.trim()
    if (last) return last
  }
  return request.socket.remoteAddress ?? 'unknown'
}
