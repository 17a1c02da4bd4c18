import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import type { BoardKind } from './notification'

/**
 * Who is told of what happens on boards. Only here; who may not read the board, and who does not want to hear of this
 * activity, is left out afterwards. Nobody is ever told of what they did themselves.
 */
export type Told = ReadonlyMap<Id<'mem'>, BoardKind>

type People = Pick<Activity, 'ownerId' | 'helpers' | 'watchers'>

/** Whose an activity is: its owner and helpers, and who watches it. */
export function peopleOf({ ownerId, helpers, watchers }: People): Id<'mem'>[] {
  return [...new Set([...(ownerId === null ? [] : [ownerId]), ...helpers, ...watchers])]
}

/**
 * What a change tells: that it is theirs now, to those it is; that it lies in another column, to its owner and who
 * watches it; that it is due on another day, to its helpers, too. Each person once, the first of these. `before` null:
 * it is new.
 */
export function toldOfChange(before: Activity | null, after: Activity, by: string): Told {
  const told = new Map<Id<'mem'>, BoardKind>()
  const tell = (to: Iterable<Id<'mem'>>, kind: BoardKind) => {
    for (const id of to) if (id !== by && !told.has(id)) told.set(id, kind)
  }
  if (after.status !== 'active') return told
  const had = new Set<string>(before === null ? [] : [before.ownerId ?? '', ...before.helpers])
  tell(
    [...(after.ownerId === null ? [] : [after.ownerId]), ...after.helpers].filter((id) => !had.has(id)),
    'assigned',
  )
  // What comes out of the archive did not move.
  if (before?.status !== 'active') return told
  if (before.columnId !== after.columnId) {
    const { ownerId, watchers } = after
    tell(peopleOf({ ownerId, helpers: [], watchers }), 'moved')
  }
  if (before.due !== after.due) tell(peopleOf(after), 'due')
  return told
}

/** Of a comment: who is named first, then everybody whose it is and who spoke before. */
export function toldOfSpeech(given: {
  readonly by: string
  readonly named: Iterable<Id<'mem'>>
  readonly people: Iterable<Id<'mem'>>
}): Told {
  const told = new Map<Id<'mem'>, BoardKind>()
  for (const id of given.named) if (id !== given.by) told.set(id, 'mention')
  for (const id of given.people) if (id !== given.by && !told.has(id)) told.set(id, 'comment')
  return told
}

/** A person's place in a department. */
export interface Place {
  readonly departmentId: string
  readonly memberId: Id<'mem'>
  readonly lead: boolean
}

/** Who answers for a department: its leads; where there are none everybody in it, and else who runs the workspace. */
export function answersFor(
  departmentId: string,
  staff: readonly Place[],
  owners: readonly Id<'mem'>[],
): readonly Id<'mem'>[] {
  const here = staff.filter((place) => place.departmentId === departmentId)
  const leads = here.filter(({ lead }) => lead)
  if (leads.length > 0) return leads.map(({ memberId }) => memberId)
  return here.length > 0 ? here.map(({ memberId }) => memberId) : owners
}
