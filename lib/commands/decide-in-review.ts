import type { Reader, Writer } from '@/db/repositories'
import { setWords, wordsAt } from '@/lib/document/items/set-words'
import { docOf } from '@/lib/document/suggest/branch-over'
import { nextCycle } from '@/lib/domain/cycle'
import { cleanDay } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { cleanTargets, cleanValue } from '@/lib/domain/measure'
import { can, permit } from '@/lib/domain/permissions'
import { cleanText } from '@/lib/domain/plain-text'
import { Refusal } from '@/lib/domain/refusal'
import { cleanDecisionTitle, type Finding, MAX_DECISIONS, onlyOpen, type Review } from '@/lib/domain/review'
import {
  type Decision,
  type Effect,
  firstFate,
  followDecision as followed,
} from '@/lib/domain/review-decision'
import { readServe, type Serve } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import { clickOf, tellCards } from './change-activities'
import type { Context } from './context'
import { freshActivity, roomFor } from './create-activity'
import { createThread } from './create-thread'
import { cleanCycleName } from './hold-cycle'
import { holdReview, tellReview } from './hold-review'
import { addActivities, changeOf } from './keep-change'
import { tellInboxes } from './notify'
import { openProposal } from './open-proposal'
import { tellOfDecision } from './tell-of-reviews'
import { strategyFor } from './thread-access'

/** What is decided. */
export type DecisionInput =
  /** Other words for one part of an item: `title`, `text`, `whom`, … `lang` only of a positioning. */
  | {
      readonly kind: 'wording'
      readonly strategyId: string
      readonly itemId: string
      readonly part: string
      readonly lang?: Language | null | undefined
      readonly words: string
    }
  /** A card on the board of a department, for the next quarter, called like the decision. */
  | {
      readonly kind: 'activity'
      readonly departmentId: string
      readonly effort?: number | null | undefined
      readonly serves?: readonly string[] | undefined
    }
  /** The target of the next quarter unless another is named. */
  | {
      readonly kind: 'target'
      readonly measureId: string
      readonly value: number
      readonly cycle?: string | undefined
    }

export interface NewDecision {
  readonly reviewId: string
  /** Chosen by whoever decides, so that a second try is no second decision. */
  readonly id?: string | undefined
  readonly findingId?: string | null | undefined
  readonly title: string
  readonly ownerId?: string | null | undefined
  readonly due?: string | null | undefined
  readonly decision: DecisionInput
}

const MAX_WORDS = 4_000

/**
 * Writes down what was decided and lets it land where it belongs, at once: a proposed change of the very words, a card on
 * the board, the target of the next quarter. The right to decide in the review is the right to do so; the board and the
 * measure are not asked again. Refuses whatever the landing place refuses, and `conflict` where the words to change are
 * not there. An id that is known already answers its decision.
 */
