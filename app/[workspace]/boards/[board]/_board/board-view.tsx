'use client'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Card } from '@/lib/domain/card'
import { useShownCards } from '../_views/use-filter'
import { BoardUi } from './board-ui'
import { BulkBar } from './bulk-bar'
import { byColumn } from './by-column'
import { ColumnView } from './column-view'
import { FactsContext, useFacts, useMadeFacts } from './facts'
import { Lifted } from './lifted'
import { TraceShapes } from './trace-mark'
import { showCard, useBoard, useOpenCard } from './use-board'
import { useDrag } from './use-drag'
import { useKeys } from './use-keys'
import { UiContext, useUi } from './use-ui'

/** What cards, menus and columns need, whichever view draws them. */
export function BoardFrame({ children }: { children: ReactNode }) {
  const facts = useMadeFacts()
  const [ui] = useState(() => new BoardUi())
  return (
    <FactsContext.Provider value={facts}>
      <UiContext.Provider value={ui}>
        <TraceShapes />
        {children}
      </UiContext.Provider>
    </FactsContext.Provider>
  )
}

/** The cards in their columns. */
export function BoardView() {
  return (
    <>
      <Columns ui={useUi()} />
      <BulkBar />
    </>
  )
}

function Columns({ ui }: { ui: BoardUi }) {
  const { t } = useFacts()
  const { columns, cards, live, may } = useBoard()
  const { open } = useOpenCard()
  const board = useRef<HTMLDivElement>(null)
  const before = useRef<ReadonlyMap<string, readonly Card[]>>(new Map())
  const found = useShownCards()
  const lay = useMemo(() => byColumn(columns, found, before.current), [columns, found])
  const sizes = useMemo(() => sizesOf(cards.values()), [cards])
  before.current = lay
  const first = columns.map(({ id }) => lay.get(id)?.[0]?.id).find((id) => id !== undefined) ?? null
  const keyed = columns[0]?.id

  useEffect(() => {
    ui.keepOnly(cards)
  }, [ui, cards])

  const where = useRef({ columns, lay })
  where.current = { columns, lay }
  const onKeyDown = useKeys(where, may)
  useDrag(board, where, may.move)

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and clicks of the cards inside, heard at one place */}
      <div
        ref={board}
        className="cols"
        data-live={live}
        onKeyDown={onKeyDown}
        onClick={(event) => clicked(event, ui, where.current)}
        onContextMenu={(event) => {
          const id = cardAt(event.target)
          if (id === null || event.shiftKey) return
          event.preventDefault()
          const ids = ui.state().chosen.has(id) ? [...ui.state().chosen] : [id]
          ui.set({ active: id, menu: { ids, page: 'main', at: { x: event.clientX, y: event.clientY } } })
        }}
        onFocus={(event) => {
          const id = cardAt(event.target)
          if (id !== null && ui.state().active !== id) ui.set({ active: id })
        }}
      >
        {columns.map((column) => {
          const shown = lay.get(column.id) ?? []
          return (
            <ColumnView
              key={column.id}
              column={column}
              cards={shown}
              all={sizes.get(column.id) ?? 0}
              open={open !== null && shown.some(({ id }) => id === open) ? open : null}
              first={first !== null && shown[0]?.id === first ? first : null}
              keyed={keyed === column.id}
            />
          )
        })}
      </div>
      <Lifted board={board} where={where} />
      <span id="board-chosen" hidden>
        {t('boards.chosen')}
      </span>
    </>
  )
}

/** How many cards lie in each column, shown or not: a limit counts them all. */
function sizesOf(cards: Iterable<Card>): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { columnId } of cards) sizes.set(columnId, (sizes.get(columnId) ?? 0) + 1)
  return sizes
}

/** Opens a card; with Shift chooses up to it, with Mod chooses it. */
function clicked(
  event: React.MouseEvent,
  ui: BoardUi,
  { columns, lay }: { columns: readonly { id: string }[]; lay: ReadonlyMap<string, readonly Card[]> },
): void {
  const id = cardAt(event.target)
  const link = event.target instanceof Element ? event.target.closest('.act h3 a') : null
  if (id === null || !link) return
  if (event.shiftKey || event.metaKey || event.ctrlKey) {
    event.preventDefault()
    if (event.shiftKey)
      ui.extend(
        columns.flatMap((column) => (lay.get(column.id) ?? []).map((card) => card.id)),
        id,
      )
    else ui.toggle(id)
    return
  }
  if (event.button !== 0 || event.defaultPrevented) return
  event.preventDefault()
  ui.anchor = id
  ui.set({ active: id })
  showCard(id)
}

export function cardAt(target: EventTarget | null): string | null {
  const card = target instanceof Element ? target.closest('[data-card]') : null
  return card?.getAttribute('data-card') ?? null
}
