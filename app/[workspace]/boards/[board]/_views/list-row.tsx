'use client'
import { memo, type ReactNode } from 'react'
import { formatNumber } from '@/app/_i18n/time'
import { Avatar } from '@/app/_ui/avatar'
import { overdue } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { codeOf } from './arrange'
import { Editor } from './list-editors'
import { type ListCell, type ListField, listCells } from './list-fields'
import { dayName } from './say-days'
import type { ViewFacts } from './use-view-facts'

export interface RowActs {
  choose(id: string, range: boolean): void
  open(id: string): void
  edit(rowKey: string, field: ListField): void
  /** Editing is over; `back`: the keys go on from the cell. */
  done(back: boolean): void
}

/** One activity, a cell per field. Only a change of its own draws it anew. */
export const ListRow = memo(function ListRow({
  rowKey,
  index,
  top,
  card,
  facts,
  acts,
  stop,
  editing,
  chosen,
  open,
  waiting,
}: {
  rowKey: string
  /** From 2: the head is the first row. */
  index: number
  top: number
  card: Card
  facts: ViewFacts
  acts: RowActs
  /** The cell that is the one stop of the tab order, if it is in this row. */
  stop: ListCell | null
  editing: ListField | null
  chosen: boolean
  open: boolean
  waiting: boolean
}) {
  const { t } = facts
  return (
    <tr
      aria-rowindex={index}
      aria-selected={chosen}
      data-row={rowKey}
      data-card={card.id}
      data-open={open || undefined}
      aria-busy={waiting || undefined}
      style={{ top }}
    >
      {listCells.map((field) => {
        const edits = editing === field
        return (
          <td
            key={field}
            data-field={field}
            tabIndex={edits ? undefined : stop === field ? 0 : -1}
            onDoubleClick={field === 'choose' ? undefined : () => acts.edit(rowKey, field)}
          >
            {field === 'choose' ? (
              <input
                type="checkbox"
                tabIndex={-1}
                checked={chosen}
                aria-label={t('views.choose_row', { title: card.title })}
                onChange={() => undefined}
                onClick={(event) => acts.choose(card.id, event.shiftKey)}
              />
            ) : (
              <>
                {!(edits && inPlace.has(field)) && (
                  <Shown field={field} card={card} facts={facts} acts={acts} />
                )}
                {edits && <Editor field={field} card={card} facts={facts} done={acts.done} />}
              </>
            )}
          </td>
        )
      })}
    </tr>
  )
})

/** Fields that become an input where they stand; the others open a list under the cell. */
const inPlace: ReadonlySet<ListField> = new Set(['title', 'start', 'due', 'effort'])

function Shown({
  field,
  card,
  facts,
  acts,
}: {
  field: ListField
  card: Card
  facts: ViewFacts
  acts: RowActs
}): ReactNode {
  const { t, language, today } = facts
  switch (field) {
    case 'title':
      return (
        <a
          className="title"
          tabIndex={-1}
          href={`?card=${card.id}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            acts.open(card.id)
          }}
        >
          {card.title}
          {card.halt && <span className="halt">{t(`views.halt_${card.halt}`)}</span>}
        </a>
      )
    case 'column':
      return facts.columns.get(card.columnId)?.said ?? ''
    case 'owner': {
      const person = card.ownerId && facts.persons.get(card.ownerId)
      if (!person) return <span className="quiet">{card.ownerId ? t('views.gone') : ''}</span>
      return (
        <span className="who">
          <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />
          <span>{person.name}</span>
        </span>
      )
    }
    case 'start':
      return card.start ? <span className="num">{dayName(language, card.start, today)}</span> : ''
    case 'due': {
      if (!card.due) return ''
      const late = overdue(card, facts.phases.get(card.columnId) ?? 'plan', today)
      return (
        <span className={late ? 'num late' : 'num'}>
          {dayName(language, card.due, today)}
          {late && <span className="vh"> {t('views.due_late')}</span>}
        </span>
      )
    }
    case 'priority':
      return card.priority ? (
        <span className="pri" data-p={card.priority}>
          {t(`views.priority_${card.priority}`)}
        </span>
      ) : (
        ''
      )
    case 'effort':
      return card.effort === null ? '' : <span className="num">{formatNumber(language, card.effort)}</span>
    case 'serves':
      return card.serves.length === 0 ? (
        <span className="pet">{t('views.serves_none')}</span>
      ) : (
        <span className="serif">
          {card.serves
            .map((served) => {
              const code = codeOf(served, facts)
              return code === 'whom' || code === 'problem' || code === 'solution'
                ? t(`views.slotname_${code}`)
                : code
            })
            .join(', ')}
        </span>
      )
    case 'labels':
      return card.labels.map((id) => {
        const label = facts.tags.get(id)
        return (
          label && (
            <span key={id} className="tag">
              <span className="label-dot" data-tone={label.tone} aria-hidden="true" />
              {label.name}
            </span>
          )
        )
      })
  }
}
