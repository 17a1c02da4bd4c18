import type { Id } from '@/lib/kit/ids'
import { cleanText } from './plain-text'
import { Refusal } from './refusal'
import type { Serve } from './serves'

/** What the owner of an activity says when the words it serves have moved. */
export const impactAnswers = ['right', 'adapt', 'stop'] as const
export type ImpactAnswer = (typeof impactAnswers)[number]

/** That an item or a slot says something else now. */
export interface Impact {
  readonly id: Id<'imp'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'>
  readonly serve: Serve
  readonly was: string
  readonly now: string
  readonly by: Id<'mem'>
  readonly at: Date
}

/** One activity asked whether it is still right. */
export interface ImpactQuestion {
  readonly impactId: Id<'imp'>
  readonly activityId: Id<'act'>
  /** Null: not answered yet; the card carries "positioning moved". */
  readonly answer: ImpactAnswer | null
  readonly note: string
  readonly by: Id<'mem'> | null
  readonly at: Date | null
}

const MAX_NOTE = 500

/** Answered, or answered anew: the last word counts. */
export function answerImpact(
  question: ImpactQuestion,
  given: { readonly answer: string; readonly note: string; readonly by: Id<'mem'>; readonly at: Date },
): ImpactQuestion {
  const answer = impactAnswers.find((one) => one === given.answer)
  if (!answer) throw new Refusal('invalid_input', { field: 'answer' })
  const note = cleanText(given.note, { field: 'note', max: MAX_NOTE })
  return { ...question, answer, note, by: given.by, at: given.at }
}