export async function decideInReview(context: Context, input: NewDecision): Promise<Decision> {
  const { store, live } = context
  const title = cleanDecisionTitle(input.title)
  const due = cleanDay(input.due ?? null, 'due')
  const click = clickOf(context, 'created', title)
  // Asked before anything is written anywhere; the words of a strategy lie outside the transaction.
  const seen = await store.read.reviews.find(input.reviewId)
  if (!seen) throw new Refusal('not_found')
  permit(context.actor, 'review.decide', { kind: 'review', review: seen })
  const known = await knownDecision(store.read, context, input)
  if (known) return known
  onlyOpen(seen)
  const { decision: wanted } = input
  const wording = wanted.kind === 'wording' ? await bringWords(context, wanted, title) : null

  const done = await store.transact(async (tx) => {
    const { actor, review } = await holdReview(tx, context, input.reviewId, 'review.decide')
    onlyOpen(review)
    // Both tries were on their way at once.
    const again = await knownDecision(tx, context, input)
    if (again) return { review, decision: again, cards: [] }
    const all = await tx.reviews.decisions([review.id])
    if (all.length >= MAX_DECISIONS) throw new Refusal('too_many', { field: 'decisions', max: MAX_DECISIONS })
    const finding = await findingOf(tx, review, input.findingId ?? null)
    const ownerId = await ownerOf(tx, review, input.ownerId ?? null)
    let effect: Effect
    const cards: Parameters<typeof tellCards>[1][number][] = []
    if (wanted.kind === 'activity') {
      const board = await tx.boards.ofDepartment(wanted.departmentId)
      const held = board && (await tx.boards.lock(board.id))
      if (held?.workspaceId !== review.workspaceId || held.archived) throw new Refusal('not_found')
      await roomFor(tx, held.id, 1)
      const columns = await tx.boards.columns([held.id])
      const column =
        columns.find(({ kind }) => kind === 'planned') ??
        columns.find(({ phase }) => phase === 'plan') ??
        columns[0]
      const activity = await freshActivity(tx, {
        boardId: held.id,
        to: { columnId: must(column, 'a board has a column').id, after: null, before: null },
        title,
        actor,
        at: click.at,
        fields: {
          cycle: nextCycle(review.cycle),
          ownerId,
          due,
          effort: wanted.effort ?? null,
          serves: await servesOf(tx, review, wanted.serves ?? finding?.about ?? []),
        },
      })
      await addActivities(tx, click, [activity])
      cards.push(activity)
      effect = { kind: 'activity', activityId: activity.id, boardId: activity.boardId }
    } else if (wanted.kind === 'target') {
      const before = await tx.measures.lock(wanted.measureId)
      if (before?.workspaceId !== review.workspaceId || before.status !== 'active')
        throw new Refusal('not_found')
      const cycle = wanted.cycle === undefined ? nextCycle(review.cycle) : cleanCycleName(wanted.cycle)
      const to = cleanValue(wanted.value, 'value')
      const from = before.targets.find((target) => target.cycle === cycle)?.value ?? null
      const targets = cleanTargets([...before.targets, { cycle, value: to }])
      const next = { ...before, targets, revision: before.revision + 1 }
      const change = changeOf({ ...click, verb: 'edited' }, 'measure', before, next, {
        boardId: null,
        activityId: null,
      })
      if (Object.keys(change.diff).length > 0) {
        await tx.measures.save(next)
        await tx.activities.addChanges([change])
      }
      effect = { kind: 'target', measureId: before.id, cycle, from, to }
    } else effect = must(wording, 'brought forward above')
    const decision: Decision = {
      id: isId('dcn', input.id) ? input.id : newId('dcn'),
      workspaceId: review.workspaceId,
      reviewId: review.id,
      findingId: finding?.id ?? null,
      title,
      ownerId,
      due,
      effect,
      fate: firstFate(effect),
      reason: null,
      fateBy: null,
      fateAt: null,
      by: actor.memberId,
      at: click.at,
      revision: 1,
    }
    await tx.reviews.addDecision(decision)
    // Of a card its owner is told anyway: it is theirs.
    if (effect.kind !== 'activity')
      for (const id of await tellOfDecision(tx, review, decision, { by: actor.memberId, at: click.at }))
        click.told.add(id)
    return { review, decision, cards }
  })
  if (done.cards.length > 0) tellCards(live, done.cards)
  const { effect } = done.decision
  if (effect.kind === 'target')
    live.publish(done.review.workspaceId, { type: 'measures.changed', measureId: effect.measureId })
  tellReview(live, done.review)
  tellInboxes(live, done.review.workspaceId, click.told)
  return done.decision
}

/** What an earlier try has brought. Refuses `not_found` for an id that is somebody else's. */
async function knownDecision(
  read: Pick<Reader, 'reviews'>,
  { actor }: Context,
  { id, reviewId }: Pick<NewDecision, 'id' | 'reviewId'>,
): Promise<Decision | null> {
  if (id === undefined) return null
  if (!isId('dcn', id)) throw new Refusal('invalid_input', { field: 'id' })
  const known = await read.reviews.decision(id)
  if (known && (known.reviewId !== reviewId || known.by !== actor.memberId)) throw new Refusal('not_found')
  return known
}

/**
 * The words as a proposal: into one's own branch of the strategy, the very part, nothing else. Who may not propose there
 * says it in a thread at the item instead. Refuses `conflict` when nothing would change, `not_found` for what is not there.
 */
