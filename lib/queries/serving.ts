import type { Context } from '@/lib/commands/context'
import type { DepartmentKind } from '@/lib/domain/department'
import { auditEffort, type EffortAudit } from '@/lib/domain/effort'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { itemsServed } from '@/lib/domain/serves'
import { mayRead, traceItems } from './board'
import { type UnaskedWords, unaskedWords } from './unasked'

/** The trace line run forward: what is done and measured for each item of a strategy. */
export interface StrategyServing {
  /** By item, those that somebody works on or measures; in the order of the chain. */
  readonly items: Readonly<
    Record<
      string,
      {
        readonly activities: readonly {
          readonly id: string
          readonly title: string
          /** The board's place in its address. */
          readonly board: string
          readonly kind: DepartmentKind | null
        }[]
        readonly measures: readonly { readonly id: string; readonly name: string }[]
      }
    >
  >
  /** Null: this reader reads no boards, or nobody has written an activity yet. */
  readonly effort: EffortAudit | null
  /** What this reader may ask about. */
  readonly unasked: readonly UnaskedWords[]
}

export async function strategyServing(context: Context, strategyId: string): Promise<StrategyServing> {
  const { actor, store } = context
  const { read } = store
  const strategy = await read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  if (!can(actor, 'board.read')) return { items: {}, effort: null, unasked: [] }
  const [unasked, boards, trace, all] = await Promise.all([
    can(actor, 'impact.ask', { kind: 'strategy', strategy }) ? unaskedWords(context, strategy) : [],
    read.boards.list(actor.workspaceId),
    traceItems(context, strategy.id),
    read.measures.list(actor.workspaceId),
  ])
  const open = boards.filter((board) => !board.archived && mayRead(context, board))
  const activities = await read.activities.onBoards(open.map(({ id }) => id))
  const present = trace.items.filter(({ removed }) => !removed)
  const known = new Map(present.map((item) => [item.id, item]))
  const items: Record<string, { activities: unknown[]; measures: unknown[] }> = {}
  const entry = (id: string) => {
    items[id] ??= { activities: [], measures: [] }
    return items[id]
  }
  for (const board of open) {
    for (const { id, title, serves, boardId } of activities) {
      if (boardId !== board.id) continue
      for (const item of itemsServed(serves))
        if (known.has(item))
          entry(item).activities.push({ id, title, board: board.kind ?? board.id, kind: board.kind })
    }
  }
  for (const { id, name, serves, status } of all) {
    if (status !== 'active') continue
    const shown = new Set<string>(itemsServed(serves).filter((item) => known.has(item)))
    for (const item of present) if (item.kind === 'gap' && item.measure === name) shown.add(item.id)
    for (const item of shown) entry(item).measures.push({ id, name })
  }
  return {
    items: items as StrategyServing['items'],
    effort:
      activities.length === 0
        ? null
        : auditEffort(activities, new Map(trace.items.map((item) => [item.id, item]))),
    unasked,
  }
}
