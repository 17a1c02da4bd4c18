import type { Writer } from '@/db/repositories'
import { cleanDay } from '@/lib/domain/day-text'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import {
  cleanGoals,
  cleanLessons,
  MAX_PARTICIPANTS,
  onlyOpen,
  type PreparingReview,
  type Review,
} from '@/lib/domain/review'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { actorNow, unlessStale } from './board-access'
import type { Context } from './context'
import { cleanCycleName } from './hold-cycle'
import { holdReview, tellReview } from './hold-review'
import { tellInboxes } from './notify'
import { tellOfReview } from './tell-of-reviews'

export interface ReviewFields {
  readonly heldOn?: string | null | undefined
  readonly leadId?: string | null | undefined
  readonly participants?: readonly string[] | undefined
  readonly limited?: boolean | undefined
  readonly goals?: string | undefined
  readonly lessons?: string | undefined
}

/**
 * A review to prepare, of a department or (null) of the company. A quarter has one of each: a second try finds the first.
 * Whoever makes it takes part and leads it unless the fields say otherwise.
 */
export async function prepareReview(
  context: Context,
  input: {
    readonly cycle: string
    readonly departmentId: string | null
    readonly fields?: ReviewFields | undefined
  },
): Promise<Review> {
  const { store, live, clock } = context
  const cycle = cleanCycleName(input.cycle)
  const made = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    const department = input.departmentId === null ? null : await tx.departments.find(input.departmentId)
    if (
      input.departmentId !== null &&
      (department?.workspaceId !== actor.workspaceId || department.archivedAt)
    )
      throw new Refusal('not_found')
    const blank: PreparingReview = {
      id: newId('rev'),
      workspaceId: actor.workspaceId,
      cycle,
      departmentId: department?.id ?? null,
      state: 'preparing',
      heldOn: null,
      limited: false,
      leadId: actor.memberId,
      participants: [actor.memberId],
      prepared: [],
      documentId: newId('doc'),
      goals: '',
      lessons: '',
      meeting: null,
      createdBy: actor.memberId,
      createdAt: new Date(clock.now()),
      revision: 1,
    }
    // Asked of a review without anybody in it: nobody may open one by naming themselves its lead.
    permit(actor, 'review.prepare', { kind: 'review', review: { ...blank, leadId: null, participants: [] } })
    // Held, so that two who begin at once find one review.
    await tx.workspaces.lock(actor.workspaceId)
    const known = await tx.reviews.of(actor.workspaceId, cycle, blank.departmentId)
    if (known) {
      permit(actor, 'review.read', { kind: 'review', review: known })
      return { review: known, fresh: false, told: [] }
    }
    const review = await withFields(tx, blank, input.fields ?? {})
    await tx.reviews.add(review)
    const told = await tellOfReview(tx, null, review, { by: actor.memberId, at: new Date(clock.now()) })
    return { review, fresh: true, told }
  })
  if (made.fresh) tellReview(live, made.review)
  tellInboxes(live, made.review.workspaceId, made.told)
  return made.review
}

/** Other values for some fields of a review that is not closed. Whoever takes no part any more loses its notes at once. */
export async function changeReview(
  context: Context,
  input: {
    readonly reviewId: string
    readonly revision?: number | undefined
    readonly fields: ReviewFields
  },
): Promise<Review> {
  const { store, live, clock } = context
  const { review, access, told } = await store.transact(async (tx) => {
    const { review: before, actor } = await holdReview(tx, context, input.reviewId, 'review.prepare')
    unlessStale(before, input.revision)
    const next = { ...(await withFields(tx, onlyOpen(before), input.fields)), revision: before.revision + 1 }
    await tx.reviews.save(next)
    const access =
      next.limited !== before.limited ||
      next.leadId !== before.leadId ||
      next.participants.join() !== before.participants.join()
    if (access) await tx.reviews.bumpDocument(next.documentId)
    const told = await tellOfReview(tx, before, next, { by: actor.memberId, at: new Date(clock.now()) })
    return { review: next, access, told }
  })
  if (access) live.revoke({ documentId: review.documentId })
  tellReview(live, review)
  tellInboxes(live, review.workspaceId, told)
  return review
}

/** That one has written what one had to say, or not yet. */
export async function sayPrepared(
  context: Context,
  input: { readonly reviewId: string; readonly prepared: boolean },
): Promise<Review> {
  const { store, live } = context
  const review = await store.transact(async (tx) => {
    const { actor, review: before } = await holdReview(tx, context, input.reviewId, 'review.write')
    const open = onlyOpen(before)
    const others = open.prepared.filter((id) => id !== actor.memberId)
    if (open.prepared.includes(actor.memberId) === input.prepared) return open
    const next: Review = {
      ...open,
      prepared: input.prepared ? [...others, actor.memberId] : others,
      revision: open.revision + 1,
    }
    await tx.reviews.save(next)
    return next
  })
  tellReview(live, review)
  return review
}

async function withFields<R extends Review>(tx: Writer, review: R, fields: ReviewFields): Promise<R> {
  const { heldOn, leadId, participants, limited, goals, lessons } = fields
  const here = new Set<string>(await tx.members.present(review.workspaceId))
  const member = (id: string): Id<'mem'> => {
    if (!isId('mem', id) || !here.has(id)) throw new Refusal('not_found', { field: 'participants' })
    return id
  }
  const named = participants === undefined ? review.participants : [...new Set(participants)]
  if (named.length > MAX_PARTICIPANTS)
    throw new Refusal('too_many', { field: 'participants', max: MAX_PARTICIPANTS })
  const people = participants === undefined ? review.participants : named.map(member)
  return {
    ...review,
    ...(heldOn === undefined ? {} : { heldOn: cleanDay(heldOn, 'heldOn') }),
    ...(leadId === undefined ? {} : { leadId: leadId === null ? null : member(leadId) }),
    participants: people,
    prepared: review.prepared.filter((id) => people.includes(id)),
    ...(limited === undefined ? {} : { limited }),
    ...(goals === undefined ? {} : { goals: cleanGoals(goals) }),
    ...(lessons === undefined ? {} : { lessons: cleanLessons(lessons) }),
  }
}