async function bringWords(
  context: Context,
  wanted: Extract<DecisionInput, { kind: 'wording' }>,
  title: string,
): Promise<Effect> {
  const { actor, store, live } = context
  const strategy = await strategyFor(context, store.read, wanted.strategyId, 'strategy.comment')
  const { itemId, part } = wanted
  if (!isId('itm', itemId)) throw new Refusal('not_found')
  const to = cleanText(wanted.words, { field: 'words', max: MAX_WORDS })
  if (to === '') throw new Refusal('required', { field: 'words' })
  const main = docOf(await live.readDocument(strategy.documentId))
  let from: string | null
  let lang: Language | null = wanted.lang ?? null
  try {
    // Of a positioning without a word about which language: the strategy's own.
    if (wanted.lang === undefined && wordsAt(main, { itemId, part, lang: null }) === null)
      lang = strategy.language
    from = wordsAt(main, { itemId, part, lang })
  } finally {
    main.destroy()
  }
  if (from === null) throw new Refusal('not_found', { field: 'part' })
  if (from === to) throw new Refusal('conflict')
  const effect = { kind: 'wording', strategyId: strategy.id, itemId, part, lang, from, to } as const
  if (can(actor, 'proposal.create', { kind: 'strategy', strategy })) {
    const { id: proposalId } = await openProposal(context, { strategyId: strategy.id })
    const proposal = must(await store.read.proposals.find(proposalId), 'opened above')
    const { value } = await live.edit(proposal.documentId, { userId: actor.userId, sessionId: null }, (doc) =>
      setWords(doc, { itemId, part, lang }, to),
    )
    if (value !== null) {
      if (proposal.why === null)
        await store.transact((tx) => tx.proposals.explain(proposalId, [...title].slice(0, 200).join('')))
      live.publish(strategy.id, { type: 'proposals.changed', strategyId: strategy.id })
      live.publish(proposalId, { type: 'proposals.changed', strategyId: strategy.id })
      return { ...effect, way: { by: 'proposal', proposalId } }
    }
  }
  const { id: threadId } = await createThread(context, {
    strategyId: strategy.id,
    anchor: { kind: 'item', itemId, part },
    text: `${title}\n\n${to}`,
  })
  return { ...effect, way: { by: 'thread', threadId } }
}

async function findingOf(tx: Writer, review: Review, id: string | null): Promise<Finding | null> {
  if (id === null) return null
  const finding = await tx.reviews.finding(id)
  if (finding?.reviewId !== review.id || finding.removed)
    throw new Refusal('not_found', { field: 'findingId' })
  return finding
}

async function ownerOf(tx: Writer, review: Review, id: string | null): Promise<Id<'mem'> | null> {
  if (id === null) return null
  if (!isId('mem', id) || !(await tx.members.present(review.workspaceId)).includes(id))
    throw new Refusal('not_found', { field: 'ownerId' })
  return id
}

/** Of what a finding is about: the items and slots that are still there. */
async function servesOf(tx: Writer, review: Review, refs: readonly string[]): Promise<Serve[]> {
  const read = refs.flatMap((ref) => {
    const one = readServe(ref)
    return one ? [{ ref: ref as Serve, itemId: one.itemId }] : []
  })
  if (read.length === 0) return []
  const known = await tx.strategyItems.known(
    review.workspaceId,
    read.map(({ itemId }) => itemId),
  )
  return read.flatMap(({ ref, itemId }) => (known.has(itemId) ? [ref] : []))
}

/**
 * What has become of a decision, said by hand: its owner's word or a manager's, also long after the review closed. Leaving
 * it aside wants a reason.
 */
export async function followDecision(
  context: Context,
  input: { readonly decisionId: string; readonly fate: string; readonly reason?: string | undefined },
): Promise<Decision> {
  const { store, live, clock } = context
  const done = await store.transact(async (tx) => {
    const actor = await actorNow(tx, context)
    const held = await tx.reviews.lockDecision(input.decisionId)
    const review = held && (await tx.reviews.find(held.reviewId))
    if (!review) throw new Refusal('not_found')
    const subject = { kind: 'review', review } as const
    // Whoever owns it follows it, even where they may not read what else was said.
    if (held.ownerId === actor.memberId && held.workspaceId === actor.workspaceId)
      permit(actor, 'decision.follow')
    else permit(actor, 'review.run', subject)
    const decision = followed(held, {
      fate: input.fate,
      reason: input.reason ?? '',
      by: actor.memberId,
      at: new Date(clock.now()),
    })
    await tx.reviews.saveDecision(decision)
    return { review, decision }
  })
  tellReview(live, done.review)
  return done.decision
}
