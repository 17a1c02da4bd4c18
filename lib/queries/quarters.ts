import type { Context } from '@/lib/commands/context'
import { wholeSentence } from '@/lib/document/items/compose'
import { type Cycle, cycleDays, cycleOf, nextCycle } from '@/lib/domain/cycle'
import { type CycleRow, type CycleState, isOpen } from '@/lib/domain/cycle-state'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import { inScope, planOf, readPlan, type SealedPlan } from '@/lib/domain/plan-seal'
import type { ReviewState } from '@/lib/domain/review'
import { readResult } from '@/lib/domain/review-result'
import type { StrategyForMember } from '@/lib/domain/strategy'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardPerson, boardPeople, todayIn } from './board'
import { scopeOf } from './cycles'

/** A quarter in the list of all. */
export interface QuarterRow {
  readonly cycle: Cycle
  readonly state: CycleState
  readonly first: DayText
  readonly last: DayText
  readonly sealed: {
    readonly at: Date
    readonly by: Id<'mem'>
    readonly hash: string
    readonly version: number | null
    /** The words it set out with; empty where there were none. */
    readonly positioning: string
    readonly activities: number
    readonly targets: number
  } | null
  readonly scope: {
    readonly added: number
    readonly dropped: number
    readonly retargeted: number
  } | null
  /** The company's review, where the reader may see it. */
  readonly review: {
    readonly id: Id<'rev'>
    readonly state: ReviewState
    readonly heldOn: DayText | null
  } | null
  /** Of a closed quarter: measures that held, of those that were read or should have been. */
  readonly held: { readonly held: number; readonly of: number } | null
  /** Activities that say they belong to it. */
  readonly planned: number
  readonly mayOpen: boolean
}

export interface QuartersPage {
  readonly slug: string
  readonly today: DayText
  readonly current: Cycle
  readonly yearStart: number
  /** The one that goes on; the next waits for its review. */
  readonly open: Cycle | null
  /** The last one first. */
  readonly quarters: readonly QuarterRow[]
  readonly people: readonly BoardPerson[]
  readonly strategyLanguage: Language | null
  /** May say when fiscal years begin. */
  readonly mayBegin: boolean
}

/** Every quarter of a workspace, with what was sealed and what became of it. Null: not theirs to see. */
export async function quartersPage(context: Context, zone: string): Promise<QuartersPage | null> {
  const { actor, store, clock } = context
  const { read } = store
  if (!can(actor, 'cycle.read')) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const current = cycleOf(today, workspace.yearStart)
  const [rows, people, reviews, activities, strategy] = await Promise.all([
    read.cycles.list(actor.workspaceId),
    boardPeople(context),
    read.reviews.list(actor.workspaceId),
    read.activities.ofWorkspace(actor.workspaceId),
    currentStrategy(context),
  ])
  const known = new Map(rows.map((row) => [row.cycle, row]))
  const open = rows.find(isOpen)?.cycle ?? null
  const cycles = [...new Set([nextCycle(current), current, ...known.keys()])].sort().reverse()
  const quarters = cycles.map(async (cycle): Promise<QuarterRow> => {
    const row = known.get(cycle) ?? null
    const sealed = row !== null && row.state !== 'planned' ? row : null
    const plan = sealed && readPlan(sealed.seal)
    const scope = row && (await scopeOf(context, row))
    const review = reviews.find((one) => one.cycle === cycle && one.departmentId === null)
    const readable = review && can(actor, 'review.read', { kind: 'review', review })
    const closed = row?.state === 'closed' && review ? await read.reviews.find(review.id) : null
    const result = closed?.state === 'closed' ? readResult(closed.result) : null
    return {
      cycle,
      state: row?.state ?? 'planned',
      ...cycleDays(cycle, workspace.yearStart),
      sealed:
        sealed && plan
          ? {
              at: sealed.sealedAt,
              by: sealed.sealedBy,
              hash: sealed.seal.hash,
              version: plan.strategy?.version ?? null,
              positioning: wholeSentence(plan.positioning, strategy?.language ?? workspace.language),
              activities: plan.activities.length,
              targets: plan.targets.length,
            }
          : null,
      scope: scope && {
        added: scope.added.length,
        dropped: scope.dropped.length,
        retargeted: scope.retargeted.length,
      },
      review: readable ? { id: review.id, state: review.state, heldOn: review.heldOn } : null,
      held: result && {
        held: result.measures.filter(({ outcome }) => outcome === 'held').length,
        of: result.measures.length,
      },
      planned: activities.filter((activity) => inScope(activity, cycle)).length,
      mayOpen: mayOpen(context, rows, cycle),
    }
  })
  return {
    slug: workspace.slug,
    today,
    current,
    yearStart: workspace.yearStart,
    open,
    quarters: await Promise.all(quarters),
    people,
    strategyLanguage: strategy?.language ?? null,
    mayBegin: can(actor, 'workspace.update'),
  }
}

