import type { Id } from '@/lib/kit/ids'

/** The kinds of rows whose changes are kept and can be undone. */
export const changedKinds = [
  'activity',
  'column',
  'hand_off',
  'request',
  'relation',
  'measure',
  'label',
  'recurring',
  'file',
  'filter',
] as const
export type ChangedKind = (typeof changedKinds)[number]

/** What happened, as history says it. */
export const changeVerbs = [
  'created',
  'edited',
  'moved',
  'checked',
  'archived',
  'restored',
  'trashed',
  'duplicated',
  'imported',
  'removed',
  'answered',
  'undone',
] as const
export type ChangeVerb = (typeof changeVerbs)[number]

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Field by field: what it was, what it became. */
export type Diff = { readonly [field: string]: readonly [before: Json, after: Json] }

/** One row of history. Everything a person did with one click shares an id, and is undone as one. */
export interface Change {
  readonly id: Id<'chg'>
  readonly workspaceId: Id<'ws'>
  readonly boardId: Id<'brd'> | null
  /** The activity it is told under: of a hand-off the giving one. */
  readonly activityId: Id<'act'> | null
  readonly kind: ChangedKind
  readonly subjectId: string
  /** The revision this change led to. */
  readonly revision: number
  readonly verb: ChangeVerb
  readonly diff: Diff
  readonly by: Id<'mem'>
  readonly at: Date
  /** Why, where the plan of the quarter was sealed and somebody said so. */
  readonly reason?: string | null
}

/** The fields in which two states of a row differ. */
export function diffOf(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): Diff {
  const diff: { [field: string]: readonly [Json, Json] } = {}
  for (const field of Object.keys(after)) {
    const [from, to] = [before[field] ?? null, after[field] ?? null]
    if (!same(from, to)) diff[field] = [from, to]
  }
  return diff
}

/**
 * The values that take a change back, or null when somebody has changed one of its fields since: their word is newer.
 * Fields the change did not touch keep what they are.
 */
export function undoOf(
  diff: Diff,
  now: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> | null {
  const back: { [field: string]: Json } = {}
  for (const [field, [before, after]] of Object.entries(diff)) {
    if (!same(now[field] ?? null, after)) return null
    back[field] = before
  }
  return back
}

/** Equal as JSON, whatever the order of keys: PostgreSQL keeps none. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => same(value, b[i] ?? null))
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => key in b && same(a[key] ?? null, b[key] ?? null))
    )
  }
  return false
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
