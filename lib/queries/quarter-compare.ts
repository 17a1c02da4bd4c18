import type { Context } from '@/lib/commands/context'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import type { CycleState } from '@/lib/domain/cycle-state'
import { can } from '@/lib/domain/permissions'
import { compareQuarters, type QuarterComparison, type QuarterSide } from '@/lib/domain/quarter-compare'
import type { Version } from '@/lib/domain/version'
import { must } from '@/lib/kit/assert'
import { type BoardName, type BoardPerson, boardPeople, nameOf, todayIn } from './board'
import { type CycleLine, linesOf } from './cycles'
import { quarterSide } from './quarter-side'
import { currentStrategy } from './quarters'
import { type Comparison, compareVersions, type LabelsOf } from './versions'

/** One of the two quarters, as its column is headed. */
export interface ComparedQuarter {
  readonly cycle: Cycle
  readonly state: CycleState
  readonly first: string
  readonly last: string
  readonly sealedAt: Date | null
  readonly version: number | null
  readonly activities: number
  readonly targets: number
}

export interface QuartersCompared {
  readonly slug: string
  readonly today: string
  readonly cycles: readonly CycleLine[]
  readonly before: ComparedQuarter
  readonly after: ComparedQuarter
  readonly comparison: QuarterComparison
  /**
   * The text of the strategy between the two versions the plans name. `same`: both name the same words. Null: one of the
   * plans names no version, or the reader may not read the strategy.
   */
  readonly text:
    | { readonly kind: 'same' }
    | { readonly kind: 'changed'; readonly comparison: Comparison; readonly language: 'en' | 'zh' }
    | null
  readonly language: 'en' | 'zh'
  readonly boards: readonly BoardName[]
  readonly people: readonly BoardPerson[]
}

/** Two quarters side by side, the earlier one first whichever way they are named. Null: not theirs to see. */
export async function quartersCompared(
  context: Context,
  wish: { readonly a: Cycle; readonly b: Cycle; readonly labels: LabelsOf },
  zone: string,
): Promise<QuartersCompared | null> {
  const { actor, store, clock } = context
  const { read } = store
  if (!can(actor, 'cycle.read')) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const [rows, boards, people, strategy] = await Promise.all([
    read.cycles.list(actor.workspaceId),
    read.boards.list(actor.workspaceId),
    boardPeople(context),
    currentStrategy(context),
  ])
  const names = [wish.a, wish.b].sort()
  const rowOf = (cycle: Cycle) => rows.find((row) => row.cycle === cycle) ?? null
  const [first, second] = [must(names[0], 'two were named'), must(names[1], 'two were named')]
  const [one, other] = await Promise.all([
    quarterSide(context, first, rowOf(first), { yearStart: workspace.yearStart, today }),
    quarterSide(context, second, rowOf(second), { yearStart: workspace.yearStart, today }),
  ])
  const head = (side: QuarterSide): ComparedQuarter => {
    const row = rowOf(side.cycle)
    return {
      cycle: side.cycle,
      state: row?.state ?? 'planned',
      ...cycleDays(side.cycle, workspace.yearStart),
      sealedAt: row !== null && row.state !== 'planned' ? row.sealedAt : null,
      version: side.plan.strategy?.version ?? null,
      activities: side.plan.activities.length,
      targets: side.plan.targets.length,
    }
  }
  return {
    slug: workspace.slug,
    today,
    cycles: linesOf(rows, cycleOf(today, workspace.yearStart), workspace.yearStart),
    before: head(one),
    after: head(other),
    comparison: compareQuarters(one, other),
    text: await textBetween(context, one, other, wish.labels),
    language: strategy?.language ?? workspace.language,
    boards: boards.map(nameOf),
    people,
  }
}

/** What was written between the seals: by words, with who wrote it, as versions are compared. */
async function textBetween(
  context: Context,
  before: QuarterSide,
  after: QuarterSide,
  labels: LabelsOf,
): Promise<QuartersCompared['text']> {
  const { actor, store } = context
  const { read } = store
  const from = before.plan.strategy
  if (!from) return null
  const strategy = await read.strategies.find(from.id, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy })) return null
  const was = await read.versions.byId(from.versionId)
  const named = after.plan.strategy
  let is: Version | 'now' | null
  if (named) {
    if (named.id !== from.id) return null
    if (named.contentHash === from.contentHash) return { kind: 'same' }
    is = await read.versions.byId(named.versionId)
  } else {
    // A plan that is not sealed yet means the text as it stands; one of a file names no version at all.
    const row = await read.cycles.find(actor.workspaceId, after.cycle)
    is = row === null || row.state === 'planned' ? 'now' : null
  }
  if (!was || !is) return null
  const comparison = await compareVersions(context, {
    page: { strategy, from: was, to: is, mayRestore: false },
    person: null,
    labels,
  })
  const changed = comparison.view.chapters.some((chapter) => chapter.changed)
  return changed ? { kind: 'changed', comparison, language: strategy.language } : { kind: 'same' }
}
