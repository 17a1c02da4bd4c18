'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import type { ReviewChoices } from '@/lib/queries/review-choices'
import { readChoices } from '../../actions'

/** What the pickers of a form offer; null while it is on its way. */
export function useChoices(workspace: string, reviewId: string): ReviewChoices | null {
  const t = useWords()
  const [choices, setChoices] = useState<ReviewChoices | null>(null)
  useEffect(() => {
    let gone = false
    readChoices({ workspace, reviewId }).then(
      (answer) => {
        if (gone) return
        if (answer.ok) setChoices(answer.value)
        else toast({ text: answer.message })
      },
      () => {
        if (!gone) toast({ text: t('common.no_answer') })
      },
    )
    return () => {
      gone = true
    }
  }, [workspace, reviewId, t])
  return choices
}
