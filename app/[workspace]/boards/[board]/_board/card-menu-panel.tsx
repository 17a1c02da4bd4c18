'use client'
import { Fragment, useId } from 'react'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
import { toast } from '@/app/_ui/toast'
import { priorities } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { nextCycle } from '@/lib/domain/cycle'
import { addDays, daysFromTo } from '@/lib/domain/day-text'
import { cardHref } from '../../board-href'
import type { MenuPage, UiState } from './board-ui'
import { DayDialog } from './day-dialog'
import { dayWords } from './day-words'
import { useFacts } from './facts'
import { boardTitle, columnName } from './names'
import { showCard, useBoard, useBoardStore } from './use-board'
import { useUi } from './use-ui'

/** What can be done with a card, or with those chosen, page by page. */
export function CardMenuPanel({ menu, close }: { menu: NonNullable<UiState['menu']>; close: () => void }) {
  const { t } = useFacts()
  const { cards } = useBoard()
  const id = useId()
  const there = menu.ids.flatMap((one) => cards.get(one) ?? [])
  const [one] = there
  if (menu.page === 'day') return <DayDialog ids={menu.ids} due={one?.due ?? null} onClose={close} />
  if (!one) return null
  return (
    <MenuPanel
      id={id}
      label={
        there.length === 1
          ? t('boards.card_menu', { title: one.title })
          : t('boards.chosen_menu', { n: there.length })
      }
      anchor={menu.at}
      align="start"
      start="first"
      width={280}
      close={close}
    >
      <Page page={menu.page} cards={there} />
    </MenuPanel>
  )
}

function Page({ page, cards }: { page: Exclude<MenuPage, 'day'>; cards: readonly Card[] }) {
  switch (page) {
    case 'main':
      return <Main cards={cards} />
    case 'move':
      return <Move cards={cards} />
    case 'owner':
      return <Owner cards={cards} />
    case 'due':
      return <Due cards={cards} />
    case 'label':
      return <Labels cards={cards} />
    case 'priority':
      return <Priority cards={cards} />
    case 'cycle':
      return <CyclePage cards={cards} />
  }
}

const ids = (cards: readonly Card[]) => cards.map(({ id }) => id)

function Main({ cards }: { cards: readonly Card[] }) {
  const { t, may } = useFacts()
  const store = useBoardStore()
  const ui = useUi()
  const { slug, board } = store.state()
  const [card] = cards
  const single = cards.length === 1 && card
  const at = ui.state().menu?.at ?? { x: 200, y: 200 }
  // The menu is closed before an item acts: its place is remembered here.
  const next = (page: MenuPage) => () => ui.set({ menu: { ids: ids(cards), page, at } })
  return (
    <>
      {single && (
        <MenuItem hint="Enter" onSelect={() => showCard(card.id)}>
          {t('boards.open')}
        </MenuItem>
      )}
      {single && may.edit && (
        <MenuItem hint="E" onSelect={() => ui.set({ editing: card.id })}>
          {t('boards.rename')}
        </MenuItem>
      )}
      {may.move && <MenuItem onSelect={next('move')}>{t('boards.move_to')}</MenuItem>}
      {may.edit && (
        <>
          <MenuItem hint="A" onSelect={next('owner')}>
            {t('boards.set_owner')}
          </MenuItem>
          <MenuItem hint="D" onSelect={next('due')}>
            {t('boards.set_due')}
          </MenuItem>
          <MenuItem hint="L" onSelect={next('label')}>
            {t('boards.set_labels')}
          </MenuItem>
          <MenuItem hint="P" onSelect={next('priority')}>
            {t('boards.set_priority')}
          </MenuItem>
          <MenuItem onSelect={next('cycle')}>{t('boards.set_cycle')}</MenuItem>
        </>
      )}
      {single && (
        <>
          <MenuRule />
          <MenuItem
            onSelect={() => {
              const url = new URL(cardHref(slug, board, card.id), window.location.href)
              navigator.clipboard.writeText(url.href).then(
                () => toast({ text: t('boards.link_copied') }),
                () => toast({ text: t('boards.link_not_copied', { url: url.href }) }),
              )
            }}
          >
            {t('boards.copy_link')}
          </MenuItem>
          {may.create && (
            <MenuItem onSelect={() => store.duplicate(card.id)}>{t('boards.duplicate')}</MenuItem>
          )}
        </>
      )}
      {may.edit && (
        <>
          <MenuRule />
          <MenuItem onSelect={() => store.settle(ids(cards), 'archived')}>{t('boards.archive')}</MenuItem>
          <MenuItem danger onSelect={() => store.settle(ids(cards), 'trashed')}>
            {t('boards.trash')}
          </MenuItem>
        </>
      )}
    </>
  )
}

function Move({ cards }: { cards: readonly Card[] }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { columns, boards, elsewhere } = useBoard()
  const same = cards.every(({ columnId }) => columnId === cards[0]?.columnId) ? cards[0]?.columnId : null
  const to = (columnId: string, boardId?: string) => {
    const [card] = cards
    if (cards.length === 1 && card)
      return store.move(card.id, { columnId, after: null, before: null, ...(boardId && { boardId }) })
    return store.many(ids(cards), { do: 'move', columnId })
  }
  return (
    <>
      <MenuCap>{t('boards.move_to_column')}</MenuCap>
      {columns.map((column) => (
        <MenuItem
          key={column.id}
          checked={column.id === same}
          onSelect={() => column.id !== same && to(column.id)}
        >
          {columnName(t, column)}
        </MenuItem>
      ))}
      {boards.map((board) => {
        const theirs = elsewhere.filter(({ boardId }) => boardId === board.boardId)
        return theirs.length === 0 ? null : (
          <Fragment key={board.boardId}>
            <MenuCap>{boardTitle(t, board)}</MenuCap>
            {theirs.map((column) => (
              <MenuItem key={column.id} checked={false} onSelect={() => to(column.id, board.boardId)}>
                {columnName(t, column)}
              </MenuItem>
            ))}
          </Fragment>
        )
      })}
    </>
  )
}

