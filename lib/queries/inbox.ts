import type { Context } from '@/lib/commands/context'
import { plainComment } from '@/lib/domain/mention'
import type { NotificationKind } from '@/lib/domain/notification'
import { can } from '@/lib/domain/permissions'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { OutcomeKind } from '@/lib/domain/thread'
import type { Id } from '@/lib/kit/ids'
import type { VoiceView } from './threads'

/** As many as one looks through; older ones are found in their strategy. */
const SHOWN = 200

export interface InboxEntry {
  readonly id: Id<'ntf'>
  readonly kind: NotificationKind
  readonly by: VoiceView | null
  /** Milliseconds since 1970. */
  readonly at: number
  readonly read: boolean
  readonly strategy: { readonly id: Id<'str'>; readonly title: string; readonly language: 'en' | 'zh' }
  readonly threadId: Id<'thr'> | null
  readonly quote: string
  /** What was said, names written out; null where it was taken back or nothing was said. */
  readonly words: string | null
  readonly outcome: OutcomeKind | null
}

export interface Inbox {
  readonly entries: readonly InboxEntry[]
  readonly unread: number
}

/** Mentions and replies, the newest first: only of strategies the member may read now. */
export async function inbox(context: Context): Promise<Inbox> {
  const { actor, store } = context
  const readable = new Map((await readableStrategies(context)).map((strategy) => [strategy.id, strategy]))
  const ids = [...readable.keys()]
  const [list, unread, members] = await Promise.all([
    store.read.notifications.list(actor.memberId, ids, SHOWN),
    store.read.notifications.unread(actor.memberId, ids),
    store.read.members.list(actor.workspaceId),
  ])
  const [said, threads] = await Promise.all([
    store.read.threads.saidByIds(list.flatMap((one) => one.commentId ?? [])),
    store.read.threads.byIds([...new Set(list.flatMap((one) => one.threadId ?? []))]),
  ])
  const comments = new Map(said.map((comment) => [comment.id, comment]))
  const anchors = new Map(threads.map((thread) => [thread.id, thread]))
  const voices = new Map<string, VoiceView>(
    members.map(({ id, userId, name, image }) => [id, { memberId: id, userId, name, image }]),
  )
  return {
    unread,
    entries: list.flatMap((one) => {
      const strategy = readable.get(one.strategyId)
      if (!strategy) return []
      const comment = one.commentId ? comments.get(one.commentId) : undefined
      const thread = one.threadId ? anchors.get(one.threadId) : undefined
      return {
        id: one.id,
        kind: one.kind,
        by: voices.get(one.by) ?? null,
        at: one.createdAt.getTime(),
        read: one.readAt !== null,
        strategy: { id: strategy.id, title: strategy.title, language: strategy.language },
        threadId: one.threadId,
        quote: thread?.anchor.quote ?? '',
        words:
          comment && comment.deletedAt === null
            ? plainComment(comment.text, (id) => voices.get(id)?.name ?? null)
            : null,
        outcome: thread?.standing.state === 'resolved' ? (thread.standing.outcome?.kind ?? null) : null,
      }
    }),
  }
}

/** How much waits, for the bell. */
export async function unreadCount(context: Context): Promise<number> {
  const { actor, store } = context
  const waiting = await store.read.notifications.unreadStrategies(actor.memberId)
  // Most of the time nothing waits, and nobody's rights need be looked at.
  if (waiting.length === 0) return 0
  const readable = new Set((await readableStrategies(context)).map((strategy) => strategy.id))
  return waiting.reduce((sum, { strategyId, count }) => sum + (readable.has(strategyId) ? count : 0), 0)
}

async function readableStrategies({ actor, store }: Context): Promise<StrategyForMember[]> {
  const all = await store.read.strategies.list(actor.workspaceId, actor.memberId)
  return all.filter((strategy) => can(actor, 'strategy.read', { kind: 'strategy', strategy }))
}
