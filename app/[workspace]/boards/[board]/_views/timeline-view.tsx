'use client'
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { formatNumber } from '@/app/_i18n/time'
import { keyName } from '@/app/_ui/keys'
import { Segmented } from '@/app/_ui/segmented'
import { overdue } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { cycleOf } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import { boardTitle } from '../_board/names'
import { useBoard, useOpenCard } from '../_board/use-board'
import { cycleName } from './say-cycle'
import { dayName, monthAndYear, monthName, weekday, weekStart } from './say-days'
import { servedName } from './say-group'
import {
  arrowPath,
  type Dates,
  type Part,
  type Scale,
  scaleOf,
  shapeOf,
  ticks,
  widthOf,
  xOf,
  zooms,
} from './timeline'
import { type Line, linesOf } from './timeline-lines'
import { type Laneing, type LaneRow, laneings, lanesOf } from './timeline-rows'
import { TimelineSpeech } from './timeline-speech'
import { changeParam, useChoice, useShownCards } from './use-filter'
import { useInSight } from './use-in-sight'
import { asHeld, type Reschedule, useReschedule } from './use-reschedule'
import { useViewFacts, type ViewFacts } from './use-view-facts'
import { useViewRoom } from './use-view-room'
import { useWide } from './use-wide'
import { ViewEmpty } from './view-empty'
import './timeline.css'

/** As timeline.css draws them, pixels. */
const ROW = 36
const NAMES = 236
const NAMES_NARROW = 128
/** Half of a diamond. */
const HALF = 9

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
  const first = typeof navigator === 'undefined' ? 1 : weekStart(navigator.language)
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

