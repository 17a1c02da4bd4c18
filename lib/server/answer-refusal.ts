import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLanguage, type Language, preferred } from '@/lib/domain/language'
import { type Refusal, refusalStatus } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'

/** Longest a sender is listened to after its request was refused as too large. */
const LINGER = 1_000

/**
 * Answers a request that Next never sees, or could not read, in the error form of every route. The reader's language
 * is what their browser says: nobody is looked up for a request that is refused at the door.
 */
export function answerRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const message = words(languageOf(request))(`refusal.${refusal.code}`, refusal.detail)
  const body = JSON.stringify({ error: { code: refusal.code, message, requestId: randomUUID() } })
  response.writeHead(refusalStatus(refusal.code), {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'private, no-store',
    ...(refusal.code === 'too_large' && { connection: 'close' }),
  })
  if (refusal.code === 'too_large') closeGently(request)
  response.end(body)
}

/**
 * When the answer says `connection: close` to somebody who is still sending, Node closes the socket at once, and the
 * kernel answers what was not read with a reset that overtakes our words. So: say that nothing more will come, let the
 * sender read it, and cut the line a second later.
 */
export function closeGently(request: IncomingMessage): void {
  const { socket } = request
  socket.destroySoon = () => {
    const cut = setTimeout(() => socket.destroy(), LINGER)
    socket.once('close', () => clearTimeout(cut))
    socket.end()
  }
}

function languageOf(request: IncomingMessage): Language {
  const chosen = /(?:^|;\s*)language=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
  return isLanguage(chosen) ? chosen : preferred(request.headers['accept-language'] ?? '')
}
