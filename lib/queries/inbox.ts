import type { Notified } from '@/db/repositories/notified'
import type { Context } from '@/lib/commands/context'
import type { Language } from '@/lib/domain/language'
import { plainComment } from '@/lib/domain/mention'
import type { Notification, NotificationKind } from '@/lib/domain/notification'
import { can } from '@/lib/domain/permissions'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { OutcomeKind } from '@/lib/domain/thread'
import { type ToldOf, toldOf } from '@/lib/i18n/say-told'
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
  readonly where:
    | {
        readonly in: 'strategy'
        readonly id: Id<'str'>
        readonly title: string
        readonly language: Language
        readonly threadId: Id<'thr'> | null
      }
    | {
        readonly in: 'board'
        readonly id: Id<'brd'>
        readonly department: { readonly kind: string | null; readonly name: string | null }
        readonly activityId: Id<'act'> | null
      }
    | {
        readonly in: 'review'
        readonly id: Id<'rev'>
        readonly cycle: string
        /** Null: of the company. */
        readonly department: { readonly kind: string | null; readonly name: string | null } | null
        /** False: only what was decided for them is theirs to know. */
        readonly mayRead: boolean
      }
  /** What was spoken of: for `sayTold`. */
  readonly of: ToldOf
  readonly quote: string
  /** Whether it is about something somebody said; else it stands in a text, or was done. */
  readonly speech: boolean
  /** What was said, names written out; null where it was taken back or nothing was said. */
  readonly words: string | null
  readonly outcome: OutcomeKind | null
}

export interface Inbox {
  readonly entries: readonly InboxEntry[]
  readonly unread: number
}

/** What one is told, the newest first: only of strategies and boards the member may read now. */
export async function inbox(context: Context): Promise<Inbox> {
  const { actor, store } = context
  const strategies = new Map((await readableStrategies(context)).map((strategy) => [strategy.id, strategy]))
  const reviewIds = await readableReviews(context)
  const readable = { strategyIds: [...strategies.keys()], boards: can(actor, 'board.read'), reviewIds }
  const [list, unread, members] = await Promise.all([
    store.read.notifications.list(actor.memberId, readable, SHOWN),
    store.read.notifications.unread(actor.memberId, readable),
    store.read.members.list(actor.workspaceId),
  ])
  const [comments, threads, about] = await Promise.all([
    store.read.threads.saidByIds(list.flatMap((one) => one.commentId ?? [])),
    store.read.threads.byIds([...new Set(list.flatMap((one) => one.threadId ?? []))]),
    store.read.notifications.about(list),
  ])
  const said = new Map([
    ...comments.map(({ id, text, deletedAt }) => [id, { text, gone: deletedAt !== null }] as const),
    ...about.said,
  ])
  const anchors = new Map(threads.map((thread) => [thread.id, thread]))
  const voices = new Map<string, VoiceView>(
    members.map(({ id, userId, name, image }) => [id, { memberId: id, userId, name, image }]),
  )
  return {
    unread,
    entries: list.flatMap((one) => {
      const where = whereOf(one, strategies, new Set<string>(reviewIds), about)
      if (!where) return []
      const comment = said.get(one.commentId ?? one.saidId ?? '')
      const thread = one.threadId ? anchors.get(one.threadId) : undefined
      return {
        id: one.id,
        kind: one.kind,
        by: voices.get(one.by ?? '') ?? null,
        at: one.createdAt.getTime(),
        read: one.readAt !== null,
        where,
        of: toldOf(one, about),
        speech: (one.commentId ?? one.saidId) !== null,
        quote: thread?.anchor.quote ?? '',
        words:
          comment && !comment.gone
            ? plainComment(comment.text, (id) => voices.get(id)?.name ?? null)
            : (about.moved.get(one.subjectId ?? '')?.now ??
              about.asked.get(one.subjectId ?? '')?.words ??
              null),
        outcome: thread?.standing.state === 'resolved' ? (thread.standing.outcome?.kind ?? null) : null,
      }
    }),
  }
}

function whereOf(
  { strategyId, boardId, threadId, activityId, reviewId }: Notification,
  strategies: ReadonlyMap<string, StrategyForMember>,
  reviewIds: ReadonlySet<string>,
  about: Notified,
): InboxEntry['where'] | null {
  if (strategyId !== null) {
    const strategy = strategies.get(strategyId)
    const { id, title, language } = strategy ?? {}
    return id && language ? { in: 'strategy', id, title: title ?? '', language, threadId } : null
  }
  const review = reviewId === null ? undefined : about.reviews.get(reviewId)
  if (reviewId !== null && review) {
    const { cycle, department } = review
    return { in: 'review', id: reviewId, cycle, department, mayRead: reviewIds.has(reviewId) }
  }
  const department = boardId === null ? undefined : about.boards.get(boardId)
  return boardId && department ? { in: 'board', id: boardId, department, activityId } : null
}

/** How much waits, for the bell. */
export async function unreadCount(context: Context): Promise<number> {
  const { actor, store } = context
  const waiting = await store.read.notifications.unreadPlaces(actor.memberId)
  // Most of the time nothing waits, and nobody's rights need be looked at.
  if (waiting.length === 0) return 0
  const readable = new Set((await readableStrategies(context)).map((strategy) => strategy.id))
  const reviews = new Set<string>(
    waiting.some(({ reviewId }) => reviewId !== null) ? await readableReviews(context) : [],
  )
  const boards = can(actor, 'board.read')
  const mayKnow = ({ strategyId, reviewId, decided }: (typeof waiting)[number]) => {
    if (strategyId !== null) return readable.has(strategyId)
    return reviewId === null ? boards : decided || reviews.has(reviewId)
  }
  return waiting.reduce((sum, one) => sum + (mayKnow(one) ? one.count : 0), 0)
}

async function readableReviews({ actor, store }: Context): Promise<Id<'rev'>[]> {
  const all = await store.read.reviews.list(actor.workspaceId)
  return all.filter((review) => can(actor, 'review.read', { kind: 'review', review })).map(({ id }) => id)
}

async function readableStrategies({ actor, store }: Context): Promise<StrategyForMember[]> {
  const all = await store.read.strategies.list(actor.workspaceId, actor.memberId)
  return all.filter((strategy) => can(actor, 'strategy.read', { kind: 'strategy', strategy }))
}
