import 'server-only'
import type { z } from 'zod'
import { Refusal, type RefusalCode, type RefusalDetail } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import { getRuntime } from '@/lib/server/runtime'
import { readLanguage } from './language'
import { guestContext, maybeUser } from './visitor'

/** The refusal an input deserves that its schema did not accept. */
export function inputRefusal(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  const field = String(issue?.path[0] ?? '')
  if (issue?.code === 'unrecognized_keys') return new Refusal('unknown_field', { field: issue.keys[0] ?? '' })
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    return new Refusal('too_long', { field, max: Number(issue.maximum) })
  }
  if (issue?.code === 'invalid_format' && issue.format === 'email') return new Refusal('invalid_email')
  return new Refusal('invalid_input', { field })
}

export interface Said {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
  readonly detail: RefusalDetail
}

/**
 * A refusal in the reader's words, and one line in the log: its code and who was refused, nothing of what they sent.
 * Anything else is our bug: logged in full, answered with one generic sentence.
 */
export async function refuse(error: unknown, door: string): Promise<Said> {
  const { log } = getRuntime()
  const expected = error instanceof Refusal ? error : null
  // Where the database is away nobody can be looked up, and that is often why we are here.
  const user = await maybeUser().catch(() => null)
  const language = await guestContext().then(
    (guest) => guest.language,
    () => readLanguage(null),
  )
  if (expected) log.info({ code: expected.code, door, user: user?.user.id ?? null }, 'refused')
  else log.error({ err: error, door, user: user?.user.id ?? null }, 'door failed')
  const { code, detail } = expected ?? new Refusal('unavailable')
  return { ok: false, code, message: words(language)(`refusal.${code}`, detail), detail }
}

/** Seconds after which another try may go better; null: it will not by waiting. */
export function retryAfter({ code, detail }: Said): number | null {
  if (code === 'rate_limited') return Number(detail.seconds ?? 60)
  return code === 'unavailable' ? 5 : null
}
