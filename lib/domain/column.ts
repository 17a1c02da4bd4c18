import type { Id } from '@/lib/kit/ids'
import { inOrder, orderKeyBetween, orderKeys } from '@/lib/kit/order-key'
import { MAX_COLUMNS } from './board'
import { cleanLine } from './plain-text'
import { Refusal } from './refusal'

/** The columns a board begins with, and the four steps every activity is steered by. */
export const columnKinds = ['backlog', 'planned', 'doing', 'checking', 'done'] as const
export type ColumnKind = (typeof columnKinds)[number]

export const phases = ['plan', 'do', 'check', 'act'] as const
/** An activity has the phase of the column it lies in; nobody sets it by hand. */
export type Phase = (typeof phases)[number]

export const MAX_COLUMN_NAME = 40

export interface Column {
  readonly id: Id<'col'>
  readonly boardId: Id<'brd'>
  /** One of the five, or null for one the board added. */
  readonly kind: ColumnKind | null
  /** The board's own name; null: the usual name of the kind, in the reader's language. */
  readonly name: string | null
  readonly phase: Phase
  readonly place: string
  /** Work in progress beyond which the column warns; it never stops anybody. */
  readonly limit: number | null
  /** Removed: kept, so that undo brings the very column back. */
  readonly removed: boolean
  readonly revision: number
}

/** What a new board has: kinds with their phases and places. */
export function usualColumns(): Pick<Column, 'kind' | 'phase' | 'place'>[] {
  const keys = orderKeys(columnKinds.length)
  return columnKinds.map((kind, i) => ({ kind, phase: phaseOfKind(kind), place: keys[i] ?? 'a0' }))
}

export function phaseOfKind(kind: ColumnKind): Phase {
  switch (kind) {
    case 'backlog':
    case 'planned':
      return 'plan'
    case 'doing':
      return 'do'
    case 'checking':
      return 'check'
    case 'done':
      return 'act'
  }
}

/** Empty gives one of the five its usual name back; others must have one. */
export function renameColumn(column: Column, text: string): Column {
  if (text.trim() === '' && column.kind !== null) return { ...column, name: null }
  return { ...column, name: cleanColumnName(text) }
}

export function cleanColumnName(text: string): string {
  return cleanLine(text, { field: 'name', max: MAX_COLUMN_NAME })
}

/** A whole number from 1; null: no limit. Refuses `invalid_number`. */
export function limitColumn(column: Column, limit: number | null): Column {
  if (limit !== null && (!Number.isInteger(limit) || limit < 1 || limit > 999))
    throw new Refusal('invalid_number', { field: 'limit', min: 1, max: 999 })
  return { ...column, limit }
}

/** Whether a column holds more than it should. Nothing is refused for it. */
export function overLimit(column: Pick<Column, 'limit'>, cards: number): boolean {
  return column.limit !== null && cards > column.limit
}

/** A column at the end of the others. Refuses `too_many`. */
export function addColumn(
  columns: readonly Column[],
  given: {
    readonly id: Id<'col'>
    readonly boardId: Id<'brd'>
    readonly name: string
    readonly phase: Phase
  },
): Column {
  if (columns.length >= MAX_COLUMNS) throw new Refusal('too_many', { field: 'columns', max: MAX_COLUMNS })
  return {
    ...given,
    kind: null,
    name: cleanColumnName(given.name),
    place: orderKeyBetween([...columns].sort(inOrder).at(-1)?.place ?? null, null),
    limit: null,
    removed: false,
    revision: 1,
  }
}

/** The column right after another (null: first). `column_gone` when that one is not there any more. */
export function moveColumn(columns: readonly Column[], moved: Column, after: string | null): Column {
  const others = columns.filter(({ id }) => id !== moved.id).sort(inOrder)
  const index = after === null ? -1 : others.findIndex(({ id }) => id === after)
  if (after !== null && index < 0) throw new Refusal('column_gone')
  return {
    ...moved,
    place: orderKeyBetween(others[index]?.place ?? null, others[index + 1]?.place ?? null),
  }
}

/**
 * The column out of the board. One always stays; one that holds activities (also archived or trashed ones, which come
 * back to where they were) goes only when they are given another place. Refuses `last_column`, `column_in_use`.
 */
export function removeColumn(
  columns: readonly Column[],
  column: Column,
  cards: number,
  target: Column | null,
): Column {
  if (columns.length <= 1) throw new Refusal('last_column')
  if (target?.id === column.id) throw new Refusal('column_gone')
  if (cards > 0 && target === null) throw new Refusal('column_in_use', { count: cards })
  return { ...column, removed: true }
}
