import type { Actor } from './actor'
import type { Role } from './role'

/** What one may do inside one strategy, each including the one before. */
export type Access = 'none' | 'read' | 'comment' | 'edit'

export const accessLevels = ['none', 'read', 'comment', 'edit'] as const satisfies readonly Access[]

export type StrategyStatus = 'active' | 'archived' | 'trashed'

/** As much of a strategy as the rule needs. `given` is the member's own row in strategy_access, if any. */
export interface StrategyAccess {
  readonly workspaceId: string
  readonly status: StrategyStatus
  readonly given: Access | null
}

/** What a role gives where nothing else was said. Advisers see only what is shared with them. */
export const usualAccess: Record<Role, Access> = {
  owner: 'edit',
  partner: 'edit',
  manager: 'comment',
  member: 'comment',
  adviser: 'none',
  viewer: 'read',
}

/**
 * A member's own row widens or narrows the role's usual access; an owner always edits, or nobody could widen it
 * again; a viewer never does more than read, whatever a row says. A trashed strategy is seen by owners and
 * partners only.
 */
export function strategyAccess(actor: Pick<Actor, 'role'>, strategy: StrategyAccess): Access {
  if (actor.role === 'owner') return 'edit'
  if (strategy.status === 'trashed' && actor.role !== 'partner') return 'none'
  const access = strategy.given ?? usualAccess[actor.role]
  if (actor.role === 'viewer' && (access === 'comment' || access === 'edit')) return 'read'
  return access
}
