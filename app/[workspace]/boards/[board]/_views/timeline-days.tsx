'use client'
import { cycleOf } from '@/lib/domain/cycle'
import { useBoardPart } from '../_board/use-board'
import { cycleName } from './say-cycle'
import { monthAndYear, monthName, weekday } from './say-days'
import { type Scale, ticks, xOf } from './timeline'
import type { ViewFacts } from './use-view-facts'

/** Half of the badge of today, and what a tick writes, pixels: of two that would overlap the badge stays. */
const FLAG = 18
const TICK = { begins: 4, week: 16, month: 30 }

const isUnder = (from: number, width: number, now: number) => from + width > now - FLAG && from < now + FLAG

/** Months and weeks, or what stands for them at this scale. */
export function Head({
  scale,
  facts,
  weekStartsOn,
}: {
  scale: Scale
  facts: ViewFacts
  weekStartsOn: number
}) {
  const { language, t, today } = facts
  const yearStart = useBoardPart((state) => state.yearStart)
  const small = scale.day >= 20 ? 'day' : scale.day >= 5 ? 'week' : 'month'
  const large = small === 'month' ? 'quarter' : 'month'
  const now = xOf(scale, today) + scale.day / 2
  return (
    <div className="tl-head" aria-hidden="true">
      <div className="tl-corner" />
      <div className="tl-large">
        {ticks(scale, large, large === 'quarter' ? yearStart : 1).map(({ day, x, width }) => (
          <span key={day} style={{ left: x, width }}>
            <b>{large === 'quarter' ? cycleName(t, cycleOf(day, yearStart)) : monthAndYear(language, day)}</b>
          </span>
        ))}
      </div>
      <div className="tl-small num">
        {ticks(scale, small, weekStartsOn).map(({ day, x, width }) => (
          <span
            key={day}
            style={{ left: x, width }}
            data-off={(small === 'day' && weekday(day) > 5) || undefined}
            data-under={(small !== 'day' && isUnder(x + TICK.begins, TICK[small], now)) || undefined}
            data-today={(small === 'day' && day === today) || undefined}
          >
            {small === 'month' ? monthName(language, day, 'short') : Number(day.slice(8))}
          </span>
        ))}
      </div>
      <span className="tl-flag" style={{ left: `calc(var(--names) + ${now}px)` }}>
        {t('views.today')}
      </span>
    </div>
  )
}

/** Lines behind the bars: weekends, months, the quarters of the company's year, today. */
export function Grid({
  scale,
  facts,
  weekStartsOn,
}: {
  scale: Scale
  facts: ViewFacts
  weekStartsOn: number
}) {
  const yearStart = useBoardPart((state) => state.yearStart)
  const { today } = facts
  return (
    <div className="tl-grid" aria-hidden="true">
      {scale.day >= 5 &&
        ticks(scale, 'week', weekStartsOn).map(({ day, x }) => <i key={day} style={{ left: x }} />)}
      {scale.day >= 20 &&
        ticks(scale, 'day')
          .filter(({ day }) => weekday(day) > 5)
          .map(({ day, x, width }) => <i key={`off ${day}`} className="off" style={{ left: x, width }} />)}
      {ticks(scale, 'month').map(({ day, x }) => (
        <i key={`month ${day}`} className="month" style={{ left: x }} />
      ))}
      {ticks(scale, 'quarter', yearStart).map(({ day, x }) =>
        x > 0 ? <i key={`quarter ${day}`} className="quarter" style={{ left: x }} /> : null,
      )}
      <i className="today" style={{ left: xOf(scale, today) + scale.day / 2 }} />
    </div>
  )
}