function Canvas({
  rows,
  scale,
  names,
  by,
  facts,
  reschedule,
  weekStartsOn,
  ghost,
  scroller,
}: {
  rows: readonly LaneRow[]
  scale: Scale
  names: number
  by: Laneing
  facts: ViewFacts
  reschedule: Reschedule
  weekStartsOn: number
  /** What is dragged in from beside. */
  ghost: Card | null
  scroller: React.RefObject<HTMLDivElement | null>
}) {
  const { t, today, language } = facts
  const { cards, relations, handOffs, neighbours, boards, waiting } = useBoard()
  const { open, show } = useOpenCard()
  const body = useRef<HTMLDivElement>(null)
  const { first, end } = useInSight(body, rows.length, ROW)
  const { held } = reschedule
  const places = useMemo(
    () =>
      new Map(rows.flatMap((row, i) => (row.kind === 'card' ? [[row.card.id as string, i] as const] : []))),
    [rows],
  )
  const lines = useMemo(() => linesOf(relations, handOffs), [relations, handOffs])
  const active = useRef<string | null>(null)
  const firstCard = rows.find((row) => row.kind === 'card')?.key ?? null
  if (active.current === null || !places.has(active.current)) active.current = firstCard
  const refocus = useRef<string | null>(null)

  const walk = useCallback(
    (from: string, way: number | 'first' | 'last') => {
      const bars = rows.filter((row) => row.kind === 'card')
      const at = bars.findIndex(({ key }) => key === from)
      const next = way === 'first' ? bars[0] : way === 'last' ? bars.at(-1) : bars[at + way]
      if (next?.kind !== 'card') return
      active.current = next.key
      refocus.current = next.key
      reveal(scroller.current, body.current, rows.indexOf(next), scale, next.card, names)
    },
    [rows, scale, names, scroller],
  )

  useLayoutEffect(() => {
    if (refocus.current === null) return
    const bar = body.current?.querySelector<HTMLElement>(`[data-bar="${CSS.escape(refocus.current)}"]`)
    if (!bar) return
    refocus.current = null
    bar.focus({ preventScroll: true })
  })
  // Scrolling draws rows anew only now and then; a step to one that is drawn already must not wait for that.
  const focusNow = useCallback((id: string) => {
    const bar = body.current?.querySelector<HTMLElement>(`[data-bar="${CSS.escape(id)}"]`)
    if (!bar) return
    refocus.current = null
    bar.focus({ preventScroll: true })
  }, [])

  const onKeyDown = (event: React.KeyboardEvent) => {
    const bar = event.target instanceof Element ? event.target.closest('[data-bar]') : null
    const id = bar?.getAttribute('data-bar')
    const key = keyName(event)
    if (!id || key === null) return
    if (!onKey(key, id)) return
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopPropagation()
  }

  function onKey(key: string, id: string): boolean {
    const by = { ArrowRight: 1, ArrowLeft: -1, 'Shift+ArrowRight': 7, 'Shift+ArrowLeft': -7 }[key]
    if (held?.keyed && held.id === id) {
      if (by !== undefined) reschedule.shift(by)
      else if (key === 'Enter' || key === ' ') reschedule.drop()
      else if (key === 'Escape') reschedule.leave()
      else if (parts[key]) reschedule.hold(id, parts[key])
      // While it hangs in the air no other key does anything to it.
      return key !== 'Tab' && key !== 'Shift+Tab'
    }
    const part = parts[key]
    if (part) {
      if (!facts.may.edit) return false
      reschedule.hold(id, part)
      return true
    }
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        walk(id, key === 'ArrowDown' ? 1 : -1)
        if (refocus.current) focusNow(refocus.current)
        return true
      case 'Home':
      case 'End':
        walk(id, key === 'Home' ? 'first' : 'last')
        if (refocus.current) focusNow(refocus.current)
        return true
      case 'Enter':
      case 'o':
        show(id)
        return true
      default:
        return false
    }
  }

  const width = widthOf(scale)
  const near = rows.slice(first, end).map((row, i) => ({ row, index: first + i }))
  const kept = active.current === null ? undefined : places.get(active.current)
  const keptRow = kept !== undefined && (kept < first || kept >= end) ? rows[kept] : undefined
  if (kept !== undefined && keptRow) near.push({ row: keptRow, index: kept })
  const ghostShape = ghost && held ? shapeOf(scale, asHeld(ghost, held, today)) : null

  return (
    <div className="tl-canvas" style={{ width: names + width }}>
      <Head scale={scale} facts={facts} weekStartsOn={weekStartsOn} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the bars inside */}
      <div
        ref={body}
        className="tl-body"
        style={{ height: Math.max(rows.length, 3) * ROW }}
        onKeyDown={onKeyDown}
      >
        <Grid scale={scale} facts={facts} weekStartsOn={weekStartsOn} />
        {near.map(({ row, index }) =>
          row.kind === 'lane' ? (
            <div key={`lane ${row.key}`} className="tl-row lane" style={{ top: index * ROW }}>
              <h3 className={by === 'segment' && row.key !== 'none' ? 'tl-name serif' : 'tl-name'}>
                {laneName(by, row.key, facts)}
                <span className="n num">{formatNumber(language, row.n)}</span>
              </h3>
            </div>
          ) : (
            <BarRow
              key={row.key}
              card={row.card}
              top={index * ROW}
              scale={scale}
              facts={facts}
              reschedule={reschedule}
              stop={active.current === row.key}
              open={open === row.card.id}
              waiting={waiting.has(row.card.id)}
              show={show}
              tells={tellsOf(
                row.card.id,
                lines,
                (id) => cards.get(id)?.title ?? neighbours.find((one) => one.id === id)?.title,
                t,
              )}
              outside={outsideOf(row.card.id, handOffs, (boardId) => {
                const board = boards.find((one) => one.boardId === boardId)
                return board && board.boardId !== row.card.boardId ? boardTitle(t, board) : null
              })}
              onFocus={() => {
                active.current = row.key
              }}
              find={() => reveal(scroller.current, body.current, index, scale, row.card, names)}
            />
          ),
        )}
        <Lines
          lines={lines}
          rows={rows}
          places={places}
          scale={scale}
          names={names}
          width={width}
          first={first}
          end={end}
          reschedule={reschedule}
          facts={facts}
        />
        {ghost && ghostShape?.kind === 'diamond' && (
          <div className="tl-ghost" style={{ left: names + ghostShape.x - HALF }} aria-hidden="true">
            <i />
            <b className="num">{dayName(language, asHeld(ghost, held, today).due ?? today, today)}</b>
          </div>
        )}
      </div>
    </div>
  )
}

/** Keys that lift all of a bar, its start, or its due day. */
const parts: Readonly<Record<string, Part>> = { m: 'all', ' ': 'all', s: 'start', d: 'due' }

