'use client'
import { useEffect, useReducer, useRef } from 'react'
import type { MomentStyle, SaidAs } from '../_i18n/time'
import { useLanguage } from '../_i18n/words-provider'
import { latePart } from './late'

const time = latePart(() => import('../_i18n/time'))

/**
 * A moment as the server has written it (`sayMoment`). What writes moments comes when it has to be written anew: after
 * a minute, or at once where the server thought the reader somewhere else.
 */
export function SaidMoment({
  said,
  at,
  now,
  zone,
  style = 'near',
}: {
  said: SaidAs
  /** Milliseconds since 1970. */
  at: number
  /** The server's now. */
  now: number
  /** The zone the server wrote for. */
  zone: string
  style?: MomentStyle
}) {
  const language = useLanguage()
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  // A new reading by the server is newer than what was written here.
  const own = useRef({ said, words: said })
  if (own.current.said !== said) own.current = { said, words: said }
  useEffect(() => {
    let gone = false
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    const write = () =>
      time.ask().then(
        () => {
          const words = time.known()?.sayMoment(language, style, at, { now: Date.now(), zone: here })
          if (gone || !words) return
          own.current.words = words
          redraw()
        },
        // It stays as it was; in a minute it is tried again.
        () => undefined,
      )
    if (here !== zone || Date.now() - now > 60_000) void write()
    const timer = setInterval(write, 60_000)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [at, language, now, style, zone])
  const { words } = own.current
  return (
    <time dateTime={new Date(at).toISOString()} title={words.full}>
      {words.text}
    </time>
  )
}
