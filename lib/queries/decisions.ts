import type { Context } from '@/lib/commands/context'
import { reached } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { type Decision, type DecisionFate, type Facts, fateOf } from '@/lib/domain/review-decision'
import type { StrategyItem } from '@/lib/domain/strategy-item'
import { must } from '@/lib/kit/assert'

/** A decision with the one fate it has now. */
export interface FollowedDecision extends Omit<Decision, 'fate'> {
  readonly fate: DecisionFate
  /** Quarter of the review that took it. */
  readonly cycle: string
  readonly mayFollow: boolean
}

/** What has become of each decision, seen where it landed. In the order given. */
export async function followedDecisions(
  { actor, store }: Context,
  decisions: readonly Decision[],
): Promise<FollowedDecision[]> {
  if (decisions.length === 0) return []
  const { read } = store
  const effects = decisions.map(({ effect }) => effect)
  const strategyIds = new Set(effects.flatMap((one) => (one.kind === 'wording' ? [one.strategyId] : [])))
  const [reviews, activities, measures, latest, items, proposals] = await Promise.all([
    read.reviews.list(actor.workspaceId),
    read.activities.byIds(effects.flatMap((one) => (one.kind === 'activity' ? [one.activityId] : []))),
    read.measures.list(actor.workspaceId),
    read.measures.latest(actor.workspaceId, 1),
    Promise.all([...strategyIds].map((id) => read.strategyItems.list(id))),
    Promise.all(
      effects.map((one) =>
        one.kind === 'wording' && one.way.by === 'proposal' ? read.proposals.find(one.way.proposalId) : null,
      ),
    ),
  ])
  const columns = await read.boards.columns([...new Set(activities.map(({ boardId }) => boardId))])
  const item = new Map(items.flat().map((one) => [one.id, one]))
  const review = new Map(reviews.map((one) => [one.id, one]))
  return decisions.map((decision, i) => {
    const { effect } = decision
    const of = must(review.get(decision.reviewId), 'a decision was taken in a review')
    const facts = ((): Facts => {
      if (effect.kind === 'activity') {
        const card = activities.find(({ id }) => id === effect.activityId)
        const phase = columns.find(({ id }) => id === card?.columnId)?.phase ?? 'plan'
        return {
          kind: 'activity',
          activity: card ? { status: card.status, phase, halt: card.halt } : null,
        }
      }
      if (effect.kind === 'target') {
        const measure = measures.find(({ id }) => id === effect.measureId)
        const target = measure?.targets.find(({ cycle }) => cycle === effect.cycle)
        const last = latest.get(effect.measureId)?.at(-1)
        return {
          kind: 'target',
          inForce: measure?.status === 'active' && target?.value === effect.to,
          reached:
            measure !== undefined && last !== undefined && reached(measure.direction, effect.to, last.value),
        }
      }
      if (saysNow(item.get(effect.itemId), effect) === plainWords(effect.to))
        return { kind: 'wording', state: 'landed' }
      // What was written already when a file told of it has landed, whatever it says by now.
      if (effect.way.by === 'written') return { kind: 'wording', state: 'landed' }
      const open = effect.way.by === 'thread' || proposals[i]?.state === 'open'
      return { kind: 'wording', state: open ? 'open' : 'gone' }
    })()
    return {
      ...decision,
      fate: fateOf(decision, facts),
      cycle: of.cycle,
      mayFollow:
        (decision.ownerId === actor.memberId && can(actor, 'decision.follow')) ||
        can(actor, 'review.run', { kind: 'review', review: of }),
    }
  })
}

/** What the part of an item that was to be changed says now. */
export function saysNow(
  item: StrategyItem | undefined,
  { part, lang }: { readonly part: string; readonly lang: string | null },
): string | null {
  if (!item) return null
  const found = item.details.parts.find((one) => one.name === part && one.lang === lang)
  if (found) return plainWords(found.text)
  if (part === 'title') return plainWords(item.title)
  return part === 'text' ? plainWords(item.text) : null
}

function plainWords(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** A sentence that a review changed: it keeps its mark while it still says so. */
export interface WordingMark {
  readonly itemId: string
  /** Of the item; null: it has none, its kind names it. */
  readonly code: string | null
  readonly part: string
  readonly lang: 'en' | 'zh' | null
  /** "Since the review of 2026-Q2". */
  readonly cycle: string
  readonly reviewId: string
  readonly decisionId: string
}

/** The marks of a strategy, the last review's word where several changed one part. Empty for whoever may not read it. */
export async function wordingMarks(context: Context, strategyId: string): Promise<readonly WordingMark[]> {
  const { actor, store } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy })) return []
  const all = (await store.read.reviews.decided(actor.workspaceId)).filter(
    ({ effect }) => effect.kind === 'wording' && effect.strategyId === strategyId,
  )
  if (all.length === 0) return []
  const items = new Map((await store.read.strategyItems.list(strategyId)).map((item) => [item.id, item]))
  const reviews = new Map((await store.read.reviews.list(actor.workspaceId)).map((one) => [one.id, one]))
  const marks = new Map<string, WordingMark>()
  for (const { id: decisionId, reviewId, effect } of all) {
    if (effect.kind !== 'wording') continue
    const { itemId, part, lang, to } = effect
    const review = reviews.get(reviewId)
    if (!review || !can(actor, 'review.read', { kind: 'review', review })) continue
    if (saysNow(items.get(itemId), { part, lang }) !== plainWords(to)) continue
    const code = items.get(itemId)?.code ?? null
    const cycle = review.cycle
    marks.set(`${itemId} ${part} ${lang}`, { itemId, code, part, lang, cycle, reviewId, decisionId })
  }
  return [...marks.values()]
}
