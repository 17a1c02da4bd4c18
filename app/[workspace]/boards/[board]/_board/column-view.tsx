'use client'
import { memo, useMemo, useRef } from 'react'
import { keyName } from '@/app/_ui/keys'
import type { Card } from '@/lib/domain/card'
import { type Column, overLimit } from '@/lib/domain/column'
import { CardView } from './card-view'
import { ColumnMenu } from './column-menu'
import { ColumnName } from './column-name'
import { useFacts } from './facts'
import { columnName } from './names'
import { QuickAdd } from './quick-add'
import { useBoardStore } from './use-board'
import { useDrawn } from './use-drawn'
import { useUi, useUiPart } from './use-ui'

/** One column: its name, how much lies in it, its cards. */
export const ColumnView = memo(function ColumnView({
  column,
  cards,
  all,
  open,
  first,
  keyed,
}: {
  column: Column
  /** Those shown. */
  cards: readonly Card[]
  /** How many there are, shown or not. */
  all: number
  /** The card whose panel is open, if it lies here. */
  open: string | null
  /** The card that Tab reaches before any was walked to, if it lies here. */
  first: string | null
  /** The key C adds here. */
  keyed: boolean
}) {
  const { t, may } = useFacts()
  const ui = useUi()
  const store = useBoardStore()
  const list = useRef<HTMLOListElement>(null)
  const { long, pieces } = useDrawn(list, cards, [first, ...useHands(cards, column.id)])
  const name = columnName(t, column)
  const over = overLimit(column, all)
  const count =
    column.limit === null
      ? t('boards.count', { n: all })
      : t(over ? 'boards.count_over' : 'boards.count_of', { n: all, limit: column.limit })
  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = keyName(event)
    if (key === 'F2') ui.set({ renaming: column.id })
    else if (key === 'Mod+Shift+ArrowLeft') moveBy(-1)
    else if (key === 'Mod+Shift+ArrowRight') moveBy(1)
    else return
    event.preventDefault()
  }
  const moveBy = (step: -1 | 1) => {
    const { columns } = store.state()
    const at = columns.findIndex(({ id }) => id === column.id)
    const after = step < 0 ? columns[at - 2] : columns[at + 1]
    if (at + step < 0 || at + step >= columns.length) return
    void store.column({ do: 'move', columnId: column.id, after: after?.id ?? null })
  }
  return (
    <section
      className="col"
      data-column={column.id}
      data-kind={column.kind}
      data-phase={column.phase}
      aria-label={name}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu button inside */}
      <header onKeyDown={may.columns ? onKeyDown : undefined}>
        <ColumnName column={column} />
        <span className={over ? 'count badge' : 'count'} data-s={over ? 'risk' : undefined}>
          <span aria-hidden="true">{column.limit === null ? all : count}</span>
          <span className="vh">{column.limit === null ? count : ''}</span>
        </span>
        <span className="phase">{t(`boards.phase_${column.phase}`)}</span>
        {may.columns && <ColumnMenu column={column} name={name} cards={all} />}
      </header>
      <ol ref={list} className="acts" data-long={long || undefined} aria-label={name}>
        {pieces.map((piece) => {
          if ('gap' in piece) return <Gap key={`after ${piece.after}`} height={piece.gap} />
          const card = cards[piece.card]
          return (
            card && (
              <CardView
                key={card.id}
                card={card}
                phase={column.phase}
                open={open === card.id}
                first={first === card.id}
                // Where not all are in the page, each says which of how many it is.
                place={long ? piece.card + 1 : null}
                of={long ? cards.length : null}
              />
            )
          )
        })}
      </ol>
      {all > cards.length && (
        <p className="hidden-cards">{t('boards.not_shown', { n: all - cards.length })}</p>
      )}
      {may.create && <QuickAdd columnId={column.id} column={name} keyed={keyed} />}
    </section>
  )
})

/** The room of cards that are not drawn. */
function Gap({ height }: { height: number }) {
  return <li aria-hidden="true" style={{ height }} />
}

/** Cards of this column that must not leave the page: where the focus is, and where a lifted card would drop. */
function useHands(cards: readonly Card[], columnId: string): readonly (string | null)[] {
  const here = useMemo(() => new Set<string>(cards.map(({ id }) => id)), [cards])
  const only = (id: string | null | undefined) => (id && here.has(id) ? id : null)
  const active = useUiPart((ui) => only(ui.active))
  const editing = useUiPart((ui) => only(ui.editing))
  const lifted = useUiPart((ui) => only(ui.lift?.id))
  const after = useUiPart((ui) => (ui.lift?.to.columnId === columnId ? only(ui.lift.to.after) : null))
  const before = useUiPart((ui) => (ui.lift?.to.columnId === columnId ? only(ui.lift.to.before) : null))
  return [active, editing, lifted, after, before]
}
