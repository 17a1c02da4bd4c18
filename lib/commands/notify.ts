import type { Writer } from '@/db/repositories'
import type { Notification, StrategyKind } from '@/lib/domain/notification'
import type { Proposal } from '@/lib/domain/proposal'
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
    readonly kind: StrategyKind
    readonly to: Iterable<Id<'mem'>>
    readonly by: Id<'mem'>
    readonly threadId: Id<'thr'> | null
    readonly commentId: Id<'com'> | null
    readonly subjectId?: string
    readonly at: Date
  },
): Promise<Id<'mem'>[]> {
  const { to, at, ...rest } = what
  const members = [...new Set(to)].filter((id) => id !== what.by)
  const rows = members.map(
    (memberId): Notification => ({
      subjectId: null,
      boardId: null,
      reviewId: null,
      activityId: null,
      saidId: null,
      ...rest,
      id: newId('ntf'),
      memberId,
      createdAt: at,
      readAt: null,
    }),
  )
  await tx.notifications.add(rows)
  return members
}

/**
 * Writes that something of a proposal was decided, for its author; a newer decision takes the place of one they have
 * not heard of yet. Whoever decides about their own, or withdraws it, is told nothing.
 */
export async function tellOfProposal(
  tx: Pick<Writer, 'notifications' | 'members' | 'strategies'>,
  given: {
    readonly proposal: Pick<Proposal, 'id' | 'workspaceId' | 'author'>
    readonly strategy: StrategyForMember
    readonly by: Id<'mem'>
    readonly at: Date
  },
): Promise<Id<'mem'>[]> {
  const { proposal, strategy, by, at } = given
  if (proposal.author === by) return []
  const back = await tx.notifications.takeBack({
    about: { subjectId: proposal.id },
    by: null,
    kinds: ['proposal'],
  })
  const readers = await readersOf(tx, strategy)
  const told = await notify(tx, {
    workspaceId: proposal.workspaceId,
    strategyId: strategy.id,
    kind: 'proposal',
    to: [proposal.author].filter((id) => readers.has(id)),
    by,
    threadId: null,
    commentId: null,
    subjectId: proposal.id,
    at,
  })
  return [...back, ...told]
}

/** After the commit: the bells of these members ring. The event carries no words. */
export function tellInboxes(live: Live, workspaceId: Id<'ws'>, members: Iterable<Id<'mem'>>): void {
  for (const memberId of new Set(members)) live.publish(workspaceId, { type: 'inbox.changed', memberId })
}
