'use client'
import { type ComponentType, useEffect, useState } from 'react'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'

type Loaded = ComponentType<{ boot: Boot; session: Session }>

/** Names under the positioning come with a script of their own, once the text can be read. */
export function SignsMount({ boot, session }: { boot: Boot; session: Session | null }) {
  const [Signs, setSigns] = useState<Loaded | null>(null)
  useEffect(() => {
    if (!session) return
    let gone = false
    import('./signs').then(
      (module) => {
        if (!gone) setSigns(() => module.Signs)
      },
      (error: unknown) => reportError(error),
    )
    return () => {
      gone = true
    }
  }, [session])
  return Signs && session ? <Signs boot={boot} session={session} /> : null
}
