'use client'
import { createContext, useContext, useMemo, useRef } from 'react'
import type { Say } from '@/app/_i18n/say'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { DayText } from '@/lib/domain/day-text'
import type { HandOff } from '@/lib/domain/hand-off'
import type { Label } from '@/lib/domain/label'
import type { Language } from '@/lib/domain/language'
import type { TraceItem, Verdict } from '@/lib/domain/trace'
import type { BoardMay, BoardName, BoardPerson, MeasureLine } from '@/lib/queries/board'
import { useBoardPart } from './use-board'

/** What every card needs besides itself. The same object until something in it changes. */
export interface Facts {
  readonly t: Say
  readonly language: Language
  readonly today: DayText
  readonly may: BoardMay
  readonly people: ReadonlyMap<string, BoardPerson>
  readonly labels: ReadonlyMap<string, Label>
  readonly items: ReadonlyMap<string, TraceItem>
  readonly measures: ReadonlyMap<string, MeasureLine>
  readonly boards: ReadonlyMap<string, BoardName>
  /** Hand-offs that are not done, by the activity of this board they begin or end at. */
  readonly given: ReadonlyMap<string, readonly HandOff[]>
  readonly asked: ReadonlyMap<string, readonly HandOff[]>
  /** Titles of what must be done before, by activity. */
  readonly blockers: ReadonlyMap<string, readonly string[]>
  /** The board on which the giving activity of a hand-off lies. */
  readonly boardOf: ReadonlyMap<string, string>
  readonly comments: Readonly<Record<string, number>>
  /** What the last review said of an activity. */
  readonly verdicts: Readonly<Record<string, Verdict>>
}

const none = {}

export const FactsContext = createContext<Facts | null>(null)

export function useFacts(): Facts {
  const facts = useContext(FactsContext)
  if (!facts) throw new Error('cards are drawn inside a board')
  return facts
}

export function useMadeFacts(): Facts {
  const t = useWords()
  const language = useLanguage()
  const today = useBoardPart((state) => state.today)
  const may = useBoardPart((state) => state.may)
  const people = useBoardPart((state) => state.people)
  const labels = useBoardPart((state) => state.labels)
  const items = useBoardPart((state) => state.items)
  const measures = useBoardPart((state) => state.measures)
  const boards = useBoardPart((state) => state.boards)
  const here = useBoardPart((state) => state.board.boardId)
  const handOffs = useBoardPart((state) => state.handOffs)
  const relations = useBoardPart((state) => state.relations)
  const neighbours = useBoardPart((state) => state.neighbours)
  const comments = useBoardPart((state) => state.comments)
  const verdicts = useBoardPart((state) => state.verdicts ?? none)
  const cards = useBoardPart((state) => (state.relations.length > 0 ? state.cards : null))
  const blockers = useMemo(() => {
    const titles = new Map<string, string>(neighbours.map(({ id, title }) => [id, title]))
    const found = new Map<string, string[]>()
    for (const { kind, fromId, toId, resolved, removed } of relations) {
      if (kind !== 'blocks' || resolved || removed) continue
      const title = cards?.get(fromId)?.title ?? titles.get(fromId)
      if (title !== undefined) found.set(toId, [...(found.get(toId) ?? []), title])
    }
    return found
  }, [relations, neighbours, cards])
  // Its titles are rarely others when a card changes: the same map then, or all cards would be drawn anew.
  const kept = useSame(blockers)
  return useMemo(() => {
    const open = handOffs.filter(({ state }) => state === 'offered' || state === 'accepted')
    return {
      t,
      language,
      today,
      may,
      people: byId(people),
      labels: byId(labels),
      items: byId(items),
      measures: byId(measures),
      boards: new Map(boards.map((board) => [board.boardId, board])),
      given: grouped(
        open.filter(({ toBoardId }) => toBoardId !== here),
        ({ fromActivityId }) => fromActivityId,
      ),
      asked: grouped(open, ({ toActivityId }) => toActivityId),
      blockers: kept,
      boardOf: new Map(neighbours.map(({ id, boardId }) => [id, boardId])),
      comments,
      verdicts,
    }
  }, [
    t,
    language,
    today,
    may,
    people,
    labels,
    items,
    measures,
    boards,
    here,
    handOffs,
    kept,
    neighbours,
    comments,
    verdicts,
  ])
}

function useSame(map: Map<string, string[]>): ReadonlyMap<string, readonly string[]> {
  const before = useRef(map)
  if (before.current !== map && JSON.stringify([...map]) !== JSON.stringify([...before.current]))
    before.current = map
  return before.current
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.id, one]))
}

function grouped<T>(list: readonly T[], key: (one: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const id = key(one)
    if (id !== null) groups.set(id, [...(groups.get(id) ?? []), one])
  }
  return groups
}
