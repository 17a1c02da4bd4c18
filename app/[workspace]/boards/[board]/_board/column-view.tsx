'use client'
import { memo, useEffect, useState } from 'react'
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
import { useUi } from './use-ui'

/** As many as a tall screen shows twice; the rest follows when the page is at rest. */
const AT_FIRST = 24
const STEP = 40

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
  const drawn = useDrawn(cards.length)
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
      <ol className="acts" aria-label={name}>
        {cards.slice(0, drawn).map((card) => (
          <CardView
            key={card.id}
            card={card}
            phase={column.phase}
            open={open === card.id}
            first={first === card.id}
          />
        ))}
      </ol>
      {all > cards.length && (
        <p className="hidden-cards">{t('boards.not_shown', { n: all - cards.length })}</p>
      )}
      {may.create && <QuickAdd columnId={column.id} column={name} keyed={keyed} />}
    </section>
  )
})

/** How many cards to draw: few at first, so that a long board can be used at once, then all. */
function useDrawn(n: number): number {
  const [drawn, setDrawn] = useState(AT_FIRST)
  useEffect(() => {
    if (drawn >= n) return
    const more = () => setDrawn((before) => before + STEP)
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(more, 60)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(more, { timeout: 500 })
    return () => cancelIdleCallback(handle)
  }, [drawn, n])
  return drawn
}
