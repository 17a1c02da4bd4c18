'use client'
import { type ComponentType, useEffect, useState } from 'react'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'

type Loaded = ComponentType<{ boot: Boot; session: Session }>

/** What is done for each item comes after the text, with a script of its own. */
export function ServingMount({ boot, session }: { boot: Boot; session: Session | null }) {
  const [Serving, setServing] = useState<Loaded | null>(null)
  useEffect(() => {
    if (!session) return
    let gone = false
    import('./serving').then(
      (module) => {
        if (!gone) setServing(() => module.Serving)
      },
      (error: unknown) => reportError(error),
    )
    return () => {
      gone = true
    }
  }, [session])
  return Serving && session ? <Serving boot={boot} session={session} /> : null
}
