'use client'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Segmented } from '@/app/_ui/segmented'
import type { DayText } from '@/lib/domain/day-text'
import { useBoard, useOpenCard } from '../_board/use-board'
import { entriesOf, onward, type Span, shownDay, spans, weeksOf } from './calendar'
import { Agenda } from './calendar-agenda'
import type { DayGiven } from './calendar-day'
import { Grid } from './calendar-grid'
import { CarrySpeech } from './calendar-speech'
import { dayName, firstWeekday, monthAndYear } from './say-days'
import { useCarry } from './use-carry'
import { changeParam, useChoice, useFilter, useShownCards } from './use-filter'
import { useViewFacts } from './use-view-facts'
import { useViewRoom } from './use-view-room'
import { useWide } from './use-wide'
import { ViewEmpty } from './view-empty'
import './calendar.css'

/** Activities on their days: a month, a week, or on a phone a list of the days that have any. */
export function CalendarView() {
  useViewRoom()
  const cards = useShownCards()
  const facts = useViewFacts()
  const { t, today, language } = facts
  const { waiting } = useBoard()
  const { open, show } = useOpenCard()
  const { asks } = useFilter()
  const params = useSearchParams()
  const span = useChoice<Span>('span', spans)
  const starts = params.get('starts') === '1'
  const day = shownDay(params.get('on'), today)
  const first = firstWeekday(facts.language)
  const weeks = useMemo(() => weeksOf(day, span, first), [day, span, first])
  const entries = useMemo(() => entriesOf(cards, starts), [cards, starts])
  const carry = useCarry(today, facts.may.edit)
  const wide = useWide()
  const go = (to: DayText) => changeParam('on', to === today ? null : to)
  const given: DayGiven = { facts, carry, show, open, waiting }
  return (
    <section className="calendar" aria-label={t('views.view_calendar')}>
      <div className="list-tools">
        <h2 aria-live="polite">
          {span === 'month' || !wide
            ? monthAndYear(language, day)
            : t('views.week_of', { day: dayName(language, weeks[0]?.[0] ?? day, today) })}
        </h2>
        <span className="row">
          <Button
            size="sm"
            icon
            aria-label={t(`views.${span}_before`)}
            onClick={() => go(onward(day, wide ? span : 'month', -1))}
          >
            <Icon name="right" className="flip" />
          </Button>
          <button type="button" className="chip" onClick={() => go(today)}>
            {t('views.today')}
          </button>
          <Button
            size="sm"
            icon
            aria-label={t(`views.${span}_after`)}
            onClick={() => go(onward(day, wide ? span : 'month', 1))}
          >
            <Icon name="right" />
          </Button>
        </span>
        {wide && (
          <Segmented
            label={t('views.span_of')}
            value={span}
            options={spans.map((one) => ({ value: one, label: t(`views.span_${one}`) }))}
            onChange={(next) => changeParam('span', next === 'month' ? null : next)}
          />
        )}
        <button
          type="button"
          className="chip"
          aria-pressed={starts}
          onClick={() => changeParam('starts', starts ? null : '1')}
        >
          {t('views.starts_too')}
        </button>
        {wide && facts.may.edit && <p className="help">{t('views.calendar_keys')}</p>}
      </div>
      {cards.length === 0 && asks && <ViewEmpty />}
      {wide ? (
        <Grid
          key={span}
          weeks={weeks}
          span={span}
          month={day.slice(0, 7)}
          entries={entries}
          given={given}
          go={go}
        />
      ) : (
        <Agenda
          weeks={weeksOf(day, 'month', first)}
          month={day.slice(0, 7)}
          entries={entries}
          given={given}
        />
      )}
      <CarrySpeech carried={carry.carried} facts={facts} />
    </section>
  )
}