function BarRow({
  card,
  top,
  scale,
  facts,
  reschedule,
  stop,
  open,
  waiting,
  show,
  tells,
  outside,
  onFocus,
  find,
}: {
  card: Card
  top: number
  scale: Scale
  facts: ViewFacts
  reschedule: Reschedule
  stop: boolean
  open: boolean
  waiting: boolean
  show: (id: string) => void
  /** What stands between it and others, in words. */
  tells: string
  /** Departments it gives something to. */
  outside: readonly string[]
  onFocus: () => void
  /** Scrolls to its bar. */
  find: () => void
}) {
  const { t, today, may } = facts
  const { held, onPointerDown, dragged } = reschedule
  const mine = held?.id === card.id ? held : null
  const dates = asHeld(card, held, today)
  const shape = shapeOf(scale, dates)
  if (!shape) return null
  const phase = facts.phases.get(card.columnId) ?? 'plan'
  const late = overdue({ ...card, ...dates }, phase, today)
  const said = saidDates(dates, facts)
  const column = facts.columns.get(card.columnId)?.said ?? ''
  const label = [card.title, said, column, late ? t('views.due_late') : '', tells].filter(Boolean).join(', ')
  const left = shape.kind === 'bar' ? shape.x : shape.x - HALF
  const width = shape.kind === 'bar' ? shape.width : HALF * 2
  return (
    <div className="tl-row" style={{ top }} data-card={card.id} data-open={open || undefined}>
      <button type="button" className="tl-name" tabIndex={-1} aria-hidden="true" onClick={find}>
        {card.title}
      </button>
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        className={shape.kind === 'bar' ? 'tl-bar' : 'tl-bar diamond'}
        data-bar={card.id}
        data-phase={phase}
        data-late={late || undefined}
        data-open-end={shape.kind === 'bar' && shape.open ? '' : undefined}
        data-held={mine ? mine.part : undefined}
        aria-busy={waiting || undefined}
        aria-label={label}
        title={`${card.title}\n${said}`}
        style={{ left, width }}
        onFocus={onFocus}
        onPointerDown={(event) => {
          onPointerDown(event, card, partAt(event, card))
        }}
        onClick={() => {
          if (!dragged()) show(card.id)
        }}
      >
        {shape.kind === 'bar' && may.edit && width > 24 && (
          <>
            {card.start !== null && <i className="end start" />}
            {card.due !== null && <i className="end due" />}
          </>
        )}
        {shape.kind === 'diamond' && <i className="gem" />}
      </button>
      <span className="tl-after" style={{ left: left + width + 8 }} aria-hidden="true">
        {mine ? <b className="num">{said}</b> : outside.length > 0 ? `→ ${outside.join(', ')}` : ''}
      </span>
    </div>
  )
}

/** Which part a pointer takes hold of: an end where it is near one, and where there is one. */
function partAt(event: React.PointerEvent<HTMLElement>, { start, due }: Dates): Part {
  const box = event.currentTarget.getBoundingClientRect()
  const near = event.pointerType === 'touch' ? 14 : 8
  if (box.width < near * 3) return 'all'
  if (due !== null && start !== null && box.right - event.clientX < near) return 'due'
  return start !== null && event.clientX - box.left < near ? 'start' : 'all'
}

/** "6 Jul to 18 Sep", "due 18 Sep", "from 6 Jul". */
function saidDates({ start, due }: Dates, { t, language, today }: ViewFacts): string {
  const say = (day: DayText) => dayName(language, day, today)
  if (start && due) return t('views.span', { start: say(start), due: say(due) })
  if (due) return t('views.span_due', { due: say(due) })
  return start ? t('views.span_start', { start: say(start) }) : ''
}

function laneName(by: Laneing, key: string, facts: ViewFacts): string {
  const { t } = facts
  switch (by) {
    case 'column':
      return facts.columns.get(key)?.said ?? ''
    case 'owner':
      return key === 'none' ? t('views.owner_none') : (facts.persons.get(key)?.name ?? t('views.gone'))
    case 'segment':
      return key === 'none' ? t('views.segment_none') : servedName(key, facts)
  }
}

