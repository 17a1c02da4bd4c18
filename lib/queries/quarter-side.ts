import { readWorld } from '@/db/world'
import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleDays } from '@/lib/domain/cycle'
import type { CycleRow } from '@/lib/domain/cycle-state'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import { readPlan } from '@/lib/domain/plan-seal'
import type { QuarterSide } from '@/lib/domain/quarter-compare'
import type { ReviewState } from '@/lib/domain/review'
import {
  type ActivityResult,
  activityResults,
  type MeasureResult,
  measureResults,
  readResult,
} from '@/lib/domain/review-result'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, nameOf, todayIn } from './board'
import { scopeOf } from './cycles'
import { currentStrategy, planPreview } from './quarters'

/** A quarter with its plan and what became of it: of a closed one as it was closed, of an open one as it stands. */
export async function quarterSide(
  context: Context,
  cycle: Cycle,
  row: CycleRow | null,
  { yearStart, today }: { readonly yearStart: number; readonly today: string },
): Promise<QuarterSide> {
  const { actor, store } = context
  const { read } = store
  if (row === null || row.state === 'planned') {
    const { plan } = await planPreview(context, cycle)
    return { cycle, plan, scope: null, activities: [], measures: [] }
  }
  const plan = readPlan(row.seal)
  const scope = await scopeOf(context, row)
  if (row.state === 'closed') {
    const review = await read.reviews.find(row.reviewId)
    const result = review?.state === 'closed' ? readResult(review.result) : null
    return {
      cycle,
      plan,
      scope,
      activities: result?.activities ?? [],
      measures: result?.measures ?? [],
    }
  }
  const [world, carries] = await Promise.all([
    readWorld(read, { workspaceId: actor.workspaceId, strategyId: null, today }),
    read.cycles.carryOvers(row.id),
  ])
  const fates = new Map(carries.map((carry) => [carry.activityId as string, carry]))
  return {
    cycle,
    plan,
    scope,
    activities: activityResults(world.activities, plan, cycle, fates),
    measures: measureResults(world.measures, plan, { cycle, ...cycleDays(cycle, yearStart) }),
  }
}

/** What the page of a quarter shows besides its seal. */
export interface QuarterMore {
  readonly activities: readonly ActivityResult[]
  readonly measures: readonly MeasureResult[]
  /** What items are called, as far as the reader may know: `P2`. */
  readonly codes: Readonly<Record<string, string>>
  /** The company's review, where the reader may see it. */
  readonly review: {
    readonly id: Id<'rev'>
    readonly state: ReviewState
    readonly heldOn: string | null
  } | null
  readonly boards: readonly BoardName[]
  readonly language: Language
}

export async function quarterMore(context: Context, cycle: Cycle, zone: string): Promise<QuarterMore> {
  const { actor, store, clock } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const row = await read.cycles.find(actor.workspaceId, cycle)
  const [side, boards, review, strategy] = await Promise.all([
    quarterSide(context, cycle, row, {
      yearStart: workspace.yearStart,
      today: todayIn(zone, clock.now()),
    }),
    read.boards.list(actor.workspaceId),
    read.reviews.of(actor.workspaceId, cycle, null),
    currentStrategy(context),
  ])
  const items = strategy ? await read.strategyItems.list(strategy.id) : []
  return {
    activities: side.activities,
    measures: side.measures,
    codes: Object.fromEntries(items.flatMap(({ id, code }) => (code ? [[id, code]] : []))),
    review:
      review && can(actor, 'review.read', { kind: 'review', review })
        ? { id: review.id, state: review.state, heldOn: review.heldOn }
        : null,
    boards: boards.map(nameOf),
    language: strategy?.language ?? workspace.language,
  }
}
