import { eq, inArray, sql } from 'drizzle-orm'
import type { Notification } from '@/lib/domain/notification'
import type { ProposalState } from '@/lib/domain/proposal'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import {
  activities,
  activityComments,
  boardColumns,
  boardRequests,
  boards,
  departments,
  handOffs,
  impacts,
  proposalDecisions,
  proposals,
  decisions as reviewDecisions,
  reviews,
} from '../schema'

/** What may have a name of its own, or the usual one of its kind in the reader's language. */
export interface Named {
  readonly kind: string | null
  readonly name: string | null
}

/** What notifications speak of, as it is now. What is not there any more is missing. */
export interface Notified {
  readonly activities: ReadonlyMap<
    string,
    { readonly title: string; readonly due: string | null; readonly column: Named }
  >
  readonly boards: ReadonlyMap<string, Named>
  readonly said: ReadonlyMap<string, { readonly text: string; readonly gone: boolean }>
  /** Hand-offs and requests: what is given or asked for; its words while it is open, else those it was declined with. */
  readonly asked: ReadonlyMap<string, { readonly title: string; readonly words: string | null }>
  /** Words that have moved: as they are now. */
  readonly moved: ReadonlyMap<string, { readonly now: string }>
  readonly reviews: ReadonlyMap<
    string,
    {
      readonly workspaceId: string
      readonly cycle: string
      readonly departmentId: string | null
      /** Null: of the company. */
      readonly department: Named | null
      readonly heldOn: string | null
      readonly limited: boolean
      readonly leadId: Id<'mem'> | null
      readonly participants: readonly Id<'mem'>[]
    }
  >
  readonly decisions: ReadonlyMap<string, { readonly title: string; readonly due: string | null }>
  readonly proposals: ReadonlyMap<
    string,
    { readonly state: ProposalState; readonly accepted: number; readonly rejected: number }
  >
}

export async function notified(db: Db, list: readonly Notification[]): Promise<Notified> {
  const ids = (of: (one: Notification) => string | null) => [...new Set(list.flatMap((one) => of(one) ?? []))]
  const subjects = ids((one) => one.subjectId)
  const some = async <T>(wanted: readonly string[], ask: (ids: string[]) => Promise<T[]>): Promise<T[]> =>
    wanted.length === 0 ? [] : ask([...wanted])
  const [cards, places, said, given, requests, states, decisions, moved, held, decided] = await Promise.all([
    some(
      ids((one) => one.activityId),
      (wanted) =>
        db
          .select({
            id: activities.id,
            title: activities.title,
            due: activities.due,
            kind: boardColumns.kind,
            name: boardColumns.name,
          })
          .from(activities)
          .innerJoin(boardColumns, eq(boardColumns.id, activities.columnId))
          .where(inArray(activities.id, wanted)),
    ),
    some(
      ids((one) => one.boardId),
      (wanted) =>
        db
          .select({ id: boards.id, kind: departments.kind, name: departments.name })
          .from(boards)
          .innerJoin(departments, eq(departments.id, boards.departmentId))
          .where(inArray(boards.id, wanted)),
    ),
    some(
      ids((one) => one.saidId),
      (wanted) =>
        db
          .select({
            id: activityComments.id,
            text: activityComments.text,
            deletedAt: activityComments.deletedAt,
          })
          .from(activityComments)
          .where(inArray(activityComments.id, wanted)),
    ),
    some(subjects, (wanted) =>
      db
        .select({ id: handOffs.id, title: handOffs.title, words: handOffs.reason })
        .from(handOffs)
        .where(inArray(handOffs.id, wanted)),
    ),
    some(subjects, (wanted) =>
      db
        .select({
          id: boardRequests.id,
          title: boardRequests.title,
          words: sql<
            string | null
          >`nullif(case ${boardRequests.state} when 'open' then ${boardRequests.text} else ${boardRequests.reason} end, '')`,
        })
        .from(boardRequests)
        .where(inArray(boardRequests.id, wanted)),
    ),
    some(subjects, (wanted) =>
      db
        .select({ id: proposals.id, state: proposals.state })
        .from(proposals)
        .where(inArray(proposals.id, wanted)),
    ),
    some(subjects, (wanted) =>
      db
        .select({ id: proposalDecisions.proposalId, accepted: proposalDecisions.accepted })
        .from(proposalDecisions)
        .where(inArray(proposalDecisions.proposalId, wanted)),
    ),
    some(subjects, (wanted) =>
      db.select({ id: impacts.id, now: impacts.now }).from(impacts).where(inArray(impacts.id, wanted)),
    ),
    some(
      ids((one) => one.reviewId),
      (wanted) =>
        db
          .select({
            id: reviews.id,
            workspaceId: reviews.workspaceId,
            cycle: reviews.cycle,
            departmentId: reviews.departmentId,
            kind: departments.kind,
            name: departments.name,
            heldOn: reviews.heldOn,
            limited: reviews.limited,
            leadId: reviews.leadId,
            participants: reviews.participants,
          })
          .from(reviews)
          .leftJoin(departments, eq(departments.id, reviews.departmentId))
          .where(inArray(reviews.id, wanted)),
    ),
    some(subjects, (wanted) =>
      db
        .select({ id: reviewDecisions.id, title: reviewDecisions.title, due: reviewDecisions.due })
        .from(reviewDecisions)
        .where(inArray(reviewDecisions.id, wanted)),
    ),
  ])
  const count = (id: string, accepted: boolean) =>
    decisions.filter((one) => one.id === id && one.accepted === accepted).length
  return {
    activities: new Map(cards.map(({ id, title, due, ...column }) => [id, { title, due, column }])),
    boards: new Map(places.map(({ id, ...named }) => [id, named])),
    said: new Map(said.map(({ id, text, deletedAt }) => [id, { text, gone: deletedAt !== null }])),
    asked: new Map([...given, ...requests].map(({ id, ...asked }) => [id, asked])),
    moved: new Map(moved.map(({ id, now }) => [id, { now }])),
    reviews: new Map(
      held.map(({ id, kind, name, ...row }) => [
        id,
        {
          ...row,
          leadId: row.leadId as Id<'mem'> | null,
          participants: row.participants as Id<'mem'>[],
          department: row.departmentId === null ? null : { kind, name },
        },
      ]),
    ),
    decisions: new Map(decided.map(({ id, ...row }) => [id, row])),
    proposals: new Map(
      states.map(({ id, state }) => [
        id,
        { state: state as ProposalState, accepted: count(id, true), rejected: count(id, false) },
      ]),
    ),
  }
}
