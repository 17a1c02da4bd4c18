'use client'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatNumber } from '@/app/_i18n/time'
import { keyName } from '@/app/_ui/keys'
import type { Card } from '@/lib/domain/card'
import { boardTitle } from '../_board/names'
import { useBoard, useOpenCard } from '../_board/use-board'
import { dayName } from './say-days'
import { type Part, type Scale, shapeOf, widthOf } from './timeline'
import { Lines } from './timeline-arrows'
import { BarRow } from './timeline-bar'
import { Grid, Head } from './timeline-days'
import { linesOf } from './timeline-lines'
import type { Laneing, LaneRow } from './timeline-rows'
import { HALF, ROW } from './timeline-sizes'
import { laneName, outsideOf, tellsOf } from './timeline-words'
import { useInSight } from './use-in-sight'
import { asHeld, type Reschedule } from './use-reschedule'
import type { ViewFacts } from './use-view-facts'

/** The bars over their days, and the keys they answer. */
export function Canvas({
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
  const [stood, stand] = useState<string | null>(null)
  const firstCard = rows.find((row) => row.kind === 'card')?.key ?? null
  const active = stood !== null && places.has(stood) ? stood : firstCard
  const refocus = useRef<string | null>(null)

  const walk = useCallback(
    (from: string, way: number | 'first' | 'last') => {
      const bars = rows.filter((row) => row.kind === 'card')
      const at = bars.findIndex(({ key }) => key === from)
      const next = way === 'first' ? bars[0] : way === 'last' ? bars.at(-1) : bars[at + way]
      if (next?.kind !== 'card') return
      stand(next.key)
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
  const kept = active === null ? undefined : places.get(active)
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
              <h2 className={by === 'segment' && row.key !== 'none' ? 'tl-name serif' : 'tl-name'}>
                {laneName(by, row.key, facts)}
                <span className="n num">{formatNumber(language, row.n)}</span>
              </h2>
            </div>
          ) : (
            <BarRow
              key={row.key}
              card={row.card}
              top={index * ROW}
              scale={scale}
              facts={facts}
              reschedule={reschedule}
              stop={active === row.key}
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
              onFocus={() => stand(row.key)}
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
