'use client'
import { type ComponentType, useEffect, useState } from 'react'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'
import { ModeSwitch } from './mode-switch'

type Loaded = ComponentType<{ boot: Boot; session: Session }>

/** The switch of modes and the count of proposals, in the bar. The rest comes when there is something proposed. */
export function SuggestMount({ boot, session }: { boot: Boot; session: Session | null }) {
  const [wanted, setWanted] = useState(boot.proposals > 0 || boot.mode === 'suggest')
  const [Suggest, setSuggest] = useState<Loaded | null>(null)
  useEffect(
    () =>
      session?.listenTo((event) => {
        if (
          typeof event === 'object' &&
          event !== null &&
          'type' in event &&
          event.type === 'proposals.changed'
        )
          setWanted(true)
      }),
    [session],
  )
  useEffect(() => {
    if (!wanted || !session) return
    let gone = false
    import('./suggest').then(
      (module) => {
        if (!gone) setSuggest(() => module.Suggest)
      },
      // Without it the page can be read and written; the next visit tries again.
      (error: unknown) => reportError(error),
    )
    return () => {
      gone = true
    }
  }, [wanted, session])
  return (
    <>
      <ModeSwitch boot={boot} session={session} />
      {Suggest && session && <Suggest boot={boot} session={session} />}
    </>
  )
}
