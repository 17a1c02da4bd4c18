import type { Context } from '@/lib/commands/context'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import type { StrategyStatus } from '@/lib/domain/strategy-access'
import { strategyAccess } from '@/lib/domain/strategy-access'

export interface StrategyInList {
  readonly id: string
  readonly title: string
  readonly language: Language
  readonly status: StrategyStatus
  readonly current: boolean
  /** When its text or title last changed. */
  readonly changedAt: Date
  /** Name of who began it; null when that person has left. */
  readonly createdBy: string | null
  readonly mayEdit: boolean
  /** Archive, trash, restore, duplicate, make current: whoever may do one may do all. */
  readonly mayManage: boolean
  readonly mayShare: boolean
}

export interface StrategiesPage {
  readonly strategies: readonly StrategyInList[]
  readonly mayCreate: boolean
}

/** The strategies this member may see, the current one first, then the last changed. */
export async function strategiesPage({ actor, store }: Context): Promise<StrategiesPage> {
  const [workspace, all, changed, members] = await Promise.all([
    store.read.workspaces.find(actor.workspaceId),
    store.read.strategies.list(actor.workspaceId, actor.memberId),
    store.read.strategies.changedAt(actor.workspaceId),
    store.read.members.list(actor.workspaceId),
  ])
  const names = new Map(members.map((member) => [member.id, member.name]))
  const strategies = all
    .filter((strategy) => can(actor, 'strategy.read', { kind: 'strategy', strategy }))
    .map((strategy): StrategyInList => {
      const subject = { kind: 'strategy', strategy } as const
      const textChanged = changed.get(strategy.documentId)
      return {
        id: strategy.id,
        title: strategy.title,
        language: strategy.language,
        status: strategy.status,
        current: workspace?.currentStrategyId === strategy.id,
        changedAt: textChanged && textChanged > strategy.updatedAt ? textChanged : strategy.updatedAt,
        createdBy: names.get(strategy.createdBy) ?? null,
        mayEdit: strategyAccess(actor, strategy) === 'edit',
        mayManage: can(actor, 'strategy.archive', subject),
        mayShare: can(actor, 'strategy.access', subject),
      }
    })
    .sort((a, b) => Number(b.current) - Number(a.current) || b.changedAt.getTime() - a.changedAt.getTime())
  return { strategies, mayCreate: can(actor, 'strategy.create') }
}
