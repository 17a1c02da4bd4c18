import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import {
  agreeWith,
  editFinding,
  type Finding,
  type FindingEdit,
  judge,
  MAX_FINDINGS,
  onlyOpen,
  type Review,
} from '@/lib/domain/review'
import { must } from '@/lib/kit/assert'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { unlessStale } from './board-access'
import type { Context } from './context'
import { holdReview, tellReview } from './hold-review'

/**
 * A new finding. Before the meeting it is written alone: nobody else reads it until the review runs. An id the browser
 * chose makes a retry find its finding.
 */
export async function addFinding(
  context: Context,
  input: {
    readonly reviewId: string
    readonly id?: string | undefined
    readonly text: string
    readonly fields?: Omit<FindingEdit, 'text'> | undefined
  },
): Promise<Finding> {
  const { store, live, clock } = context
  if (input.id !== undefined && !isId('fnd', input.id)) throw new Refusal('invalid_input', { field: 'id' })
  const id = input.id
  const done = await store.transact(async (tx) => {
    const { actor, review } = await holdReview(tx, context, input.reviewId, 'review.write')
    const open = onlyOpen(review)
    const again = id === undefined ? null : await tx.reviews.lockFinding(id)
    if (again) {
      if (again.reviewId === review.id && again.by === actor.memberId) return { review, finding: again }
      throw new Refusal('conflict')
    }
    if ((await tx.reviews.findings(review.id)).length >= MAX_FINDINGS)
      throw new Refusal('too_many', { field: 'findings', max: MAX_FINDINGS })
    const blank: Finding = {
      id: id !== undefined && isId('fnd', id) ? id : newId('fnd'),
      reviewId: review.id,
      by: actor.memberId,
      step: 'check',
      text: '',
      alone: open.state === 'preparing',
      about: [],
      causes: [],
      evidence: [],
      verdict: null,
      lesson: '',
      agree: [],
      removed: false,
      at: new Date(clock.now()),
      revision: 1,
    }
    const finding = editFinding(blank, { ...input.fields, text: input.text })
    await namesOnlyOurs(tx, review, finding, null)
    await tx.reviews.addFinding(finding)
    return { review, finding }
  })
  tellReview(live, done.review)
  return done.finding
}

/** Other words. One's own; once the review runs also those of others, by whoever runs it, who writes down what is said. */
export function changeFinding(
  context: Context,
  input: {
    readonly findingId: string
    readonly revision?: number | undefined
    readonly fields: FindingEdit
  },
): Promise<Finding> {
  return onFinding(context, input.findingId, async (finding, { tx, actor, review }) => {
    mine(actor, review, finding)
    unlessStale(finding, input.revision)
    const next = editFinding(finding, input.fields)
    await namesOnlyOurs(tx, review, next, finding)
    return next
  })
}

/** Takes a finding away, or brings it back: the undo of it. */
export function removeFinding(
  context: Context,
  input: { readonly findingId: string; readonly removed: boolean },
): Promise<Finding> {
  return onFinding(context, input.findingId, (finding, { actor, review }) => {
    mine(actor, review, finding)
    return { ...finding, removed: input.removed }
  })
}

/** Keep, adjust or stop; null takes the verdict back. By whoever runs the review, while it runs. */
export function judgeFinding(
  context: Context,
  input: { readonly findingId: string; readonly verdict: string | null },
): Promise<Finding> {
  return onFinding(context, input.findingId, (finding, { actor, review }) => {
    permit(actor, 'review.run', { kind: 'review', review })
    if (review.state !== 'running') throw new Refusal('review_step', { state: review.state })
    return judge(finding, input.verdict)
  })
}

export function agreeWithFinding(
  context: Context,
  input: { readonly findingId: string; readonly yes: boolean },
): Promise<Finding> {
  return onFinding(context, input.findingId, (finding, { actor }) =>
    agreeWith(finding, actor.memberId, input.yes),
  )
}

async function onFinding(
  context: Context,
  findingId: string,
  rule: (
    finding: Finding,
    held: { readonly tx: Writer; readonly actor: Actor; readonly review: Review },
  ) => Finding | Promise<Finding>,
): Promise<Finding> {
  const { store, live } = context
  const done = await store.transact(async (tx) => {
    const known = await tx.reviews.finding(findingId)
    if (!known) throw new Refusal('not_found')
    // The review first, as everywhere: of two changes one waits, and neither for ever.
    const { actor, review } = await holdReview(tx, context, known.reviewId, 'review.read')
    const seen = must(await tx.reviews.lockFinding(findingId), 'findings are never deleted')
    // What was written alone is not there for anybody else yet, whoever they are.
    if (review.state === 'preparing' && seen.by !== actor.memberId) throw new Refusal('not_found')
    const writes =
      can(actor, 'review.write', { kind: 'review', review }) ||
      can(actor, 'review.run', { kind: 'review', review })
    if (!writes) throw new Refusal('not_allowed')
    onlyOpen(review)
    const after = await rule(seen, { tx, actor, review })
    if (after === seen) return { review, finding: seen }
    const finding = { ...after, revision: seen.revision + 1 }
    await tx.reviews.saveFinding(finding)
    return { review, finding }
  })
  tellReview(live, done.review)
  return done.finding
}

function mine(actor: Actor, review: Review, finding: Finding): void {
  if (finding.by !== actor.memberId) permit(actor, 'review.run', { kind: 'review', review })
}

/** What a finding names is of this workspace; what it named before may be gone. */
async function namesOnlyOurs(
  tx: Writer,
  { workspaceId }: Review,
  after: Finding,
  before: Finding | null,
): Promise<void> {
  const refs = [...after.about, ...after.evidence.flatMap(({ kind, ref }) => (kind === 'link' ? [] : [ref]))]
  const known = new Set([...(before?.about ?? []), ...(before?.evidence ?? []).map(({ ref }) => ref)])
  const fresh = [...new Set(refs)].filter((ref) => !known.has(ref))
  if (fresh.length === 0) return
  const gone = () => new Refusal('not_found', { field: 'about' })
  const of = (prefix: string) => fresh.filter((ref) => ref.startsWith(`${prefix}_`))
  const activities = await tx.activities.byIds(of('act'))
  if (activities.filter((one) => one.workspaceId === workspaceId).length !== of('act').length) throw gone()
  for (const id of of('mea')) if ((await tx.measures.find(id))?.workspaceId !== workspaceId) throw gone()
  for (const id of of('hof')) if ((await tx.activities.handOff(id))?.workspaceId !== workspaceId) throw gone()
  const threads = await tx.threads.byIds(of('thr') as Id<'thr'>[])
  if (threads.filter((one) => one.workspaceId === workspaceId).length !== of('thr').length) throw gone()
  const items = [...new Set(of('itm').map((ref) => ref.split('/')[0] ?? ''))]
  if (items.length > 0 && (await tx.strategyItems.known(workspaceId, items)).size !== items.length)
    throw gone()
}
