import { readWorld } from '@/db/world'
import type { Context } from '@/lib/commands/context'
import { type Assumption, assumptionsOf } from '@/lib/domain/coherence/assumptions'
import { auditEffort, type EffortAudit } from '@/lib/domain/coherence/effort-audit'
import { type TrackedGap, trackGaps } from '@/lib/domain/coherence/gap-tracker'
import { type Graph, graphOf } from '@/lib/domain/coherence/graph'
import { type ImpactView, impactOf, type MovedCard, movedCards } from '@/lib/domain/coherence/impact'
import { type Matrix, matrixOf } from '@/lib/domain/coherence/matrix'
import type { CoherenceActivity, World } from '@/lib/domain/coherence/world'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import { readServe, type Serve } from '@/lib/domain/serves'
import type { Verdict } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, type BoardPerson, boardPeople, nameOf, todayIn } from './board'
import { lastVerdicts } from './verdicts'

/** The world of coherence as the actor may know it. `strategyId` null: the current strategy. */
export async function worldFor(
  { actor, store }: Context,
  today: string,
  strategyId: string | null = null,
): Promise<
  World & {
    readonly strategyId: Id<'str'> | null
    /** Of the strategy's words. */
    readonly language: Language | null
    readonly boards: readonly BoardName[]
  }
> {
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const wanted = strategyId ?? workspace.currentStrategyId
  const strategy = wanted === null ? null : await store.read.strategies.find(wanted, actor.memberId)
  const readable =
    strategy && can(actor, 'strategy.read', { kind: 'strategy', strategy }) ? strategy.id : null
  const world = await readWorld(store.read, { workspaceId: actor.workspaceId, strategyId: readable, today })
  return {
    ...world,
    strategyId: readable,
    language: readable === null ? null : (strategy?.language ?? null),
    boards: world.boards.map(nameOf),
  }
}

/** An item as the page names it: what cells, gaps and assumptions point at. */
export interface ItemName {
  readonly id: Id<'itm'>
  readonly kind: World['items'][number]['kind']
  readonly code: string | null
  readonly title: string
}

export type CardName = Pick<CoherenceActivity, 'id' | 'title' | 'boardId' | 'departmentId' | 'effort'>

export interface CoherencePage {
  readonly slug: string
  readonly strategyId: Id<'str'> | null
  /** The language of the strategy's words. */
  readonly language: Language | null
  readonly today: DayText
  /** The quarter shown; null: all. */
  readonly cycle: Cycle | null
  /** Quarters that have activities, the last one first. */
  readonly cycles: readonly Cycle[]
  readonly current: Cycle
  readonly boards: readonly BoardName[]
  readonly items: readonly ItemName[]
  /** Every activity by its id, as far as a page names it. */
  readonly cards: ReadonlyMap<string, CardName>
  readonly matrix: Matrix
  readonly gaps: readonly TrackedGap[]
  readonly audit: EffortAudit
  readonly assumptions: readonly Assumption[]
  /** Cards whose words have moved and that nobody has answered for. */
  readonly moved: readonly MovedCard[]
  readonly people: readonly BoardPerson[]
  readonly may: { readonly request: boolean; readonly ask: boolean; readonly accept: boolean }
}

/** Does the work answer the difficulties? Null: not theirs to see. */
export async function coherencePage(
  context: Context,
  cycle: Cycle | null,
  zone: string,
): Promise<CoherencePage | null> {
  const { actor, store, clock } = context
  if (!can(actor, 'coherence.read')) return null
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const current = cycleOf(today, workspace.yearStart)
  const [world, people, impacts, questions] = await Promise.all([
    worldFor(context, today),
    boardPeople(context),
    store.read.impacts.list(actor.workspaceId),
    store.read.impacts.questions(actor.workspaceId),
  ])
  const matrix = once(() => matrixOf(world, cycle))
  const gaps = once(() => trackGaps(world))
  const audit = once(() => auditEffort(world, cycle))
  const assumptions = once(() => assumptionsOf(world, cycleDays(current, workspace.yearStart).last))
  return {
    slug: workspace.slug,
    strategyId: world.strategyId,
    language: world.language,
    today,
    cycle,
    cycles: cyclesOf(world),
    current,
    boards: world.boards,
    items: world.items.map(({ id, kind, code, title }) => ({ id, kind, code, title })),
    cards: new Map(world.activities.map((activity) => [activity.id, activity])),
    // Each view looks at its own part: what nobody looks at is not reckoned.
    get matrix() {
      return matrix()
    },
    get gaps() {
      return gaps()
    },
    get audit() {
      return audit()
    },
    get assumptions() {
      return assumptions()
    },
    moved: movedCards(impacts, questions, world.activities),
    people,
    may: {
      request: can(actor, 'request.send'),
      ask: can(actor, 'impact.ask'),
      accept: can(actor, 'risk.accept'),
    },
  }
}

export interface ThroughlinePage {
  readonly slug: string
  readonly strategyId: Id<'str'> | null
  readonly language: Language | null
  readonly cycle: Cycle | null
  /** Quarters that have activities, the last one first. */
  readonly cycles: readonly Cycle[]
  readonly graph: Graph
  readonly boards: readonly BoardName[]
}

/** The throughline drawn; its list equivalent is the trace of each activity. Null: not theirs to see. */
export async function throughlinePage(
  context: Context,
  cycle: Cycle | null,
  zone: string,
): Promise<ThroughlinePage | null> {
  const { actor, store, clock } = context
  if (!can(actor, 'coherence.read')) return null
  const workspace = must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const [world, verdicts] = await Promise.all([
    worldFor(context, todayIn(zone, clock.now())),
    lastVerdicts(context),
  ])
  const said = new Map<string, Verdict>([...verdicts].map(([about, { verdict }]) => [about, verdict]))
  return {
    slug: workspace.slug,
    strategyId: world.strategyId,
    language: world.language,
    cycle,
    cycles: cyclesOf(world),
    graph: graphOf(world, said, cycle),
    boards: world.boards,
  }
}

function once<T>(reckon: () => T): () => T {
  let known: { readonly value: T } | null = null
  return () => {
    known ??= { value: reckon() }
    return known.value
  }
}

function cyclesOf({ activities }: Pick<World, 'activities'>): readonly Cycle[] {
  return [...new Set(activities.flatMap(({ cycle }) => cycle ?? []))].sort().reverse()
}

/** What hangs on an item or a slot, before somebody changes it. Null: not there, or not theirs to see. */
export async function impactPreview(
  context: Context,
  input: { readonly strategyId: string; readonly serve: string },
  zone: string,
): Promise<(ImpactView & { readonly boards: readonly BoardName[] }) | null> {
  const { actor, store, clock } = context
  if (!can(actor, 'coherence.read') || readServe(input.serve) === null) return null
  const world = await worldFor(context, todayIn(zone, clock.now()), input.strategyId)
  if (world.strategyId === null) return null
  const threads = (await store.read.threads.ofStrategy(world.strategyId)).filter(
    ({ standing }) => standing.state === 'open',
  )
  const view = impactOf(
    world,
    input.serve as Serve,
    threads.map(({ id, anchor: { itemId, part } }) => ({ id, itemId, part })),
  )
  return view && { ...view, boards: world.boards }
}
