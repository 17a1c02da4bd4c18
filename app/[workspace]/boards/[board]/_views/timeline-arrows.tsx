'use client'
import { useBoard } from '../_board/use-board'
import { arrowPath, type Scale, shapeOf } from './timeline'
import { type Line, linesOf } from './timeline-lines'
import type { LaneRow } from './timeline-rows'
import { HALF, ROW } from './timeline-sizes'
import { asHeld, type Reschedule } from './use-reschedule'
import type { ViewFacts } from './use-view-facts'

/** Lines between bars: what must be done before, what is handed on, what pulls apart. */
export function Lines({
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

/** What the lines mean, in words. */
export function Legend({ facts: { t } }: { facts: ViewFacts }) {
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
