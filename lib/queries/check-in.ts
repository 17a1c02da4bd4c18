import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import { type Direction, type Measure, stale, targetFor } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { readPlan } from '@/lib/domain/plan-seal'
import type { ListedReview } from '@/lib/domain/review'
import { itemsServed } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { todayIn } from './board'

/** A line over half a year of weeks. */
const POINTS = 26

/** One of one's own measures, as the check-in asks for it. */
export interface CheckInMeasure {
  readonly id: Id<'mea'>
  readonly name: string
  readonly unit: string
  readonly direction: Direction
  /** What it shows, in the words of the strategy. */
  readonly shows: string | null
  readonly target: number | null
  /** The target is the one of the sealed plan. */
  readonly sealed: boolean
  /** By day, the last one last. */
  readonly values: readonly { readonly on: DayText; readonly value: number }[]
  /** Nothing is missing: a reading as often as it is due, and a word for the review if there is one. */
  readonly done: boolean
  /** What one wrote about it for the review. */
  readonly finding: { readonly id: Id<'fnd'>; readonly text: string; readonly note: string } | null
}

export interface CheckInPage {
  readonly slug: string
  readonly today: DayText
  readonly cycle: Cycle
  /** Last day of the quarter. */
  readonly last: DayText
  /** The review that the words are for; null: only the numbers are written down. */
  readonly review: { readonly id: Id<'rev'>; readonly heldOn: DayText | null } | null
  /** Those that miss something first. */
  readonly measures: readonly CheckInMeasure[]
}

export interface CheckInDue {
  readonly reviewId: Id<'rev'> | null
  readonly heldOn: DayText | null
  readonly missing: readonly string[]
  readonly of: number
}

/** One's measures one after another, for the review that is prepared. `reviewId` null: the next one. Null: no such review. */
export async function checkInPage(
  context: Context,
  reviewId: string | null,
  zone: string,
): Promise<CheckInPage | null> {
  const { actor, store, clock } = context
  const { read } = store
  if (!can(actor, 'measure.read')) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const [all, list] = await Promise.all([
    read.reviews.list(actor.workspaceId),
    read.measures.list(actor.workspaceId),
  ])
  const open = all.filter((review) => openTo(context, review))
  const review = reviewId === null ? (nextOf(open) ?? null) : open.find(({ id }) => id === reviewId)
  if (review === undefined) return null
  const cycle = review?.cycle ?? cycleOf(today, workspace.yearStart)
  const own = list.filter((measure) => mine(context, measure))
  const [latest, row, findings] = await Promise.all([
    read.measures.latest(actor.workspaceId, POINTS),
    read.cycles.find(actor.workspaceId, cycle),
    review ? read.reviews.findings(review.id) : [],
  ])
  const plan = row && row.state !== 'planned' ? readPlan(row.seal) : null
  const shows = await wordsOf(context, workspace.currentStrategyId, own)
  const { first, last } = cycleDays(cycle, workspace.yearStart)
  const measures = own.map((measure): CheckInMeasure => {
    const values = (latest.get(measure.id) ?? []).map(({ on, value }) => ({ on, value }))
    const sealed = plan?.targets.find(({ measureId }) => measureId === measure.id)?.value ?? null
    const said = findings.find(
      (finding) => finding.by === actor.memberId && !finding.removed && finding.about.includes(measure.id),
    )
    const read = values.at(-1)
    const fresh = read !== undefined && read.on >= first && !stale(measure.cadence, read.on, today)
    return {
      id: measure.id,
      name: measure.name,
      unit: measure.unit,
      direction: measure.direction,
      shows: shows.get(measure.id) ?? null,
      target: sealed ?? targetFor(measure, cycle),
      sealed: sealed !== null,
      values,
      done: fresh && (review === null || said !== undefined),
      finding: said
        ? {
            id: said.id,
            text: said.text,
            note: said.evidence.find(({ ref }) => ref === measure.id)?.note ?? '',
          }
        : null,
    }
  })
  return {
    slug: workspace.slug,
    today,
    cycle,
    last,
    review: review && { id: review.id, heldOn: review.heldOn },
    measures: measures.sort((a, b) => Number(a.done) - Number(b.done)),
  }
}

/** How much of one's check-in is missing; null: nothing is. */
export async function checkInDue(context: Context, zone: string): Promise<CheckInDue | null> {
  const page = await checkInPage(context, null, zone)
  const missing = page?.measures.filter(({ done }) => !done) ?? []
  if (!page || missing.length === 0) return null
  return {
    reviewId: page.review?.id ?? null,
    heldOn: page.review?.heldOn ?? null,
    missing: missing.map(({ name }) => name),
    of: page.measures.length,
  }
}

function openTo({ actor }: Context, review: ListedReview): boolean {
  return review.state !== 'closed' && can(actor, 'review.write', { kind: 'review', review })
}

/** The one that is held first; the company's before those of departments. */
function nextOf(open: readonly ListedReview[]): ListedReview | undefined {
  return [...open].sort(
    (a, b) =>
      (a.heldOn ?? '9').localeCompare(b.heldOn ?? '9') ||
      Number(a.departmentId !== null) - Number(b.departmentId !== null),
  )[0]
}

function mine({ actor }: Context, measure: Measure): boolean {
  if (measure.status !== 'active' || !can(actor, 'measure.record', { kind: 'measure', measure })) return false
  if (measure.ownerId !== null) return measure.ownerId === actor.memberId
  // What nobody owns is its department's, as far as somebody leads it.
  return actor.leads.some((id) => id === measure.departmentId)
}

async function wordsOf(
  { actor, store }: Context,
  strategyId: string | null,
  measures: readonly Measure[],
): Promise<ReadonlyMap<string, string>> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || measures.length === 0 || !can(actor, 'strategy.read', { kind: 'strategy', strategy }))
    return new Map()
  const items = new Map<string, string>(
    (await store.read.strategyItems.list(strategy.id)).map(({ id, title, text }) => [
      id,
      title === '' ? text : title,
    ]),
  )
  return new Map(
    measures.flatMap(({ id, serves }) => {
      const words = itemsServed(serves)
        .map((itemId) => items.get(itemId))
        .find((text) => text !== undefined && text !== '')
      return words === undefined ? [] : [[id, words] as const]
    }),
  )
}
