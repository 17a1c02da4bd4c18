import type { Writer } from '@/db/repositories'
import type { Notification, NotificationKind } from '@/lib/domain/notification'
import type { StrategyForMember } from '@/lib/domain/strategy'
import { strategyAccess } from '@/lib/domain/strategy-access'
import { type Id, newId } from '@/lib/kit/ids'
import type { Live } from './context'

/** The present members who may read a strategy now: nobody else is told of what happens in it. */
export async function readersOf(
  tx: Pick<Writer, 'members' | 'strategies'>,
  strategy: StrategyForMember,
): Promise<ReadonlySet<Id<'mem'>>> {
  const [members, given] = await Promise.all([
    tx.members.list(strategy.workspaceId),
    tx.strategies.access(strategy.id),
  ])
  const levels = new Map(given.map((row) => [row.memberId, row.level]))
  return new Set(
    members
      .filter(
        ({ id, role }) => strategyAccess({ role }, { ...strategy, given: levels.get(id) ?? null }) !== 'none',
      )
      .map(({ id }) => id),
  )
}

/**
 * Writes who is to be told. Inside the transaction of what happened, so that nobody is told of what did not. Answers
 * those it was written for: call `tellInboxes` with them after the commit.
 */
export async function notify(
  tx: Pick<Writer, 'notifications'>,
  what: {
    readonly workspaceId: Id<'ws'>
    readonly strategyId: Id<'str'>
    readonly kind: NotificationKind
    readonly to: Iterable<Id<'mem'>>
    readonly by: Id<'mem'>
    readonly threadId: Id<'thr'> | null
    readonly commentId: Id<'com'> | null
    readonly at: Date
  },
): Promise<Id<'mem'>[]> {
  const { to, at, ...rest } = what
  const members = [...new Set(to)].filter((id) => id !== what.by)
  const rows = members.map(
    (memberId): Notification => ({ ...rest, id: newId('ntf'), memberId, createdAt: at, readAt: null }),
  )
  await tx.notifications.add(rows)
  return members
}

/** After the commit: the bells of these members ring. The event carries no words. */
export function tellInboxes(live: Live, workspaceId: Id<'ws'>, members: Iterable<Id<'mem'>>): void {
  for (const memberId of new Set(members)) live.publish(workspaceId, { type: 'inbox.changed', memberId })
}
