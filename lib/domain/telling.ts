import type { Id } from '@/lib/kit/ids'
import type { Activity } from './activity'
import { addDays, type DayText } from './day-text'
import type { BoardKind, NotificationKind, ReviewKind } from './notification'
import type { Review } from './review'

/**
 * Who is told of what happens on boards and in reviews, and who is reminded of what is due. Only here; who may not read the board, and who does not want to hear of this
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

type Meeting = Pick<Review, 'state' | 'heldOn' | 'leadId' | 'participants'>

/** Whose a review is: who takes part and who leads it. */
export function peopleOfReview({ leadId, participants }: Omit<Meeting, 'state' | 'heldOn'>): Id<'mem'>[] {
  return [...new Set([...participants, ...(leadId === null ? [] : [leadId])])]
}

/**
 * What a change of a review tells: that they take part now, to those it names first; that it is held on another day, that
 * it has begun or is closed, to everybody in it. Each person once. Going back to preparing tells nothing. `before` null:
 * it is new.
 */
export function toldOfReview(
  before: Meeting | null,
  after: Meeting,
  by: string,
): ReadonlyMap<Id<'mem'>, ReviewKind> {
  const told = new Map<Id<'mem'>, ReviewKind>()
  const had = new Set<string>(before === null ? [] : peopleOfReview(before))
  const others = peopleOfReview(after).filter((id) => id !== by)
  const step = before !== null && before.state !== after.state ? after.state : null
  for (const id of others) {
    if (step === 'running') told.set(id, 'review_started')
    else if (step === 'closed') told.set(id, 'review_closed')
    else if (step !== null) continue
    else if (!had.has(id)) told.set(id, 'review_invited')
    // A first day is news only to those who were there without one.
    else if (before !== null && before.heldOn !== after.heldOn && after.heldOn !== null)
      told.set(id, 'review_moved')
  }
  return told
}

/** Whose a decision is, unless they took it themselves. */
export function toldOfDecision(
  { ownerId }: { readonly ownerId: Id<'mem'> | null },
  by: string,
): ReadonlyMap<Id<'mem'>, ReviewKind> {
  return new Map(ownerId === null || ownerId === by ? [] : [[ownerId, 'decision_assigned' as const]])
}

/** Who is asked whether an activity is still right: its owner; where nobody owns it, who answers for its department. */
export function askedAbout(
  { ownerId }: Pick<Activity, 'ownerId'>,
  answering: readonly Id<'mem'>[],
): readonly Id<'mem'>[] {
  return ownerId === null ? answering : [ownerId]
}

/** What the calendar may remind of. */
export interface Remindable {
  readonly reviews: readonly (Pick<
    Review,
    'id' | 'state' | 'heldOn' | 'leadId' | 'participants' | 'prepared'
  > & {
    readonly heldOn: DayText
  })[]
  /** Not done, not stopped, not put away. */
  readonly activities: readonly (Pick<Activity, 'id' | 'boardId' | 'ownerId' | 'helpers'> & {
    readonly due: DayText
  })[]
  /** Without those that have landed, or were left aside. */
  readonly decisions: readonly {
    readonly id: Id<'dcn'>
    readonly reviewId: Id<'rev'>
    readonly ownerId: Id<'mem'>
    readonly due: DayText
  }[]
  /** Questions that nobody has answered. */
  readonly impacts: readonly {
    readonly impactId: Id<'imp'>
    readonly activityId: Id<'act'>
    readonly boardId: Id<'brd'>
    readonly asked: DayText
    readonly to: readonly Id<'mem'>[]
  }[]
}

export interface Reminder {
  readonly to: Id<'mem'>
  readonly kind: Extract<
    NotificationKind,
    'review_soon' | 'review_unprepared' | 'due_soon' | 'decision_due' | 'impact_waiting'
  >
  readonly reviewId: Id<'rev'> | null
  readonly boardId: Id<'brd'> | null
  readonly activityId: Id<'act'> | null
  readonly subjectId: string | null
  /** The same reminder has the same key: nobody gets it twice. Another day is another reminder. */
  readonly key: string
}

/** Days before a review on which whoever has not prepared is reminded. */
export const UNPREPARED_DAYS = 2
/** Days after a question about moved words. */
export const UNANSWERED_DAYS = 3
/** After this many days a question that nobody answers is one for the review, not for another letter. */
const FORGOTTEN_DAYS = 30

/**
 * Of what one is reminded on a day: the day before a review, and two days before it whoever has not prepared; the day
 * before something is due; of an unanswered question after three days. A day later counts, too, for a server that was
 * asleep.
 */
export function remindersOn(today: DayText, given: Remindable): Reminder[] {
  const soon = (day: DayText, days: number) => today <= day && day <= addDays(today, days)
  const nowhere = { reviewId: null, boardId: null, activityId: null, subjectId: null }
  return [
    ...given.reviews.flatMap((review): Reminder[] => {
      const { id, heldOn, prepared } = review
      if (review.state !== 'preparing') return []
      const place = { ...nowhere, reviewId: id }
      const late = review.participants.filter((one) => !prepared.includes(one))
      return [
        ...(soon(heldOn, 1) ? peopleOfReview(review) : []).map(
          (to): Reminder => ({ ...place, to, kind: 'review_soon', key: `review_soon ${id} ${heldOn}` }),
        ),
        // On the very day it is too late to be told so.
        ...(soon(heldOn, UNPREPARED_DAYS) && heldOn !== today ? late : []).map(
          (to): Reminder => ({
            ...place,
            to,
            kind: 'review_unprepared',
            key: `review_unprepared ${id} ${heldOn}`,
          }),
        ),
      ]
    }),
    ...given.activities
      .filter(({ due }) => soon(due, 1))
      .flatMap(({ id, boardId, due, ownerId, helpers }) =>
        peopleOf({ ownerId, helpers, watchers: [] }).map(
          (to): Reminder => ({
            ...nowhere,
            to,
            kind: 'due_soon',
            boardId,
            activityId: id,
            key: `due_soon ${id} ${due}`,
          }),
        ),
      ),
    ...given.decisions
      .filter(({ due }) => soon(due, 1))
      .map(
        ({ id, reviewId, ownerId, due }): Reminder => ({
          ...nowhere,
          to: ownerId,
          kind: 'decision_due',
          reviewId,
          subjectId: id,
          key: `decision_due ${id} ${due}`,
        }),
      ),
    ...given.impacts
      .filter(
        ({ asked }) => asked <= addDays(today, -UNANSWERED_DAYS) && asked > addDays(today, -FORGOTTEN_DAYS),
      )
      .flatMap(({ impactId, activityId, boardId, to }) =>
        to.map(
          (one): Reminder => ({
            ...nowhere,
            to: one,
            kind: 'impact_waiting',
            boardId,
            activityId,
            subjectId: impactId,
            key: `impact_waiting ${impactId} ${activityId}`,
          }),
        ),
      ),
  ]
}
