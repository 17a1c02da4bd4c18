import type { Writer } from '@/db/repositories'
import { type DayText, isDay } from '@/lib/domain/day-text'
import { cleanValue, MAX_NOTE, MAX_READINGS, type Measure, type Reading } from '@/lib/domain/measure'
import { permit } from '@/lib/domain/permissions'
import { cleanText } from '@/lib/domain/plain-text'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import type { Context } from './context'

export interface NewReading {
  readonly on: string
  readonly value: number
  readonly note?: string | undefined
}

/** What was there on those days before: recording it again undoes a correction, removing the others the rest. */
export interface Recorded {
  readonly readings: readonly Reading[]
  readonly before: readonly Reading[]
}

/**
 * Writes readings, all or none; one of a day that has one corrects it. Refuses `invalid_date`, `invalid_number`,
 * `too_long`, `too_many`.
 */
export async function recordReadings(
  context: Context,
  input: { readonly measureId: string; readonly readings: readonly NewReading[] },
): Promise<Recorded> {
  if (input.readings.length > MAX_READINGS)
    throw new Refusal('too_many', { field: 'readings', max: MAX_READINGS })
  // Of two of one day the later one is meant.
  const byDay = new Map<DayText, NewReading>()
  for (const reading of input.readings) {
    if (!isDay(reading.on)) throw new Refusal('invalid_date', { field: 'on' })
    byDay.set(reading.on, reading)
  }
  const clean = [...byDay.values()].map(({ on, value, note = '' }) => ({
    on,
    value: cleanValue(value),
    note: cleanText(note, { field: 'note', max: MAX_NOTE }),
  }))
  const done = await context.store.transact(async (tx) => {
    const { measure, memberId } = await recordable(tx, context, input.measureId)
    const days = clean.map(({ on }) => on)
    const before = await tx.measures.readingsOn(measure.id, days)
    if ((await tx.measures.countReadings(measure.id)) - before.length + clean.length > MAX_READINGS)
      throw new Refusal('too_many', { field: 'readings', max: MAX_READINGS })
    const at = new Date(context.clock.now())
    const readings = clean.map(
      (reading): Reading => ({ ...reading, id: newId('rdg'), measureId: measure.id, by: memberId, at }),
    )
    await tx.measures.record(readings)
    return { readings: await tx.measures.readingsOn(measure.id, days), before }
  })
  tell(context, input.measureId)
  return done
}

/** Takes readings away. Answers what they were, so that recording them again undoes it. */
export async function removeReadings(
  context: Context,
  input: { readonly measureId: string; readonly days: readonly string[] },
): Promise<readonly Reading[]> {
  const removed = await context.store.transact(async (tx) => {
    const { measure } = await recordable(tx, context, input.measureId)
    const days = input.days.filter(isDay)
    const before = await tx.measures.readingsOn(measure.id, days)
    await tx.measures.removeReadings(measure.id, days)
    return before
  })
  tell(context, input.measureId)
  return removed
}

async function recordable(tx: Writer, context: Context, measureId: string) {
  const measure: Measure | null = await tx.measures.lock(measureId)
  if (!measure) throw new Refusal('not_found')
  const actor = await actorNow(tx, context)
  permit(actor, 'measure.record', { kind: 'measure', measure })
  return { measure, memberId: actor.memberId }
}

function tell({ live, actor }: Context, measureId: string): void {
  live.publish(actor.workspaceId, { type: 'measures.changed', measureId })
}