function tellsOf(
  id: string,
  lines: readonly Line[],
  titleOf: (id: string) => string | undefined,
  t: ViewFacts['t'],
): string {
  return lines
    .flatMap(({ kind, fromId, toId }) => {
      if (fromId !== id && toId !== id) return []
      const title = titleOf(fromId === id ? toId : fromId)
      if (title === undefined) return []
      if (kind === 'pulls_apart') return [t('views.tells_apart', { title })]
      if (kind === 'blocks')
        return [t(fromId === id ? 'views.tells_blocks' : 'views.tells_blocked', { title })]
      return [t(fromId === id ? 'views.tells_gives' : 'views.tells_gets', { title })]
    })
    .join(', ')
}

function outsideOf(
  id: string,
  handOffs: readonly { fromActivityId: string; toBoardId: string; state: string }[],
  nameOf: (boardId: string) => string | null,
): readonly string[] {
  const open = handOffs.filter(
    ({ fromActivityId, state }) => fromActivityId === id && (state === 'offered' || state === 'accepted'),
  )
  return [...new Set(open.flatMap(({ toBoardId }) => nameOf(toBoardId) ?? []))]
}

/** Months and weeks, or what stands for them at this scale. */
function Head({ scale, facts, weekStartsOn }: { scale: Scale; facts: ViewFacts; weekStartsOn: number }) {
  const { language, t, today } = facts
  const { yearStart } = useBoard()
  const small = scale.day >= 20 ? 'day' : scale.day >= 5 ? 'week' : 'month'
  const large = small === 'month' ? 'quarter' : 'month'
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
            data-today={(small === 'day' && day === today) || undefined}
          >
            {small === 'month' ? monthName(language, day, 'short') : Number(day.slice(8))}
          </span>
        ))}
      </div>
      <span
        className="tl-flag"
        style={{ left: `calc(var(--names) + ${xOf(scale, today) + scale.day / 2}px)` }}
      >
        {t('views.today')}
      </span>
    </div>
  )
}

