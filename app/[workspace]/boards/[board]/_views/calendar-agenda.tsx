'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import type { DayText } from '@/lib/domain/day-text'
import type { Entry } from './calendar'
import { AddOn, type DayGiven, EntryButton } from './calendar-day'
import { dayLong, weekdayName } from './say-days'

/** The days of a month that have anything, one below the other. */
export function Agenda({
  weeks,
  month,
  entries,
  given,
}: {
  weeks: readonly DayText[][]
  month: string
  entries: ReadonlyMap<DayText, readonly Entry[]>
  given: DayGiven
}) {
  const { facts } = given
  const { t, language, today, may } = facts
  const [adding, setAdding] = useState<DayText | null>(null)
  const days = weeks.flat().filter((day) => day.slice(0, 7) === month && (entries.has(day) || day === today))
  if (days.length === 0) return <p className="quiet cal-none">{t('views.agenda_none')}</p>
  return (
    <ol className="agenda">
      {days.map((day) => (
        <li key={day} aria-current={day === today ? 'date' : undefined}>
          <div className="top">
            <h3>
              <b className="num">{Number(day.slice(8))}</b> {weekdayName(language, day, 'long')}
              {day === today && <span className="now">{t('views.today')}</span>}
            </h3>
            {may.create && (
              <Button
                size="sm"
                icon
                aria-label={t('views.add_on', { day: dayLong(language, day) })}
                onClick={() => setAdding(day)}
              >
                <Icon name="plus" />
              </Button>
            )}
          </div>
          {(entries.get(day) ?? []).map((entry) => (
            <EntryButton key={entry.key} {...given} entry={entry} day={day} stop />
          ))}
          {adding === day && <AddOn day={day} facts={facts} done={() => setAdding(null)} />}
        </li>
      ))}
    </ol>
  )
}
