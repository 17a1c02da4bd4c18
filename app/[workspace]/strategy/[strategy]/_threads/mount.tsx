'use client'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { toast } from '@/app/_ui/toast'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'
import { COMMENT_EVENT } from './comment-event'
import { Highlights } from './highlights'

type Loaded = ComponentType<{ boot: Boot; session: Session; bar: HTMLElement }>

/**
 * The column beside the text, and the count in the bar. Until the script of the discussion is there the open words
 * are tinted and counted as the server says. Where nothing is open it comes with the first touch of the page, or when
 * a colleague begins.
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
  const [wanted, setWanted] = useState(boot.threads.count > 0)
  // What was pressed before anybody could answer it.
  const missed = useRef<(() => void) | null>(null)

  useEffect(() => {
    // Until somebody answers, not only until somebody is asked for: Ctrl, Alt and M are three keys.
    if (!session || Threads) return
    const want = () => setWanted(true)
    if (new URLSearchParams(location.search).has('thread')) want()
    const asks = (event: Event) => {
      const detail: unknown = event instanceof CustomEvent ? event.detail : null
      missed.current = () => document.dispatchEvent(new CustomEvent(COMMENT_EVENT, { detail }))
      want()
    }
    const stop = session.listenTo((event) => {
      if (typeof event === 'object' && event !== null && 'type' in event && event.type === 'threads.changed')
        want()
    })
    // What was told while the connection was away was told to nobody.
    const stopSaving = session.saving.subscribe(() => {
      if (session.saving.get().save.kind === 'offline') want()
    })
    document.addEventListener('pointerdown', want)
    const press = (event: KeyboardEvent) => {
      const ours = (event.ctrlKey || event.metaKey) && event.altKey && !event.getModifierState('AltGraph')
      if (ours && event.code === 'KeyM' && !event.isComposing) {
        event.preventDefault()
        asks(event)
      } else want()
    }
    document.addEventListener('keydown', press)
    document.addEventListener(COMMENT_EVENT, asks)
    return () => {
      stop()
      stopSaving()
      document.removeEventListener('pointerdown', want)
      document.removeEventListener('keydown', press)
      document.removeEventListener(COMMENT_EVENT, asks)
    }
  }, [session, Threads])

  useEffect(() => {
    if (!session || !wanted) return
    let gone = false
    import('./threads').then(
      (module) => {
        if (!gone) setThreads(() => module.Threads)
      },
      // Without it the page can be read and written; the next touch tries again.
      (error: unknown) => {
        reportError(error)
        if (gone) return
        setWanted(false)
        if (missed.current) toast({ text: t('common.no_answer') })
        missed.current = null
      },
    )
    return () => {
      gone = true
    }
  }, [session, wanted, t])

  useEffect(() => {
    if (!Threads) return
    missed.current?.()
    missed.current = null
  }, [Threads])

  return (
    <aside className="margin" aria-label={t('threads.margin')}>
      {Threads && session && bar ? (
        <Threads boot={boot} session={session} bar={bar} />
      ) : (
        <>
          <Highlights open={boot.threads.ids} strong={[]} />
          {bar &&
            createPortal(
              <Button
                id="threads-button"
                size="sm"
                look="plain"
                aria-expanded={false}
                onClick={() => {
                  missed.current = () => {
                    const button = document.getElementById('threads-button')
                    button?.focus()
                    button?.click()
                  }
                  setWanted(true)
                }}
              >
                {t('threads.bar', { n: boot.threads.count })}
              </Button>,
              bar,
            )}
        </>
      )}
    </aside>
  )
}
