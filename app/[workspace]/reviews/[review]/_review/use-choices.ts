'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import type { ReviewChoices } from '@/lib/queries/review-choices'
import { readChoices } from '../../actions'

/** As last read on this page: a form that opens while the line is down still offers something. */
const known = new Map<string, ReviewChoices>()

async function read(workspace: string, reviewId: string) {
  const answer = await readChoices({ workspace, reviewId })
  if (answer.ok) known.set(reviewId, answer.value)
  return answer
}

/** Reads what the pickers offer before anybody opens one. */
export function warmChoices(workspace: string, reviewId: string): void {
  // Nobody waits for it: whoever opens a picker asks anew.
  read(workspace, reviewId).catch(() => undefined)
}

/** What the pickers of a form offer; null while it is on its way. */
export function useChoices(workspace: string, reviewId: string): ReviewChoices | null {
  const t = useWords()
  const [choices, setChoices] = useState<ReviewChoices | null>(() => known.get(reviewId) ?? null)
  useEffect(() => {
    let gone = false
    read(workspace, reviewId).then(
      (answer) => {
        if (gone) return
        if (answer.ok) setChoices(answer.value)
        else toast({ text: answer.message })
      },
      () => {
        if (!gone && !known.has(reviewId)) toast({ text: t('common.no_answer') })
      },
    )
    return () => {
      gone = true
    }
  }, [workspace, reviewId, t])
  return choices
}
