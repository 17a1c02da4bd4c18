'use client'
import { type ComponentType, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '@/app/_i18n/words-provider'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'
import { Highlights } from './highlights'

type Loaded = ComponentType<{ boot: Boot; session: Session; bar: HTMLElement }>

/**
 * The column beside the text, and the count in the bar. Until the script of the discussion is there the open words
 * are tinted and counted as the server says.
 */
export function ThreadsMount({
  boot,
  session,
  bar,
}: {
  boot: Boot
  session: Session | null
  bar: HTMLElement | null
}) {
  const t = useWords()
  const [Threads, setThreads] = useState<Loaded | null>(null)
  useEffect(() => {
    if (!session) return
    let gone = false
    import('./threads').then(
      (module) => {
        if (!gone) setThreads(() => module.Threads)
      },
      // Without it the page can be read and written; the next visit tries again.
      (error: unknown) => reportError(error),
    )
    return () => {
      gone = true
    }
  }, [session])
  return (
    <aside className="margin" aria-label={t('threads.margin')}>
      {Threads && session && bar ? (
        <Threads boot={boot} session={session} bar={bar} />
      ) : (
        <>
          <Highlights open={boot.threads.ids} strong={[]} />
          {bar &&
            createPortal(
              <span className="counted num">{t('threads.bar', { n: boot.threads.count })}</span>,
              bar,
            )}
        </>
      )}
    </aside>
  )
}