/** As the command judges it: nothing runs, nothing later was closed. */
function mayOpen({ actor }: Pick<Context, 'actor'>, rows: readonly CycleRow[], cycle: Cycle): boolean {
  const row = rows.find((one) => one.cycle === cycle)
  return (
    can(actor, 'cycle.open') &&
    (row === undefined || row.state === 'planned') &&
    !rows.some(isOpen) &&
    !rows.some((one) => one.state === 'closed' && one.cycle > cycle)
  )
}

/** The strategy everybody works from, if this member may read it. */
export async function currentStrategy({
  actor,
  store,
}: Pick<Context, 'actor' | 'store'>): Promise<StrategyForMember | null> {
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  if (workspace.currentStrategyId === null) return null
  const strategy = await read.strategies.find(workspace.currentStrategyId, actor.memberId)
  return strategy && can(actor, 'strategy.read', { kind: 'strategy', strategy }) ? strategy : null
}

/** What opening a quarter would seal at this moment. */
export interface PlanPreview {
  /** Its strategy is null: the version is made by sealing. */
  readonly plan: SealedPlan
  readonly strategy: {
    readonly id: Id<'str'>
    readonly title: string
    readonly language: Language
    /** The version that would be named, as far as nobody writes before. */
    readonly version: number
  } | null
  /** Active measures without a target in it. */
  readonly withoutTarget: number
}

export async function planPreview(context: Context, cycle: Cycle): Promise<PlanPreview> {
  const { actor, store } = context
  const { read } = store
  const strategy = await currentStrategy(context)
  const [items, activities, boards, measures, latest, seq] = await Promise.all([
    strategy ? read.strategyItems.list(strategy.id) : [],
    read.activities.ofWorkspace(actor.workspaceId),
    read.boards.list(actor.workspaceId),
    read.measures.list(actor.workspaceId),
    strategy ? read.versions.latest(strategy.id) : null,
    strategy ? read.documents.seq(strategy.documentId) : null,
  ])
  const department = new Map(boards.map(({ id, departmentId }) => [id, departmentId]))
  const plan = planOf({
    cycle,
    strategy: null,
    items: items.filter(({ removedAt }) => removedAt === null),
    language: strategy?.language ?? context.language,
    activities: activities.map((activity) => ({
      ...activity,
      departmentId: must(department.get(activity.boardId), 'every board has a department'),
    })),
    measures,
  })
  const targets = new Set<string>(plan.targets.map(({ measureId }) => measureId))
  return {
    plan,
    strategy: strategy && {
      id: strategy.id,
      title: strategy.title,
      language: strategy.language,
      version: latest ? (latest.seq < (seq ?? 0) ? latest.number + 1 : latest.number) : 1,
    },
    withoutTarget: measures.filter(({ id, status }) => status === 'active' && !targets.has(id)).length,
  }
}

/** A sealed plan as its bytes, for whoever wants to hash them themselves. Null: none, or not theirs to see. */
export interface SealText {
  readonly text: string
  readonly hash: string
  /** Whether the strategy's version still says what it said when it was sealed; null: the plan names none one may read. */
  readonly versionHolds: boolean | null
}

export async function sealText(context: Context, cycle: Cycle): Promise<SealText | null> {
  const { actor, store } = context
  if (!can(actor, 'cycle.read')) return null
  const row = await store.read.cycles.find(actor.workspaceId, cycle)
  if (!row || row.state === 'planned') return null
  const { strategy } = readPlan(row.seal)
  const version = strategy && (await store.read.versions.byId(strategy.versionId))
  return {
    text: new TextDecoder().decode(row.seal.bytes),
    hash: row.seal.hash,
    versionHolds: strategy && (version ? version.contentHash === strategy.contentHash : false),
  }
}
