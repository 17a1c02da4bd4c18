'use client'
import { useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Card } from '@/lib/domain/card'
import { byColumn } from './by-column'
import { columnName } from './names'
import { useBoard } from './use-board'

export function BoardView() {
  const t = useWords()
  const { columns, cards, live } = useBoard()
  const before = useRef<ReadonlyMap<string, readonly Card[]>>(new Map())
  before.current = byColumn(columns, cards.values(), before.current)
  return (
    <div className="cols" data-live={live}>
      {columns.map((column) => (
        <section key={column.id} className="col" data-column={column.id} data-kind={column.kind}>
          <header>
            <h2>{columnName(t, column)}</h2>
          </header>
          <ol className="acts">
            {before.current.get(column.id)?.map((card) => (
              <li key={card.id} className="act" data-card={card.id}>
                <h3>
                  <a href={`?card=${card.id}`}>{card.title}</a>
                </h3>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
