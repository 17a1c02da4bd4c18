'use client'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { Segmented } from '@/app/_ui/segmented'
import { useBoard } from '../_board/use-board'
import { firstWeekday } from './say-days'
import { scaleOf, xOf, zooms } from './timeline'
import { Legend } from './timeline-arrows'
import { Canvas } from './timeline-canvas'
import { type Laneing, laneings, lanesOf } from './timeline-rows'
import { NAMES, NAMES_NARROW } from './timeline-sizes'
import { TimelineSpeech } from './timeline-speech'
import { Undated } from './timeline-undated'
import { changeParam, useChoice, useShownCards } from './use-filter'
import { useReschedule } from './use-reschedule'
import { useViewFacts } from './use-view-facts'
import { useViewRoom } from './use-view-room'
import { useWide } from './use-wide'
import { ViewEmpty } from './view-empty'
import './timeline.css'

/** Activities over time: bars from start to due, moved by hand or by keys. */
export function TimelineView() {
  useViewRoom()
  const state = useBoard()
  const cards = useShownCards()
  const facts = useViewFacts()
  const { t, today } = facts
  const zoom = useChoice('zoom', zooms)
  const by = useChoice<Laneing>('lanes', laneings)
  const names = useWide() ? NAMES : NAMES_NARROW
  const { rows, undated } = useMemo(
    () => lanesOf(cards, by, state, facts, facts.compare),
    [cards, by, state, facts],
  )
  const first = firstWeekday(facts.language)
  const scale = useMemo(() => scaleOf(cards, today, zoom, first), [cards, today, zoom, first])
  const scroller = useRef<HTMLDivElement>(null)
  const reschedule = useReschedule(scroller, scale, names, today, facts.may.edit)

  // Today stands in the middle, when the timeline opens and when it is drawn at another scale.
  const shownScale = useRef('')
  useLayoutEffect(() => {
    const element = scroller.current
    const now = `${zoom} ${scale.from}`
    if (!element || shownScale.current === now) return
    const opened = shownScale.current.split(' ')[0] !== zoom
    shownScale.current = now
    if (opened) element.scrollLeft = xOf(scale, today) - (element.clientWidth - names) / 2
  }, [zoom, scale, today, names])

  const toToday = () =>
    scroller.current?.scrollTo({
      left: xOf(scale, today) - (scroller.current.clientWidth - names) / 2,
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
    })

  return (
    <section className="timeline" aria-label={t('views.view_timeline')}>
      <div className="list-tools">
        <Segmented
          label={t('views.zoom')}
          value={zoom}
          options={(['weeks', 'months', 'quarters'] as const).map((one) => ({
            value: one,
            label: t(`views.zoom_${one}`),
          }))}
          onChange={(next) => changeParam('zoom', next === 'months' ? null : next)}
        />
        <label>
          {t('views.group')}
          <select
            className="chip"
            value={by}
            onChange={(event) =>
              changeParam('lanes', event.target.value === 'column' ? null : event.target.value)
            }
          >
            {laneings.map((one) => (
              <option key={one} value={one}>
                {t(`views.lanes_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="chip" onClick={toToday}>
          {t('views.today')}
        </button>
        <p className="help">
          {facts.may.edit && <span className="keyed">{t('views.timeline_keys')} </span>}
          <a
            href="?view=list&sort=due"
            onClick={(event) => {
              event.preventDefault()
              changeParam('sort', 'due')
              changeParam('view', 'list', 'push')
            }}
          >
            {t('views.as_table')}
          </a>
        </p>
      </div>
      {cards.length === 0 ? (
        <ViewEmpty />
      ) : (
        <div className="tl-shell">
          <div
            ref={scroller}
            className="tl"
            data-zoom={zoom}
            style={{ '--names': `${names}px` } as React.CSSProperties}
          >
            <Canvas
              rows={rows}
              scale={scale}
              names={names}
              by={by}
              facts={facts}
              reschedule={reschedule}
              weekStartsOn={first}
              ghost={undated.find(({ id }) => id === reschedule.held?.id) ?? null}
              scroller={scroller}
            />
          </div>
          {undated.length > 0 && <Undated cards={undated} facts={facts} reschedule={reschedule} />}
        </div>
      )}
      <Legend facts={facts} />
      <TimelineSpeech held={reschedule.held} facts={facts} />
    </section>
  )
}
