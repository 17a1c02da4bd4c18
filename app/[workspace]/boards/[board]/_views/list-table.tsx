'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatNumber } from '@/app/_i18n/time'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { useBoard, useOpenCard } from '../_board/use-board'
import { type Grouping, nextOrder, readOrder, writeOrder } from './arrange'
import { type ListCell, type ListField, listCells, listFields } from './list-fields'
import { ListRow, type RowActs } from './list-row'
import { type At, beside, firstStop, type Row, shownCells, standing } from './list-walk'
import { groupName } from './say-group'
import { changeParam } from './use-filter'
import { useInSight } from './use-in-sight'
import { useSelection } from './use-selection'
import type { ViewFacts } from './use-view-facts'
import { useWide } from './use-wide'

/** Heights of a row as list.css draws it, pixels: windowing counts with them. */
const ROW = 40
const ROW_NARROW = 66

/** The rows near the window, and the keys they answer. */
export function Table({
  rows,
  group,
  facts,
  fold,
}: {
  rows: readonly Row[]
  group: Grouping
  facts: ViewFacts
  fold: (key: string) => void
}) {
  const { t, may } = facts
  const order = readOrder(useSearchParams().get('sort'))
  const { waiting } = useBoard()
  const { open, show } = useOpenCard()
  const selection = useSelection()
  const body = useRef<HTMLTableSectionElement>(null)
  const height = useWide() ? ROW : ROW_NARROW
  const { first, end } = useInSight(body, rows.length, height)
  const [at, setAt] = useState<At | null>(null)
  const [editing, setEditing] = useState<{ row: string; field: ListField } | null>(null)
  const wantsFocus = useRef(false)
  const places = useMemo(() => new Map(rows.map(({ key }, i) => [key, i])), [rows])
  const latest = useRef({ rows, places, height, at })
  latest.current = { rows, places, height, at }

  const order_ = useMemo(
    () => rows.flatMap((row) => (row.kind === 'card' ? [row.card.id as string] : [])),
    [rows],
  )
  const cardsInOrder = useRef(order_)
  cardsInOrder.current = order_

  const acts = useMemo(
    (): RowActs => ({
      choose: (id, range) => (range ? selection.extend(cardsInOrder.current, id) : selection.toggle(id)),
      open: show,
      edit: (row, field) => {
        const allowed = field === 'column' ? may.move : may.edit
        if (!allowed) return
        setAt({ row, cell: field })
        setEditing({ row, field })
      },
      done: (back) => {
        wantsFocus.current = back
        setEditing(null)
        if (back) setAt((now) => (now ? { ...now } : now))
      },
    }),
    [selection, show, may.edit, may.move],
  )

  const go = useCallback((row: string, cell: ListCell) => {
    wantsFocus.current = true
    setAt({ row, cell })
    const { places: where, height: each } = latest.current
    const table = body.current?.getBoundingClientRect()
    const index = where.get(row)
    if (!table || index === undefined) return
    const top = table.top + index * each
    // Under the masthead, the boards and the head of the table nothing is seen.
    const above = (body.current?.previousElementSibling?.getBoundingClientRect().bottom ?? 0) + 4
    if (top < above) window.scrollBy(0, top - above)
    else if (top + each > window.innerHeight - 8) window.scrollBy(0, top + each - window.innerHeight + 8)
  }, [])

  // What one stood on may have been filtered out, or stand in another group now.
  const stop: At | null = standing(at, rows, places) ?? firstStop(rows)
  const edited = editing && places.has(editing.row) ? editing : null

  useLayoutEffect(() => {
    if (!stop || !wantsFocus.current) return
    const cell = body.current?.querySelector<HTMLElement>(
      `[data-row="${CSS.escape(stop.row)}"] [data-field="${stop.cell}"]`,
    )
    if (!cell) return
    wantsFocus.current = false
    cell.focus({ preventScroll: true })
  })

  const onKeyDown = (event: React.KeyboardEvent<HTMLTableSectionElement>) => {
    const cell =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-field]') : null
    const row = cell?.closest('[data-row]')?.getAttribute('data-row')
    const key = keyName(event)
    if (!cell || !row || key === null || edited) return
    const field = cell.dataset.field as ListCell | 'group'
    if (act(key, row, field, cell)) {
      event.preventDefault()
      event.stopPropagation()
      event.nativeEvent.stopPropagation()
    }
  }

  function act(key: string, rowKey: string, field: ListCell | 'group', cell: HTMLElement): boolean {
    const index = places.get(rowKey) ?? 0
    const row = rows[index]
    const to = (next: number) => {
      const target = rows[Math.max(0, Math.min(rows.length - 1, next))]
      if (target) go(target.key, field === 'group' ? 'title' : field)
      return true
    }
    const page = Math.max(1, Math.floor(window.innerHeight / height) - 4)
    switch (key) {
      case 'ArrowDown':
        return to(index + 1)
      case 'ArrowUp':
        return to(index - 1)
      case 'PageDown':
        return to(index + page)
      case 'PageUp':
        return to(index - page)
      case 'Mod+Home':
        return to(0)
      case 'Mod+End':
        return to(rows.length - 1)
    }
    if (!row) return false
    if (row.kind === 'group') {
      if (key !== 'Enter' && key !== ' ') return false
      fold(row.key)
      go(row.key, 'title')
      return true
    }
    switch (key) {
      case 'ArrowRight':
      case 'ArrowLeft': {
        const next = beside(cell, key === 'ArrowRight' ? 1 : -1)
        if (next) go(rowKey, next)
        return true
      }
      case 'Home':
        go(rowKey, 'title')
        return true
      case 'End': {
        const last = shownCells(cell).at(-1)
        if (last) go(rowKey, last)
        return true
      }
      case 'x':
        acts.choose(row.card.id, false)
        return true
      case ' ':
        acts.choose(row.card.id, false)
        return true
      case 'Shift+ArrowDown':
      case 'Shift+ArrowUp': {
        const next = rows[index + (key === 'Shift+ArrowDown' ? 1 : -1)]
        if (next?.kind !== 'card' || field === 'group') return true
        selection.extend(cardsInOrder.current, next.card.id)
        go(next.key, field)
        return true
      }
      case 'o':
        show(row.card.id)
        return true
      case 'F2':
      case 'Enter':
        if (field === 'choose') acts.choose(row.card.id, false)
        else if (field === 'group') return false
        else if (field === 'column' ? may.move : may.edit) acts.edit(rowKey, field)
        else show(row.card.id)
        return true
      default:
        return false
    }
  }

  const near = rows.slice(first, end).map((row, i) => ({ row, index: first + i }))
  // Whoever stands on a row keeps it, however far they scroll.
  const kept = stop ? places.get(stop.row) : undefined
  const keptRow = kept !== undefined && (kept < first || kept >= end) ? rows[kept] : undefined
  if (kept !== undefined && keptRow) near.push({ row: keptRow, index: kept })

  return (
    <table
      className="list"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is walked through by keys
      role="grid"
      aria-rowcount={rows.length + 1}
      aria-label={t('views.view_list')}
      aria-multiselectable="true"
    >
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" data-field="choose">
            <ChooseAll ids={order_} facts={facts} />
          </th>
          {listFields.map((field) => {
            const sort = order?.by === field ? (order.down ? 'descending' : 'ascending') : 'none'
            return (
              <th key={field} scope="col" data-field={field} aria-sort={sort}>
                <button
                  type="button"
                  onClick={() => {
                    const next = nextOrder(order, field)
                    changeParam('sort', next && writeOrder(next))
                  }}
                >
                  {t(`views.list_${field}`)}
                  <i aria-hidden="true" className="sort" />
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody
        ref={body}
        style={{ height: rows.length * height }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const cell = event.target.closest<HTMLElement>('td[data-field]')
          const row = cell?.closest('[data-row]')?.getAttribute('data-row')
          const field = cell?.dataset.field as ListCell | undefined
          if (row && field && (at?.row !== row || at.cell !== field)) setAt({ row, cell: field })
        }}
      >
        {near.map(({ row, index }) =>
          row.kind === 'group' ? (
            <tr
              key={`group ${row.key}`}
              className="group"
              aria-rowindex={index + 2}
              data-row={row.key}
              style={{ top: index * height }}
            >
              <th scope="rowgroup" colSpan={listCells.length}>
                <button
                  type="button"
                  data-field="title"
                  tabIndex={stop?.row === row.key ? 0 : -1}
                  aria-expanded={!row.folded}
                  onClick={() => fold(row.key)}
                >
                  <Icon name={row.folded ? 'right' : 'down'} />
                  {groupName(group, row.key, facts)}
                  <span className="n num">{formatNumber(facts.language, row.n)}</span>
                </button>
              </th>
            </tr>
          ) : (
            <ListRow
              key={row.key}
              rowKey={row.key}
              index={index + 2}
              top={index * height}
              card={row.card}
              facts={facts}
              acts={acts}
              stop={stop?.row === row.key ? stop.cell : null}
              editing={edited?.row === row.key ? edited.field : null}
              chosen={selection.chosen.has(row.card.id)}
              open={open === row.card.id}
              waiting={waiting.has(row.card.id)}
            />
          ),
        )}
      </tbody>
    </table>
  )
}

function ChooseAll({ ids, facts }: { ids: readonly string[]; facts: ViewFacts }) {
  const selection = useSelection()
  const box = useRef<HTMLInputElement>(null)
  const n = ids.filter((id) => selection.chosen.has(id)).length
  const all = n > 0 && n === ids.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = n > 0 && !all
  }, [n, all])
  return (
    <input
      ref={box}
      type="checkbox"
      checked={all}
      aria-label={facts.t('views.choose_all')}
      onChange={() => selection.set(all ? [] : ids)}
    />
  )
}
