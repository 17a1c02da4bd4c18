import type { Context } from '@/lib/commands/context'
import type { OpeningPiece } from '@/lib/document/opening'
import { type Cycle, cycleOf } from '@/lib/domain/cycle'
import { isOpen } from '@/lib/domain/cycle-state'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import type { SealedActivity, SealedTarget } from '@/lib/domain/plan-seal'
import type { ItemFields, StrategyItem } from '@/lib/domain/strategy-item'
import { must } from '@/lib/kit/assert'
import { type BoardName, nameOf, todayIn } from './board'
import { home } from './home'
import { intentOf, intents } from './intents'
import { currentStrategy, planPreview } from './quarters'

/** A line of the kernel: the item's code and what it says in one breath. */
export interface KernelLine {
  readonly id: string
  readonly code: string | null
  readonly words: string
}

export interface KernelList {
  readonly lines: readonly KernelLine[]
  /** Beyond what fits on a page. */
  readonly more: number
}

export interface KernelGap extends KernelLine {
  readonly from: number | null
  readonly to: number | null
  readonly unit: string
  readonly by: string | null
}

/** The whole argument on one page: situation, difficulties, policy, what each department does about it. */
export interface Kernel {
  readonly slug: string
  readonly company: string
  readonly strategy: { readonly id: string; readonly title: string }
  readonly language: Language
  readonly positioning: readonly OpeningPiece[] | null
  readonly factors: readonly {
    readonly area: NonNullable<ItemFields['area']> | null
    readonly list: KernelList
  }[]
  readonly focus: KernelList
  readonly notFocus: KernelList
  readonly pains: KernelList
  readonly gaps: { readonly lines: readonly KernelGap[]; readonly more: number }
  readonly principles: KernelList
  readonly tradeOffs: KernelList
  /** Null: the reader does not read boards. */
  readonly work: {
    readonly cycle: Cycle
    readonly sealedAt: Date | null
    readonly departments: readonly {
      readonly board: BoardName
      readonly intent: string | null
      readonly activities: readonly Pick<SealedActivity, 'id' | 'title'>[]
      readonly moreActivities: number
      readonly targets: readonly SealedTarget[]
      readonly moreTargets: number
    }[]
  } | null
}

/** What a page holds of each kind; beyond it the page says how many there are more. */
const MOST = { factors: 18, segments: 8, pains: 12, gaps: 8, principles: 8, activities: 8, targets: 6 }

const areas = [
  'politics',
  'economy',
  'society',
  'technology',
  'market',
  'competitors',
  'customers',
  'ourselves',
  null,
] as const

/** The kernel of the current strategy. Null: there is none, or not one the member may read. */
export async function kernel(context: Context, zone: string): Promise<Kernel | null> {
  const { actor, store, clock } = context
  const { read } = store
  const strategy = await currentStrategy(context)
  if (!strategy) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const [items, here] = await Promise.all([read.strategyItems.list(strategy.id), home(context)])
  const there = items.filter(({ removedAt }) => removedAt === null)
  const of = (kind: StrategyItem['kind']) => there.filter((item) => item.kind === kind)
  const factors = of('factor').slice(0, MOST.factors)
  const left = of('factor').length - factors.length
  const groups = areas
    .map((area) => ({ area, list: listOf(factors.filter(({ fields }) => fields.area === area)) }))
    .filter(({ list }) => list.lines.length > 0)
  const gaps = of('gap')
  const opening = here.current?.opening
  return {
    slug: workspace.slug,
    company: workspace.name,
    strategy: { id: strategy.id, title: strategy.title },
    language: strategy.language,
    positioning: opening?.kind === 'sentence' ? opening.pieces : null,
    factors: groups.map((group, i) =>
      i === groups.length - 1 ? { ...group, list: { ...group.list, more: left } } : group,
    ),
    focus: listOf(
      of('segment').filter(({ fields }) => fields.focus === 'yes'),
      MOST.segments,
    ),
    notFocus: listOf(
      of('segment').filter(({ fields }) => fields.focus !== 'yes'),
      MOST.segments,
    ),
    pains: listOf(of('pain'), MOST.pains),
    gaps: {
      lines: gaps.slice(0, MOST.gaps).map((gap) => ({
        ...lineOf(gap),
        from: gap.fields.from,
        to: gap.fields.to,
        unit: gap.fields.unit ?? '',
        by: gap.fields.by,
      })),
      more: Math.max(0, gaps.length - MOST.gaps),
    },
    principles: listOf(of('principle'), MOST.principles),
    tradeOffs: listOf(of('tradeoff'), MOST.principles),
    work: can(actor, 'cycle.read') ? await workOf(context, todayIn(zone, clock.now())) : null,
  }
}

async function workOf(context: Context, today: string): Promise<Kernel['work']> {
  const { actor, store } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const running = await read.cycles.running(actor.workspaceId)
  const row = running === null ? null : await read.cycles.find(actor.workspaceId, running)
  const open = row && isOpen(row) ? row : null
  const cycle = open?.cycle ?? cycleOf(today, workspace.yearStart)
  const [{ plan }, boards, known] = await Promise.all([
    planPreview(context, cycle),
    read.boards.list(actor.workspaceId),
    intents(context, workspace.currentStrategyId),
  ])
  return {
    cycle,
    sealedAt: open?.sealedAt ?? null,
    departments: boards
      .filter(({ archived }) => !archived)
      .map((board) => {
        const activities = plan.activities.filter(({ departmentId }) => departmentId === board.departmentId)
        const targets = plan.targets.filter(({ departmentId }) => departmentId === board.departmentId)
        return {
          board: nameOf(board),
          intent: intentOf(known, board)?.text ?? null,
          activities: activities.slice(0, MOST.activities),
          moreActivities: Math.max(0, activities.length - MOST.activities),
          targets: targets.slice(0, MOST.targets),
          moreTargets: Math.max(0, targets.length - MOST.targets),
        }
      }),
  }
}

function listOf(items: readonly StrategyItem[], most = items.length): KernelList {
  return { lines: items.slice(0, most).map(lineOf), more: Math.max(0, items.length - most) }
}

function lineOf({ id, code, title, text }: StrategyItem): KernelLine {
  return { id, code, words: (title === '' ? text : title).replace(/[.。]$/, '') }
}
