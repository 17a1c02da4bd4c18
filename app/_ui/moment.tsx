'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { formatMoment, type MomentStyle } from '../_i18n/time'
import { useLanguage } from '../_i18n/words-provider'

const still = () => () => undefined

/**
 * A moment in words. The server writes it with its own idea of now and of the reader's zone; the browser then writes
 * it with the real ones, and again each minute.
 */
export function Moment({
  at,
  now,
  zone,
  style = 'near',
  className,
}: {
  /** Milliseconds since 1970. */
  at: number
  /** The server's now, so that both write the same at first. */
  now: number
  /** The reader's zone as far as the server knows it. */
  zone: string
  style?: MomentStyle
  className?: string
}) {
  const language = useLanguage()
  const here = useSyncExternalStore(
    still,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => zone,
  )
  const [later, setLater] = useState(now)
  useEffect(() => {
    const tick = () => setLater(Date.now())
    tick()
    const timer = setInterval(tick, 60_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time
      className={className}
      dateTime={new Date(at).toISOString()}
      title={formatMoment(language, 'full', at, { now: later, zone: here })}
    >
      {formatMoment(language, style, at, { now: later, zone: here })}
    </time>
  )
}
