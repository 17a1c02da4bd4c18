import 'server-only'
import type { z } from 'zod'
import type { Language } from '@/lib/domain/language'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import { getRuntime } from '@/lib/server/runtime'

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

/** A refusal in the reader's words. Anything else is our bug: logged in full, answered with one generic sentence. */
export function refuse(error: unknown, language: Language, door: string) {
  if (error instanceof Refusal) {
    return {
      ok: false as const,
      code: error.code,
      message: words(language)(`refusal.${error.code}`, error.detail),
      detail: error.detail,
    }
  }
  getRuntime().log.error({ err: error, door }, 'door failed')
  return {
    ok: false as const,
    code: 'unavailable' as const,
    message: words(language)('refusal.unavailable'),
    detail: {},
  }
}
