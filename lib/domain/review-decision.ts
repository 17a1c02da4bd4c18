import type { Id } from '@/lib/kit/ids'
import type { Halt } from './activity'
import type { Phase } from './column'
import type { Cycle } from './cycle'
import type { DayText } from './day-text'
import { cleanReason } from './hand-off'
import { Refusal } from './refusal'

export const decisionFates = ['proposed', 'accepted', 'done', 'ignored'] as const
export type DecisionFate = (typeof decisionFates)[number]

/** What a decision writes, and where. */
export type Effect =
  | {
      readonly kind: 'wording'
      readonly strategyId: Id<'str'>
      readonly itemId: Id<'itm'>
      /** Part of the item: `title`, `whom`, … */
      readonly part: string
      readonly lang: 'en' | 'zh' | null
      readonly from: string
      readonly to: string
      /** How it was brought forward. `written`: it stood there already when a file told of it. */
      readonly way:
        | { readonly by: 'proposal'; readonly proposalId: Id<'prp'> }
        | { readonly by: 'thread'; readonly threadId: Id<'thr'> }
        | { readonly by: 'written' }
    }
  | { readonly kind: 'activity'; readonly activityId: Id<'act'>; readonly boardId: Id<'brd'> }
  | {
      readonly kind: 'target'
      readonly measureId: Id<'mea'>
      readonly cycle: Cycle
      readonly from: number | null
      readonly to: number
    }

export interface Decision {
  readonly id: Id<'dcn'>
  readonly workspaceId: Id<'ws'>
  readonly reviewId: Id<'rev'>
  readonly findingId: Id<'fnd'> | null
  readonly title: string
  readonly ownerId: Id<'mem'> | null
  readonly due: DayText | null
  readonly effect: Effect
  /** As it was set last; see `fateOf` for what it is. */
  readonly fate: DecisionFate
  readonly reason: string | null
  /** Who set it by hand; null: nobody has. */
  readonly fateBy: Id<'mem'> | null
  readonly fateAt: Date | null
  readonly by: Id<'mem'>
  readonly at: Date
  readonly revision: number
}

/** What can be seen of where a decision went. */
export type Facts =
  | { readonly kind: 'wording'; readonly state: 'open' | 'landed' | 'gone' }
  | {
      readonly kind: 'activity'
      readonly activity: { readonly status: string; readonly phase: Phase; readonly halt: Halt | null } | null
    }
  | { readonly kind: 'target'; readonly inForce: boolean; readonly reached: boolean }

/** A fresh decision: words are proposed, an activity or a target is there and so accepted. */
export function firstFate({ kind }: Effect): DecisionFate {
  return kind === 'wording' ? 'proposed' : 'accepted'
}

/**
 * The one fate of a decision. What somebody said by hand counts, but for a card or a sentence that is done by now; else
 * what can be seen where it landed.
 */
export function fateOf(decision: Pick<Decision, 'fate' | 'fateBy'>, facts: Facts): DecisionFate {
  const seen = seenFate(facts)
  if (decision.fateBy === null) return seen
  return seen === 'done' ? 'done' : decision.fate
}

function seenFate(facts: Facts): DecisionFate {
  switch (facts.kind) {
    case 'wording':
      return facts.state === 'landed' ? 'done' : facts.state === 'open' ? 'proposed' : 'ignored'
    case 'activity': {
      const { activity } = facts
      if (activity === null || activity.status === 'trashed' || activity.halt === 'stopped') return 'ignored'
      return activity.phase === 'act' ? 'done' : 'accepted'
    }
    case 'target':
      if (!facts.inForce) return 'ignored'
      return facts.reached ? 'done' : 'accepted'
  }
}

/** The decision with the fate somebody gives it. Leaving it aside wants a reason. */
export function followDecision(
  decision: Decision,
  given: { readonly fate: string; readonly reason: string; readonly by: Id<'mem'>; readonly at: Date },
): Decision {
  const fate = decisionFates.find((one) => one === given.fate)
  if (!fate) throw new Refusal('invalid_input', { field: 'fate' })
  const reason = given.reason.trim() === '' && fate !== 'ignored' ? null : cleanReason(given.reason)
  return { ...decision, fate, reason, fateBy: given.by, fateAt: given.at, revision: decision.revision + 1 }
}