function Owner({ cards }: { cards: readonly Card[] }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { people, board } = useBoard()
  const same = cards.every(({ ownerId }) => ownerId === cards[0]?.ownerId) ? cards[0]?.ownerId : undefined
  const ours = people.filter(({ departments }) => departments.includes(board.departmentId))
  const others = people.filter((person) => !ours.includes(person))
  const set = (ownerId: string | null) => () => store.many(ids(cards), { do: 'edit', fields: { ownerId } })
  const item = ({ id, name }: (typeof people)[number]) => (
    <MenuItem key={id} checked={same === id} onSelect={set(id)}>
      {name}
    </MenuItem>
  )
  return (
    <>
      <MenuCap>{t('boards.set_owner')}</MenuCap>
      <MenuItem checked={same === null} onSelect={set(null)}>
        {t('boards.no_owner')}
      </MenuItem>
      {ours.map(item)}
      {ours.length > 0 && others.length > 0 && <MenuRule />}
      {others.map(item)}
    </>
  )
}

function Due({ cards }: { cards: readonly Card[] }) {
  const { t, language, today } = useFacts()
  const store = useBoardStore()
  const ui = useUi()
  const same = cards.every(({ due }) => due === cards[0]?.due) ? cards[0]?.due : undefined
  // 1970-01-05 was a Monday.
  const weekday = daysFromTo('1970-01-05', today) % 7
  const choices = [
    { key: 'today', day: today },
    { key: 'tomorrow', day: addDays(today, 1) },
    { key: 'this_week', day: addDays(today, weekday <= 4 ? 4 - weekday : 11 - weekday) },
    { key: 'in_a_week', day: addDays(today, 7) },
    { key: 'in_two_weeks', day: addDays(today, 14) },
    { key: 'in_a_month', day: addDays(today, 30) },
  ] as const
  const set = (due: string | null) => () => store.many(ids(cards), { do: 'edit', fields: { due } })
  return (
    <>
      <MenuCap>{t('boards.set_due')}</MenuCap>
      <MenuItem checked={same === null} onSelect={set(null)}>
        {t('boards.no_date')}
      </MenuItem>
      {choices.map(({ key, day }) => (
        <MenuItem key={key} checked={same === day} hint={dayWords(language, day, today)} onSelect={set(day)}>
          {t(`boards.due_${key}`)}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem
        checked={false}
        onSelect={() => ui.set({ menu: { ids: ids(cards), page: 'day', at: { x: 0, y: 0 } } })}
      >
        {t('boards.due_other')}
      </MenuItem>
    </>
  )
}

function Labels({ cards }: { cards: readonly Card[] }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { labels } = useBoard()
  if (labels.length === 0) return <MenuCap>{t('boards.no_labels')}</MenuCap>
  return (
    <>
      <MenuCap>{t('boards.set_labels')}</MenuCap>
      {labels.map(({ id, name, tone }) => {
        const all = cards.every((card) => card.labels.includes(id))
        return (
          <MenuItem
            key={id}
            checked={all}
            onSelect={() =>
              store.many(ids(cards), {
                do: 'tag',
                field: 'labels',
                add: all ? [] : [id],
                remove: all ? [id] : [],
              })
            }
          >
            <span className="lbl" data-tone={tone}>
              {name}
            </span>
          </MenuItem>
        )
      })}
    </>
  )
}

function Priority({ cards }: { cards: readonly Card[] }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const same = cards.every(({ priority }) => priority === cards[0]?.priority) ? cards[0]?.priority : undefined
  const set = (priority: string | null) => () => store.many(ids(cards), { do: 'edit', fields: { priority } })
  return (
    <>
      <MenuCap>{t('boards.set_priority')}</MenuCap>
      <MenuItem checked={same === null} onSelect={set(null)}>
        {t('boards.no_priority')}
      </MenuItem>
      {priorities.map((priority) => (
        <MenuItem key={priority} checked={same === priority} onSelect={set(priority)}>
          {t(`boards.priority_${priority}`)}
        </MenuItem>
      ))}
    </>
  )
}

function CyclePage({ cards }: { cards: readonly Card[] }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { cycle } = useBoard()
  const same = cards.every((card) => card.cycle === cards[0]?.cycle) ? cards[0]?.cycle : undefined
  const set = (next: string | null) => () => store.many(ids(cards), { do: 'edit', fields: { cycle: next } })
  const coming = [cycle, nextCycle(cycle), nextCycle(nextCycle(cycle))]
  return (
    <>
      <MenuCap>{t('boards.set_cycle')}</MenuCap>
      <MenuItem checked={same === null} onSelect={set(null)}>
        {t('boards.no_cycle')}
      </MenuItem>
      {coming.map((one, i) => (
        <MenuItem
          key={one}
          checked={same === one}
          onSelect={set(one)}
          {...(i === 0 && { hint: t('boards.this_cycle') })}
        >
          {t('boards.cycle', { year: one.slice(0, 4), quarter: one.slice(6) })}
        </MenuItem>
      ))}
    </>
  )
}
