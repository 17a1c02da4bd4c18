import type { Id } from '@/lib/kit/ids'
import type { DayText } from './day-text'
import { cleanLine, cleanText } from './plain-text'
import { Refusal } from './refusal'

export const handOffStates = ['offered', 'accepted', 'delivered', 'declined', 'withdrawn'] as const
export type HandOffState = (typeof handOffStates)[number]

export const MAX_HAND_OFF = 200
export const MAX_SENTENCE = 1_000

/** "This activity gives X to that department": offered by the giver, accepted by the receiver, delivered by the giver. */
export interface HandOff {
  readonly id: Id<'hof'>
  readonly workspaceId: Id<'ws'>
  readonly fromActivityId: Id<'act'>
  readonly toBoardId: Id<'brd'>
  /** The activity that needs it, once there is one. */
  readonly toActivityId: Id<'act'> | null
  /** What is given. */
  readonly title: string
  readonly due: DayText | null
  readonly state: HandOffState
  /** The sentence it was declined or sent back with. */
  readonly reason: string | null
  readonly revision: number
}

export const handOffMoves = ['accept', 'decline', 'deliver', 'offer', 'withdraw'] as const
export type HandOffMove = (typeof handOffMoves)[number]

/** Whose word a step is. */
export function sideOf(move: HandOffMove): 'giver' | 'receiver' {
  return move === 'accept' || move === 'decline' ? 'receiver' : 'giver'
}

const steps: Readonly<Record<HandOffMove, { from: readonly HandOffState[]; to: HandOffState }>> = {
  accept: { from: ['offered'], to: 'accepted' },
  // Also what was delivered and is not what was promised: it comes back with a sentence.
  decline: { from: ['offered', 'accepted', 'delivered'], to: 'declined' },
  deliver: { from: ['accepted', 'offered'], to: 'delivered' },
  offer: { from: ['declined', 'withdrawn'], to: 'offered' },
  withdraw: { from: ['offered', 'accepted', 'declined'], to: 'withdrawn' },
}

/** One step on. Declining needs a sentence (`required`); a step that is not the next one is `already_answered`. */
export function stepHandOff(
  handOff: HandOff,
  move: HandOffMove,
  given: { readonly reason?: string | undefined; readonly toActivityId?: Id<'act'> | null | undefined } = {},
): HandOff {
  const step = steps[move]
  if (!step.from.includes(handOff.state)) throw new Refusal('already_answered', { state: handOff.state })
  const reason = move === 'decline' ? cleanReason(given.reason ?? '') : null
  const toActivityId = given.toActivityId === undefined ? handOff.toActivityId : given.toActivityId
  return { ...handOff, state: step.to, reason, toActivityId }
}

export const cleanHandOffTitle = (text: string) => cleanLine(text, { field: 'title', max: MAX_HAND_OFF })

export function cleanReason(text: string): string {
  const clean = cleanText(text, { field: 'reason', max: MAX_SENTENCE })
  if (clean === '') throw new Refusal('required', { field: 'reason' })
  return clean
}
