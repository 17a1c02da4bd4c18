'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { toast } from './toast'

/** Calls an action and reads the page again; what it refuses is said in a toast. Answers the value, or null. */
export function useAct(): <T>(call: () => Promise<Answer<T>>) => Promise<T | null> {
  const t = useWords()
  const router = useRouter()
  return useCallback(
    async (call) => {
      try {
        const answer = await call()
        if (answer.ok) {
          router.refresh()
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
