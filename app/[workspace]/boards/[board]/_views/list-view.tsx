'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'
import { BulkBar } from '../_board/bulk-bar'
import { useBoard } from '../_board/use-board'
import { type Grouping, grouped, groupings, readOrder, sorted, writeOrder } from './arrange'
import { Table } from './list-table'
import type { Row } from './list-walk'
import { changeParam, useChoice, useShownCards } from './use-filter'
import { useViewFacts } from './use-view-facts'
import { useViewRoom } from './use-view-room'
import { ViewEmpty } from './view-empty'
import './list.css'

/** All activities as one table: sorted by any column, grouped, changed in place. */
export function ListView() {
  useViewRoom()
  const state = useBoard()
  const cards = useShownCards()
  const facts = useViewFacts()
  const order = readOrder(useSearchParams().get('sort'))
  const by = order ? writeOrder(order) : null
  const group = useChoice<Grouping>('group', groupings)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())

  const rows = useMemo((): readonly Row[] => {
    const list = sorted(cards, readOrder(by), state, facts, facts.compare)
    return grouped(list, group, state, facts, facts.compare).flatMap(({ key, cards: some }): Row[] => {
      const hidden = group !== 'none' && folded.has(key)
      const shown = hidden ? [] : some.map((card): Row => ({ kind: 'card', key: `${key}:${card.id}`, card }))
      if (group === 'none') return shown
      return [{ kind: 'group', key, n: some.length, folded: hidden }, ...shown]
    })
  }, [cards, by, group, folded, state, facts])

  const fold = useCallback((key: string) => {
    setFolded((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])

  return (
    <section className="list-view" aria-label={facts.t('views.view_list')}>
      <div className="list-tools">
        <label>
          {facts.t('views.group')}
          <select
            className="chip"
            value={group}
            onChange={(event) =>
              changeParam('group', event.target.value === 'none' ? null : event.target.value)
            }
          >
            {groupings.map((one) => (
              <option key={one} value={one}>
                {facts.t(`views.group_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <p className="help">{facts.may.edit ? facts.t('views.list_keys') : facts.t('views.list_read')}</p>
      </div>
      {cards.length === 0 ? <ViewEmpty /> : <Table rows={rows} group={group} facts={facts} fold={fold} />}
      <BulkBar />
    </section>
  )
}
