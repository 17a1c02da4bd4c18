'use client'
import { overdue } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { saidDates } from './say-dates'
import { type Dates, type Part, type Scale, shapeOf } from './timeline'
import { HALF } from './timeline-sizes'
import { asHeld, type Reschedule } from './use-reschedule'
import type { ViewFacts } from './use-view-facts'

/** One activity: its name at the left, its bar on its days. */
export function BarRow({
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
