'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { toast } from '@/app/_ui/toast'

/** Whether the meeting's own line is up: then it tells of every change, our own too. */
let told = false
export function setTold(now: boolean): void {
  told = now
}

/** As `useAct`; in a meeting the page is read again when the line says so, and not twice. */
export function useReviewAct(): <T>(call: () => Promise<Answer<T>>) => Promise<T | null> {
  const t = useWords()
  const router = useRouter()
  return useCallback(
    async (call) => {
      try {
        const answer = await call()
        if (answer.ok) {
          if (!told) router.refresh()
          return answer.value
        }
        toast({ text: answer.message })
      } catch {
        toast({ text: t('common.no_answer') })
      }
      return null
    },
    [router, t],
  )
}
