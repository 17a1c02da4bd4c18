import { can } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { onlyOpen } from '@/lib/domain/review'
import { type Id, isId } from '@/lib/kit/ids'
import type { Context } from './context'
import { addFinding, changeFinding } from './find-in-review'
import { recordReadings } from './record-readings'

export interface CheckIn {
  readonly measureId: string
  /** Null: nothing new was read. */
  readonly reading: { readonly on: string; readonly value: number } | null
  /** Null: the numbers alone. `id`: of the finding, chosen by the browser, so that a retry finds it. */
  readonly word: {
    readonly reviewId: string
    readonly id: string
    readonly text: string
    /** What is expected, in a sentence; kept with the measure as the finding's evidence. Empty: as before. */
    readonly outlook: string
  } | null
}

/**
 * A measure's value of a day, and what one has to say about it in the review. The word is asked for first: what a closed
 * review refuses is not half written. Said again it is the same finding with other words.
 */
export async function checkIn(
  context: Context,
  input: CheckIn,
): Promise<{ readonly findingId: Id<'fnd'> | null }> {
  const { measureId, reading, word } = input
  if (!isId('mea', measureId)) throw new Refusal('not_found')
  const { read } = context.store
  if (word) {
    const review = await read.reviews.find(word.reviewId)
    if (!review || !can(context.actor, 'review.write', { kind: 'review', review }))
      throw new Refusal('not_found')
    onlyOpen(review)
  }
  if (reading) await recordReadings(context, { measureId, readings: [reading] })
  if (!word) return { findingId: null }
  const known = isId('fnd', word.id) ? await read.reviews.finding(word.id) : null
  const evidence = { kind: 'measure', ref: measureId, note: word.outlook } as const
  if (!known) {
    const { id } = await addFinding(context, {
      reviewId: word.reviewId,
      id: word.id,
      text: word.text,
      fields: { step: 'check', about: [measureId], evidence: [evidence] },
    })
    return { findingId: id }
  }
  const others = known.evidence.filter(({ ref }) => ref !== measureId)
  const { id } = await changeFinding(context, {
    findingId: known.id,
    fields: {
      text: word.text,
      ...(word.outlook !== '' && { evidence: [...others, evidence] }),
    },
  })
  return { findingId: id }
}
