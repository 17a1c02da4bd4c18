'use client'
import { useMemo } from 'react'
import type { Say } from '@/app/_i18n/say'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { Language } from '@/lib/domain/language'
import { readServe } from '@/lib/domain/serves'
import type { BoardName } from '@/lib/queries/board'
import { sayDay } from './day'
import type { PanelData } from './panel-data'

/** How things are called, from their ids. What is not known any more is called so. */
export interface Names {
  readonly t: Say
  readonly language: Language
  person(id: string | null): string
  board(id: string): string
  /** Of a board's name. */
  department(board: Pick<BoardName, 'kind' | 'name'>): string
  column(id: string): string
  label(id: string): string
  measure(id: string): string
  /** "P1 Food cost is known too late", "which problem". */
  serve(text: string): string
  activity(id: string): string
  handOff(id: string): string
  day(day: string): string
  cycle(cycle: string): string
}

export function namesOf(data: PanelData, t: Say, language: Language): Names {
  const people = new Map<string, string>(data.people.map(({ id, name }) => [id, name]))
  const boards = new Map<string, BoardName>(
    [...data.boards, data.board].map((board) => [board.boardId, board]),
  )
  const columns = new Map<string, PanelData['columns'][number]>(
    data.columns.map((column) => [column.id, column]),
  )
  const labels = new Map<string, string>(data.labels.map(({ id, name }) => [id, name]))
  const measures = new Map<string, string>(data.measures.map(({ id, name }) => [id, name]))
  const items = new Map<string, PanelData['items'][number]>(data.items.map((item) => [item.id, item]))
  const activities = new Map<string, string>([
    ...data.neighbours.map(({ id, title }) => [id, title] as const),
    [data.activity.id, data.activity.title],
  ])
  const department = ({ kind, name }: Pick<BoardName, 'kind' | 'name'>) =>
    name ?? (kind ? t(`common.department_${kind}`) : '')
  return {
    t,
    language,
    department,
    person: (id) => (id === null ? t('activity.nobody') : (people.get(id) ?? t('activity.former'))),
    board: (id) => {
      const board = boards.get(id)
      return board ? department(board) : t('activity.gone_board')
    },
    column: (id) => {
      const column = columns.get(id)
      if (!column) return t('activity.gone_column')
      return column.name ?? (column.kind ? t(`boards.column_${column.kind}`) : '')
    },
    label: (id) => labels.get(id) ?? t('activity.gone_label'),
    measure: (id) => measures.get(id) ?? t('activity.gone_measure'),
    serve: (text) => {
      const read = readServe(text)
      const item = read && items.get(read.itemId)
      if (read?.slot) return t(`activity.slot_${read.slot}`)
      if (!item) return t('activity.gone_item')
      const title = item.title === '' ? t(`activity.kind_${item.kind}`) : item.title
      return item.code === null ? title : `${item.code} ${title}`
    },
    handOff: (id) => data.handOffs.find((one) => one.id === id)?.title ?? t('activity.gone_hand_off'),
    activity: (id) => activities.get(id) ?? t('activity.gone_activity'),
    day: (day) => sayDay(language, day, data.today),
    cycle: (cycle) => t('activity.cycle_words', { quarter: cycle.slice(6), year: cycle.slice(0, 4) }),
  }
}

export function useNames(data: PanelData): Names {
  const t = useWords()
  const language = useLanguage()
  return useMemo(() => namesOf(data, t, language), [data, t, language])
}
