'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Meeting } from '@/lib/domain/review'

/** A clock that is wrong by less is right enough, milliseconds. */
const WRONG = 5_000

/** What is left for the point, by the server's clock. */
export function Timer({ meeting, now }: { meeting: Meeting; now: number }) {
  const t = useWords()
  const [time, setTime] = useState(now)
  const skew = useRef(0)
  useEffect(() => {
    const off = now - Date.now()
    skew.current = Math.abs(off) > WRONG ? off : 0
    const tick = () => setTime(Date.now() + skew.current)
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [now])
  const left = Math.round((Date.parse(meeting.since) + meeting.minutes * 60_000 - time) / 1_000)
  const over = left < 0
  const seconds = Math.abs(left)
  const minutes = Math.floor(seconds / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return (
    <div
      className="timer"
      role="timer"
      data-over={over || undefined}
      aria-label={t(over ? 'reviews.ui_time_over' : 'reviews.ui_time_left', {
        minutes,
        seconds: seconds % 60,
      })}
    >
      <b aria-hidden="true" suppressHydrationWarning>
        {over ? '+' : ''}
        {minutes}:{rest}
      </b>
      <small aria-hidden="true">
        {t(over ? 'reviews.ui_over' : 'reviews.ui_of', { minutes: meeting.minutes })}
      </small>
    </div>
  )
}
