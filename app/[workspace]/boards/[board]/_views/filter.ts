import { overdue } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { type Phase, phases } from '@/lib/domain/column'
import { isCycle } from '@/lib/domain/cycle'
import { addDays, type DayText } from '@/lib/domain/day-text'
import { readServe } from '@/lib/domain/serves'
import type { TraceItem } from '@/lib/domain/trace'
import { finds } from './finds'

export const dues = ['late', 'week', 'month', 'none'] as const
/** Past its day and not done; within 7 days from today; within 30; without a due day. */
export type Due = (typeof dues)[number]

/** In a list of owners: whoever reads, so that one link says "mine" to everybody. */
export const ME = 'me'
/** In a list of owners, labels or items: cards that have none. */
export const NONE = 'none'

/** Which cards are shown. Choices of one kind are alternatives, kinds are joined by "and"; what is empty asks nothing. */
export interface Filter {
  /** Members' ids, ME, NONE. */
  readonly owner: readonly string[]
  readonly phase: readonly Phase[]
  /** Labels' ids, NONE. */
  readonly label: readonly string[]
  readonly due: Due | null
  /** `itm_…`, `itm_…/problem`, NONE. */
  readonly serves: readonly string[]
  /** Words that all must be found. */
  readonly text: string
  readonly cycle: string | null
}

export const noFilter: Filter = {
  owner: [],
  phase: [],
  label: [],
  due: null,
  serves: [],
  text: '',
  cycle: null,
}

/** What a card is judged by besides itself. */
export interface FilterFacts {
  readonly phases: ReadonlyMap<string, Phase>
  readonly items: ReadonlyMap<string, TraceItem>
  /** Names by id. */
  readonly people: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  readonly me: string
  readonly today: DayText
}

/** More than anybody chooses by hand; a longer link is cut. */
const MOST = 60
const LONGEST = 200

/** The filter a URL asks for. What it does not understand it leaves out: a link must open for everybody. */
export function readFilter(params: Pick<URLSearchParams, 'get'>): Filter {
  const list = (name: string) => [
    ...new Set((params.get(name) ?? '').slice(0, 4_000).split(',').filter(Boolean).slice(0, MOST)),
  ]
  const due = dues.find((known) => known === params.get('due')) ?? null
  const cycle = params.get('cycle')
  return {
    owner: list('owner'),
    phase: phases.filter((phase) => list('phase').includes(phase)),
    label: list('label'),
    due,
    serves: list('serves'),
    text: (params.get('q') ?? '').slice(0, LONGEST),
    cycle: isCycle(cycle) ? cycle : null,
  }
}

/** The same parameters with this filter in them. Whatever else they say (view, card, sorting) stays. */
export function writeFilter(
  filter: Filter,
  params: URLSearchParams = new URLSearchParams(),
): URLSearchParams {
  const written = new URLSearchParams(params)
  const put = (name: string, value: string) => {
    if (value === '') written.delete(name)
    else written.set(name, value)
  }
  put('owner', filter.owner.join(','))
  put('phase', filter.phase.join(','))
  put('label', filter.label.join(','))
  put('due', filter.due ?? '')
  put('serves', filter.serves.join(','))
  put('q', filter.text.trim() === '' ? '' : filter.text)
  put('cycle', filter.cycle ?? '')
  return written
}

/** Parameters as they stand in a link: commas and slashes are allowed there, and read better. */
export function queryOf(params: URLSearchParams): string {
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}

export function asksNothing(filter: Filter): boolean {
  return writeFilter(filter).size === 0
}

export function matches(card: Card, filter: Filter, facts: FilterFacts): boolean {
  const phase = facts.phases.get(card.columnId) ?? 'plan'
  if (filter.phase.length > 0 && !filter.phase.includes(phase)) return false
  if (filter.cycle !== null && card.cycle !== filter.cycle) return false
  if (filter.due !== null && !isDue(card, filter.due, phase, facts.today)) return false
  if (filter.owner.length > 0 && !filter.owner.some((owner) => owns(card, owner, facts.me))) return false
  if (filter.label.length > 0 && !filter.label.some((label) => carries(card, label))) return false
  if (filter.serves.length > 0 && !filter.serves.some((wanted) => servesIt(card, wanted, facts.items)))
    return false
  return filter.text.trim() === '' || finds(filter.text, wordsOf(card, facts))
}

function owns(card: Card, wanted: string, me: string): boolean {
  if (wanted === NONE) return card.ownerId === null
  const id = wanted === ME ? me : wanted
  return card.ownerId === id
}

function carries(card: Card, wanted: string): boolean {
  return wanted === NONE ? card.labels.length === 0 : card.labels.some((id) => id === wanted)
}

/** A segment is served also by what serves a pain it feels; a positioning by each of its slots. */
export function servesIt(card: Card, wanted: string, items: ReadonlyMap<string, TraceItem>): boolean {
  if (wanted === NONE) return card.serves.length === 0
  return card.serves.some((served) => {
    if (served === wanted) return true
    const read = readServe(served)
    if (!read) return false
    return read.itemId === wanted || items.get(read.itemId)?.feltBy.includes(wanted) === true
  })
}

function isDue(card: Card, wanted: Due, phase: Phase, today: DayText): boolean {
  switch (wanted) {
    case 'none':
      return card.due === null
    case 'late':
      return overdue(card, phase, today)
    case 'week':
    case 'month':
      return card.due !== null && card.due >= today && card.due <= addDays(today, wanted === 'week' ? 6 : 29)
  }
}

/** Everything of a card that words are looked for in. */
function wordsOf(card: Card, { people, labels, items }: FilterFacts): string[] {
  const served = card.serves.flatMap((text) => {
    const item = items.get(readServe(text)?.itemId ?? '')
    return item ? [item.code ?? '', item.title] : []
  })
  return [
    card.title,
    ...(card.ownerId ? [people.get(card.ownerId) ?? ''] : []),
    ...card.helpers.map((id) => people.get(id) ?? ''),
    ...card.labels.map((id) => labels.get(id) ?? ''),
    ...served,
  ].filter(Boolean)
}
