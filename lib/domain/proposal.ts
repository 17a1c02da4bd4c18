import type { Id } from '@/lib/kit/ids'
import { Refusal } from './refusal'

/** The longest reason, in characters: one sentence. */
export const MAX_WHY = 200
/** Open at once in one strategy: more than anybody could read. */
export const MOST_OPEN = 40
/** Changes one proposal shows; what lies beyond is another strategy, not a proposal. */
export const MOST_CHANGES = 400

export const proposalStates = ['open', 'accepted', 'rejected', 'withdrawn'] as const
export type ProposalState = (typeof proposalStates)[number]

/** A branch of the strategy in which one person writes what they would change. */
export interface Proposal {
  readonly id: Id<'prp'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'>
  /** The branch: a document of its own, grown out of the strategy's. */
  readonly documentId: Id<'doc'>
  readonly author: Id<'mem'>
  readonly why: string | null
  readonly state: ProposalState
  readonly closedBy: Id<'mem'> | null
  readonly closedAt: Date | null
  readonly createdAt: Date
}

/** What became of one change. Kept with its words: the branch may close, and the strategy moves on. */
export interface Decision {
  readonly changeId: string
  readonly accepted: boolean
  readonly removed: string
  readonly added: string
  readonly by: Id<'mem'>
  readonly at: Date
}

/** One line without invisible signs; null: no reason given. */
export function cleanWhy(text: string): string | null {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if ([...clean].length > MAX_WHY) throw new Refusal('too_long', { field: 'why', max: MAX_WHY })
  return clean === '' ? null : clean
}

/** Nothing is decided twice: two people press the button in the same second. */
export function mustBeOpen(proposal: Pick<Proposal, 'state'>): void {
  if (proposal.state !== 'open') throw new Refusal('conflict')
}

/** How an open proposal ends when no change is left in it. */
export function endOf(decided: readonly Pick<Decision, 'accepted'>[]): 'accepted' | 'rejected' {
  return decided.some(({ accepted }) => accepted) ? 'accepted' : 'rejected'
}
