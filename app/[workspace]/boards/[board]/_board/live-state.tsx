'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Banner } from '@/app/_ui/banner'
import { useBoardPart } from './use-board'

/** A line that is back before anybody could read the sentence is not worth one, milliseconds. */
const PATIENCE = 2_000

/** Whether what one sees is what the others see, in words. Nothing while it is. */
export function LiveState() {
  const t = useWords()
  const live = useBoardPart((state) => state.live)
  const [long, setLong] = useState(false)
  const unsaved = useBoardPart((state) => state.waiting.size > 0)
  useEffect(() => {
    if (!unsaved) return
    // Reloaded now, what was not sent yet would be lost without a word.
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', leaving)
    return () => window.removeEventListener('beforeunload', leaving)
  }, [unsaved])
  useEffect(() => {
    if (live !== 'behind') return setLong(false)
    const timer = setTimeout(() => setLong(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [live])
  if (live === 'ended')
    return (
      <Banner kind="danger" icon="lock" live className="board-live">
        {t('boards.ended')}
      </Banner>
    )
  return live === 'behind' && long ? (
    <Banner kind="attention" icon="off" live className="board-live">
      {t('boards.behind')}
    </Banner>
  ) : null
}
