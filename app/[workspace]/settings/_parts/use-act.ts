'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { useToast } from '@/app/_ui/toast'

/**
 * For an act without a form: calls the action, says what happened (or why not) in a toast, and reads the page again
 * either way, because a refusal often means that it has changed. Answers whether it was done.
 */
export function useAct() {
  const t = useWords()
  const toast = useToast()
  const router = useRouter()
  return useCallback(
    async <I>(
      action: (input: I) => Promise<Answer<unknown>>,
      input: I,
      said: string | null,
      undo?: () => unknown,
    ): Promise<boolean> => {
      const answer = await action(input).catch(() => null)
      if (!answer?.ok) toast({ text: answer ? answer.message : t('common.no_answer') })
      else if (said !== null) toast({ text: said, ...(undo && { undo }) })
      router.refresh()
      return answer?.ok ?? false
    },
    [router, t, toast],
  )
}