/** Lines behind the bars: weekends, months, the quarters of the company's year, today. */
function Grid({ scale, facts, weekStartsOn }: { scale: Scale; facts: ViewFacts; weekStartsOn: number }) {
  const { yearStart } = useBoard()
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

function Lines({
  lines,
  rows,
  places,
  scale,
  names,
  width,
  first,
  end,
  reschedule,
  facts,
}: {
  lines: readonly Line[]
  rows: readonly LaneRow[]
  places: ReadonlyMap<string, number>
  scale: Scale
  names: number
  width: number
  first: number
  end: number
  reschedule: Reschedule
  facts: ViewFacts
}) {
  const at = (id: string) => {
    const index = places.get(id)
    const row = index === undefined ? undefined : rows[index]
    if (index === undefined || row?.kind !== 'card') return null
    const dates = asHeld(row.card, reschedule.held, facts.today)
    const shape = shapeOf(scale, dates)
    if (!shape) return null
    const y = index * ROW + ROW / 2
    return shape.kind === 'bar'
      ? { index, y, left: shape.x, right: shape.x + shape.width, dates }
      : { index, y, left: shape.x - HALF, right: shape.x + HALF, dates }
  }
  return (
    <svg
      className="tl-lines"
      style={{ left: names }}
      width={width}
      height={rows.length * ROW}
      aria-hidden="true"
    >
      <defs>
        {(['blocks', 'wrong', 'hand_off'] as const).map((kind) => (
          <marker
            key={kind}
            id={`tl-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path className={kind} d="M0 0.5 7.500 4 0 7.500z" />
          </marker>
        ))}
      </defs>
      {lines.map(({ key, kind, fromId, toId }) => {
        const from = at(fromId)
        const to = at(toId)
        if (!from || !to) return null
        if (Math.max(from.index, to.index) < first || Math.min(from.index, to.index) >= end) return null
        if (kind === 'pulls_apart') {
          const x = Math.max(from.left, to.left) + 14
          const [a, b] = [from.y, to.y].sort((one, other) => one - other) as [number, number]
          return (
            <g key={key} className="apart">
              <path d={`M${x} ${a}V${b}`} />
              <path d={`m${x - 4} ${(a + b) / 2 - 4} 8 8m0-8-8 8`} />
            </g>
          )
        }
        // The second begins before the first is over: the plan cannot hold.
        const wrong =
          kind === 'blocks' &&
          from.dates.due !== null &&
          (to.dates.start ?? to.dates.due ?? '9') < from.dates.due
        return (
          <path
            key={key}
            className={wrong ? 'wrong' : kind}
            d={arrowPath({ x: from.right, y: from.y }, { x: to.left - 1, y: to.y })}
            markerEnd={`url(#tl-${wrong ? 'wrong' : kind})`}
          />
        )
      })}
    </svg>
  )
}

function Undated({
  cards,
  facts,
  reschedule,
}: {
  cards: readonly Card[]
  facts: ViewFacts
  reschedule: Reschedule
}) {
  const { t, may } = facts
  const { show } = useOpenCard()
  const { held } = reschedule
  return (
    <aside className="tl-undated" aria-label={t('views.undated')}>
      <h3>
        {t('views.undated')} <span className="n num">{formatNumber(facts.language, cards.length)}</span>
      </h3>
      {may.edit && <p className="help">{t('views.undated_help')}</p>}
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              data-undated={card.id}
              data-held={held?.id === card.id || undefined}
              onPointerDown={(event) => reschedule.onPointerDown(event, card, 'all')}
              onClick={() => {
                if (!reschedule.dragged()) show(card.id)
              }}
              onKeyDown={(event) => {
                const key = keyName(event)
                const by = { ArrowRight: 1, ArrowLeft: -1, 'Shift+ArrowRight': 7, 'Shift+ArrowLeft': -7 }[
                  key ?? ''
                ]
                const mine = held?.keyed && held.id === card.id
                if (mine && by !== undefined) reschedule.shift(by)
                else if (mine && (key === 'Enter' || key === ' ')) reschedule.drop()
                else if (mine && key === 'Escape') reschedule.leave()
                else if (!mine && key === 'm' && may.edit) reschedule.hold(card.id, 'all')
                else return
                event.preventDefault()
                event.stopPropagation()
                event.nativeEvent.stopPropagation()
              }}
            >
              {card.title}
              {held?.id === card.id && held.keyed && (
                <b className="num">{saidDates(asHeld(card, held, facts.today), facts)}</b>
              )}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}

function Legend({ facts: { t } }: { facts: ViewFacts }) {
  const { relations, handOffs } = useBoard()
  const lines = linesOf(relations, handOffs)
  const kinds = (['blocks', 'hand_off', 'pulls_apart'] as const).filter((kind) =>
    lines.some((line) => line.kind === kind),
  )
  if (kinds.length === 0) return null
  return (
    <ul className="tl-legend">
      {kinds.map((kind) => (
        <li key={kind}>
          <svg width="34" height="10" viewBox="0 0 34 10" aria-hidden="true" className="tl-lines">
            {kind === 'pulls_apart' ? (
              <g className="apart">
                <path d="M0 5h34" />
                <path d="m13 1 8 8m0-8-8 8" />
              </g>
            ) : (
              <path className={kind} d="M0 5H32" markerEnd={`url(#tl-${kind})`} />
            )}
          </svg>
          {t(`views.line_${kind}`)}
        </li>
      ))}
    </ul>
  )
}

/** Brings a bar into the part of the timeline that is seen. */
function reveal(
  scroller: HTMLElement | null,
  body: HTMLElement | null,
  index: number,
  scale: Scale,
  card: Card,
  names: number,
): void {
  const shape = shapeOf(scale, card)
  if (!scroller || !body || !shape) return
  const top = body.offsetTop + index * ROW
  const head = body.offsetTop
  if (top - head < scroller.scrollTop) scroller.scrollTop = top - head
  else if (top + ROW > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + ROW - scroller.clientHeight + 4
  const seen = scroller.clientWidth - names
  if (shape.x < scroller.scrollLeft || shape.x > scroller.scrollLeft + seen - 40)
    scroller.scrollLeft = shape.x - seen / 3
  // The timeline itself may reach below the window.
  const box = scroller.getBoundingClientRect()
  const y = box.top + top - scroller.scrollTop
  if (y + ROW > window.innerHeight) window.scrollBy(0, y + ROW - window.innerHeight + 12)
}
