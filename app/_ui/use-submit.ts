'use client'
import { useCallback, useState, useTransition } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import type { RefusalCode } from '@/lib/domain/refusal'

export interface Refused {
  /** 'no_answer' when the server was not reached. */
  readonly code: RefusalCode | 'no_answer'
  readonly message: string
  /** The field it is about, from the refusal's detail, or the one its code always means. */
  readonly field: string | null
}

/** Refusals that are about one field whatever else they say. */
const fieldOf: Partial<Record<RefusalCode, string>> = {
  invalid_email: 'email',
  email_taken: 'email',
  weak_password: 'password',
  sign_in_failed: 'password',
  invalid_slug: 'slug',
  slug_taken: 'slug',
}

/**
 * Calls a server action: `run(input)` answers the value, or null when it was refused (then `refusal` says why).
 * A second call while the first is on its way does nothing.
 */
export function useSubmit<I, T>(
  action: (input: I) => Promise<Answer<T>>,
  done?: (value: T) => unknown,
): {
  run: (input: I) => Promise<T | null>
  busy: boolean
  refusal: Refused | null
  clear: () => void
} {
  const t = useWords()
  const [busy, start] = useTransition()
  const [refusal, setRefusal] = useState<Refused | null>(null)
  const run = useCallback(
    (input: I) =>
      new Promise<T | null>((resolve, reject) => {
        if (busy) return resolve(null)
        start(async () => {
          let answer: Answer<T>
          try {
            answer = await action(input)
          } catch (error) {
            // A redirect is an exception of Next's on its way to the router: not ours to catch.
            if (isRouterSignal(error)) {
              reject(error)
              throw error
            }
            setRefusal({ code: 'no_answer', message: t('common.no_answer'), field: null })
            return resolve(null)
          }
          // A redirecting action answers nothing: the router is on its way elsewhere.
          if (answer === undefined) return resolve(null)
          if (!answer.ok) {
            const named = answer.detail.field
            const field = typeof named === 'string' && named !== '' ? named : (fieldOf[answer.code] ?? null)
            setRefusal({ code: answer.code, message: answer.message, field })
            return resolve(null)
          }
          setRefusal(null)
          await done?.(answer.value)
          resolve(answer.value)
        })
      }),
    [action, busy, done, t],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { run, busy, refusal, clear }
}

function isRouterSignal(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'digest' in error &&
    String(error.digest).startsWith('NEXT_')
  )
}
