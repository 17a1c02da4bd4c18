import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '@/lib/domain/refusal'
import { answerRefusal, closeGently } from './answer-refusal'

/** What is known of one writing request while it is answered. */
export interface RequestScope {
  /** Set when a server action was called: what was sent could be read. */
  called: boolean
  /** The status its refusal deserves, told by app/_server/action.ts. */
  refused: { readonly status: number; readonly retryAfter: number | null } | null
}

// Next bundles its own instances of our modules (see runtime.ts): both sides meet in this slot.
const slot = Symbol.for('throughline.request-scope')
const shared = globalThis as { [slot]?: AsyncLocalStorage<RequestScope> }

function storage(): AsyncLocalStorage<RequestScope> {
  const found = shared[slot] ?? new AsyncLocalStorage<RequestScope>()
  shared[slot] = found
  return found
}

/** The scope of the request being answered; null in a read, or outside of our server. */
export function requestScope(): RequestScope | null {
  return storage().getStore() ?? null
}

/** Passes the status from the worker an action was handed on to, to the answer its caller gets. */
const STATUS_HEADER = 'x-throughline-status'

/**
 * Runs `work`, which answers a writing request by Next, and sees to three things Next leaves undone:
 * - the answer to a refused server action carries the refusal's status. Next says 200, whatever the action answered;
 *   its client reads the body of any status, so programs, proxies and logs may have the true one.
 * - what could not be read as the call of an action is `invalid_json` (400): Next says 500.
 * - a body that grows above `limit` bytes without having declared its size is `too_large` (413), at that very byte.
 */
export function inRequestScope(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  work: () => Promise<void>,
): Promise<void> {
  const scope: RequestScope = { called: false, refused: null }
  const own = {
    push: request.push.bind(request),
    writeHead: response.writeHead.bind(response),
    write: response.write.bind(response),
    end: response.end.bind(response),
  }
  let answered = false

  /** Our words instead of Next's. */
  function answer(refusal: Refusal): void {
    answered = true
    for (const name of response.getHeaderNames()) if (name.startsWith('content-')) drop(name)
    Object.assign(response, { writeHead: own.writeHead, end: own.end })
    answerRefusal(request, response, refusal)
    Object.assign(response, { writeHead: () => response, write: () => true, end: () => response })
  }
  function drop(name: string): void {
    if (name !== 'content-security-policy') response.removeHeader(name)
  }

  let size = 0
  request.push = (chunk: Uint8Array | null, encoding) => {
    size += chunk?.byteLength ?? 0
    if (size <= limit) return own.push(chunk, encoding)
    if (!answered && !response.headersSent) answer(new Refusal('too_large', { max: limitInWords(limit) }))
    // Thrown away as it comes, until the line is cut.
    return true
  }

  const isAction = request.headers['next-action'] !== undefined
  Object.assign(response, {
    writeHead(given: number, ...rest: []) {
      if (response.headersSent) return own.writeHead(given, ...rest)
      if (isAction && given === 500 && !scope.called) {
        answer(new Refusal('invalid_json'))
        return response
      }
      const handed = Number(response.getHeader(STATUS_HEADER))
      response.removeHeader(STATUS_HEADER)
      let status = given
      if (given === 200 && scope.refused) {
        status = scope.refused.status
        if (scope.refused.retryAfter !== null) response.setHeader('retry-after', scope.refused.retryAfter)
        if (request.headers['x-action-forwarded']) response.setHeader(STATUS_HEADER, status)
      } else if (given === 200 && handed >= 400) status = handed
      if (status === 413) {
        response.setHeader('connection', 'close')
        closeGently(request)
      }
      return own.writeHead(status, ...rest)
    },
    // Before the bytes, not from inside of them: an answer of ours must not follow half an answer of Next's.
    write(...given: Parameters<typeof own.write>) {
      if (!response.headersSent) response.writeHead(response.statusCode)
      return answered || own.write(...given)
    },
    end(...given: Parameters<typeof own.end>) {
      if (!response.headersSent) response.writeHead(response.statusCode)
      return answered ? response : own.end(...given)
    },
  })
  return storage().run(scope, work)
}

export function limitInWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.round(bytes / 1_000)} kB`
}
