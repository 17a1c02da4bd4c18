'use client'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'

type Loaded = ComponentType<{ boot: Boot; session: Session }>

/** How far below the window the place may be when the script is fetched: nobody scrolls faster than that. */
const NEAR = '900px'

/** Names under the positioning come with a script of their own, when one comes near them. */
export function SignsMount({ boot, session }: { boot: Boot; session: Session | null }) {
  const [Signs, setSigns] = useState<Loaded | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (!session || !element) return
    let gone = false
    const near = new IntersectionObserver(
      ([seen]) => {
        if (!seen?.isIntersecting) return
        near.disconnect()
        import('./signs').then(
          (module) => {
            if (!gone) setSigns(() => module.Signs)
          },
          (error: unknown) => reportError(error),
        )
      },
      { rootMargin: NEAR },
    )
    near.observe(element)
    return () => {
      gone = true
      near.disconnect()
    }
  }, [session])
  return Signs && session ? <Signs boot={boot} session={session} /> : <div ref={place} />
}
