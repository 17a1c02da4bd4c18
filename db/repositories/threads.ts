import { and, asc, count, eq, gt, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type {
  Comment,
  Outcome,
  OutcomeKind,
  Reaction,
  Standing,
  Thread,
  ThreadAnchor,
} from '@/lib/domain/thread'
import { must } from '@/lib/kit/assert'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import { comments, members, reactions, strategies, threads, users, withdrawnWords } from '../schema'

/** Who said something. `name` null: no longer a member, and not named any more. */
export interface Voice {
  readonly memberId: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string | null
  readonly image: string | null
}

export interface SaidComment extends Comment {
  readonly author: Voice
}

export interface GivenReaction {
  readonly commentId: Id<'com'>
  readonly memberId: Id<'mem'>
  readonly reaction: Reaction
}

/** Where the words of a thread lie now, as the document says. */
export interface Anchored {
  readonly id: string
  readonly root: string
  readonly quote: string
  readonly itemId: string | null
  readonly part: string | null
  readonly positioning: boolean
  readonly place: number
}

type Row = typeof threads.$inferSelect

function anchor({ kind, root, quote, itemId, part }: Row): ThreadAnchor {
  return kind === 'item'
    ? { kind: 'item', root, quote, itemId: must(itemId, 'checked by the table'), part }
    : { kind: 'words', root, quote, itemId, part }
}

function outcome(row: Row): Outcome | null {
  switch (row.outcome as OutcomeKind | null) {
    case null:
      return null
    case 'adopted':
      return { kind: 'adopted', reason: row.reason }
    case 'rejected':
      return { kind: 'rejected', reason: row.reason ?? '' }
    case 'watch':
      return {
        kind: 'watch',
        reason: row.reason ?? '',
        until: row.until ?? '',
        measureId: row.measureId as Id<'mea'> | null,
      }
  }
}

function standing(row: Row): Standing {
  if (row.state === 'open') return { state: 'open' }
  return {
    state: 'resolved',
    by: must(row.resolvedBy, 'checked by the table') as Id<'mem'>,
    at: must(row.resolvedAt, 'checked by the table'),
    outcome: outcome(row),
  }
}

function thread(row: Row): Thread {
  return {
    id: row.id as Id<'thr'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    strategyId: row.strategyId as Id<'str'>,
    anchor: anchor(row),
    positioning: row.positioning,
    onDeletedText: row.onDeletedText,
    standing: standing(row),
    revision: row.revision,
    createdBy: row.createdBy as Id<'mem'>,
    createdAt: row.createdAt,
  }
}

function comment(row: typeof comments.$inferSelect): Comment {
  return {
    ...row,
    id: row.id as Id<'com'>,
    threadId: row.threadId as Id<'thr'>,
    memberId: row.memberId as Id<'mem'>,
  }
}

/** A thread whose last comment was deleted is there for nobody while that could still be put back. */
export const there = isNull(threads.withdrawnAt)

export function threadReader(db: Db) {
  const said = async (where: SQL | undefined): Promise<SaidComment[]> => {
    const rows = await db
      .select({
        row: comments,
        userId: users.id,
        name: users.name,
        image: users.image,
        removedAt: members.removedAt,
      })
      .from(comments)
      .innerJoin(threads, eq(threads.id, comments.threadId))
      .innerJoin(members, eq(members.id, comments.memberId))
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(where, there))
      .orderBy(asc(comments.createdAt), asc(comments.id))
    return rows.map(({ row, userId, name, image, removedAt }) => ({
      ...comment(row),
      importedReactions: row.deletedAt ? null : row.importedReactions,
      author: {
        memberId: row.memberId as Id<'mem'>,
        userId: userId as Id<'usr'>,
        name: removedAt ? null : name,
        image: removedAt ? null : image,
      },
    }))
  }
  const given = async (where: SQL | undefined): Promise<GivenReaction[]> => {
    const rows = await db
      .select({ row: reactions })
      .from(reactions)
      .innerJoin(comments, eq(comments.id, reactions.commentId))
      .innerJoin(threads, eq(threads.id, comments.threadId))
      .where(and(where, there, isNull(comments.deletedAt)))
      .orderBy(asc(reactions.createdAt))
    return rows.map(({ row }) => ({
      commentId: row.commentId as Id<'com'>,
      memberId: row.memberId as Id<'mem'>,
      reaction: row.reaction as Reaction,
    }))
  }
  return {
    /** Every thread there is in a strategy, whatever became of its words. */
    async idsOf(strategyId: string): Promise<ReadonlySet<string>> {
      const rows = await db
        .select({ id: threads.id })
        .from(threads)
        .where(and(eq(threads.strategyId, strategyId), there))
      return new Set(rows.map(({ id }) => id))
    },
    async find(id: string): Promise<Thread | null> {
      if (!isId('thr', id)) return null
      const [row] = await db
        .select()
        .from(threads)
        .where(and(eq(threads.id, id), there))
      return row ? thread(row) : null
    },
    /** All threads of a strategy in the order of their words. */
    async ofStrategy(strategyId: string): Promise<Thread[]> {
      const rows = await db
        .select()
        .from(threads)
        .where(and(eq(threads.strategyId, strategyId), there))
        .orderBy(asc(threads.place), asc(threads.createdAt), asc(threads.id))
      return rows.map(thread)
    },
    /** Ids of the open ones whose words stand in the text, and how many are open in all. */
    async open(strategyId: string): Promise<{ ids: Id<'thr'>[]; count: number }> {
      const rows = await db
        .select({ id: threads.id, lost: threads.onDeletedText })
        .from(threads)
        .where(and(eq(threads.strategyId, strategyId), eq(threads.state, 'open'), there))
        .orderBy(asc(threads.place), asc(threads.id))
      return { ids: rows.filter((row) => !row.lost).map((row) => row.id as Id<'thr'>), count: rows.length }
    },
    async count(strategyId: string): Promise<number> {
      const [row] = await db.select({ n: count() }).from(threads).where(eq(threads.strategyId, strategyId))
      return row?.n ?? 0
    },
    /** Everything said in a strategy, or in one thread, the first first. */
    saidInStrategy: (strategyId: string) => said(eq(threads.strategyId, strategyId)),
    saidInThread: (threadId: string) => said(eq(threads.id, threadId)),
    reactionsInStrategy: (strategyId: string) => given(eq(threads.strategyId, strategyId)),
    /** The same with the names of those who gave them; null: no longer a member. */
    async reactionsByName(
      strategyId: string,
    ): Promise<{ commentId: string; reaction: Reaction; name: string | null }[]> {
      const rows = await db
        .select({
          commentId: reactions.commentId,
          reaction: reactions.reaction,
          name: users.name,
          removedAt: members.removedAt,
        })
        .from(reactions)
        .innerJoin(comments, eq(comments.id, reactions.commentId))
        .innerJoin(threads, eq(threads.id, comments.threadId))
        .innerJoin(members, eq(members.id, reactions.memberId))
        .innerJoin(users, eq(users.id, members.userId))
        .where(and(eq(threads.strategyId, strategyId), there, isNull(comments.deletedAt)))
        .orderBy(asc(reactions.createdAt), asc(reactions.memberId))
      return rows.map(({ commentId, reaction, name, removedAt }) => ({
        commentId,
        reaction: reaction as Reaction,
        name: removedAt ? null : name,
      }))
    },
    reactionsInThread: (threadId: string) => given(eq(threads.id, threadId)),
    /** Comments by id with their authors: for the inbox and its letters. */
    saidByIds: async (ids: readonly string[]): Promise<SaidComment[]> =>
      ids.length === 0 ? [] : said(inArray(comments.id, [...ids])),
    byIds: async (ids: readonly string[]): Promise<Thread[]> =>
      ids.length === 0
        ? []
        : (
            await db
              .select()
              .from(threads)
              .where(and(inArray(threads.id, [...ids]), there))
          ).map(thread),
    /** The strategy a document belongs to, if it is one. */
    async strategyOf(documentId: string): Promise<Id<'str'> | null> {
      const [row] = await db
        .select({ id: strategies.id })
        .from(strategies)
        .where(eq(strategies.documentId, documentId))
      return row ? (row.id as Id<'str'>) : null
    },
    /** Documents of the strategies that have threads. */
    async documentsWithThreads(): Promise<string[]> {
      const rows = await db
        .selectDistinct({ id: strategies.documentId })
        .from(strategies)
        .innerJoin(threads, eq(threads.strategyId, strategies.id))
      return rows.map((row) => row.id)
    },
    /** What the rows say about where threads lie. Also of those that may be put back: they come back where they are then. */
    async anchored(
      strategyId: string,
    ): Promise<(Anchored & { lost: boolean; kind: string; createdAt: Date })[]> {
      return db
        .select({
          id: threads.id,
          root: threads.root,
          quote: threads.quote,
          itemId: threads.itemId,
          part: threads.part,
          positioning: threads.positioning,
          place: threads.place,
          lost: threads.onDeletedText,
          kind: threads.kind,
          createdAt: threads.createdAt,
        })
        .from(threads)
        .where(eq(threads.strategyId, strategyId))
    },
    /** Threads nobody can put back any more, with the document their marks lie in. */
    async withdrawn(before: Date): Promise<{ id: Id<'thr'>; documentId: string }[]> {
      const rows = await db
        .select({ id: threads.id, documentId: strategies.documentId })
        .from(threads)
        .innerJoin(strategies, eq(strategies.id, threads.strategyId))
        .where(lte(threads.withdrawnAt, before))
      return rows.map(({ id, documentId }) => ({ id: id as Id<'thr'>, documentId }))
    },
  }
}

export function threadWriter(db: Db) {
  const next = sql`${threads.revision} + 1`
  return {
    ...threadReader(db),
    /** The thread with its row locked until the transaction ends. */
    async lock(id: string): Promise<Thread | null> {
      if (!isId('thr', id)) return null
      const [row] = await db
        .select()
        .from(threads)
        .where(and(eq(threads.id, id), there))
        .for('update')
      return row ? thread(row) : null
    },
    /** The same, also of one that is there for nobody now. */
    async lockWithdrawn(id: string): Promise<Thread | null> {
      if (!isId('thr', id)) return null
      const [row] = await db.select().from(threads).where(eq(threads.id, id)).for('update')
      return row ? thread(row) : null
    },
    async add(added: Thread): Promise<void> {
      const { anchor, standing: _, ...row } = added
      await db.insert(threads).values({
        ...row,
        kind: anchor.kind,
        root: anchor.root,
        quote: anchor.quote,
        itemId: anchor.itemId,
        part: anchor.part,
        updatedAt: added.createdAt,
      })
    },
    /** Writes whether it is open and what became of it, and counts the revision up. */
    async save(changed: Thread, now: Date): Promise<void> {
      const { standing } = changed
      const done = standing.state === 'resolved' ? standing : null
      await db
        .update(threads)
        .set({
          state: standing.state,
          resolvedBy: done?.by ?? null,
          resolvedAt: done?.at ?? null,
          outcome: done?.outcome?.kind ?? null,
          reason: done?.outcome?.reason ?? null,
          // A file need not say when: then it comes back on no day.
          until: done?.outcome?.kind === 'watch' ? done.outcome.until || null : null,
          measureId: done?.outcome?.kind === 'watch' ? done.outcome.measureId : null,
          updatedAt: now,
          revision: next,
        })
        .where(eq(threads.id, changed.id))
    },
    /** Something in it was said, changed or taken back. */
    async touch(id: string, now: Date): Promise<void> {
      await db.update(threads).set({ updatedAt: now, revision: next }).where(eq(threads.id, id))
    },
    async remove(id: string): Promise<void> {
      await db.delete(threads).where(eq(threads.id, id))
    },
    /** From now on it is there for nobody; null: for everybody again. */
    async withdraw(id: string, at: Date | null): Promise<void> {
      await db.update(threads).set({ withdrawnAt: at }).where(eq(threads.id, id))
    },
    /** Removes a thread nobody can put back any more. False: somebody has, or it is gone. */
    async erase(id: string, before: Date): Promise<boolean> {
      const gone = await db
        .delete(threads)
        .where(and(eq(threads.id, id), lte(threads.withdrawnAt, before)))
        .returning({ id: threads.id })
      return gone.length > 0
    },
    /** Lays the words of a comment aside, so that who deletes it may put them back. */
    async layAside(commentId: string, text: string, by: string, at: Date): Promise<void> {
      await db.insert(withdrawnWords).values({ commentId, text, byMember: by, at })
    },
    /** The words a member laid aside after `since`, which are nowhere then; null: none. */
    async takeUp(commentId: string, by: string, since: Date): Promise<string | null> {
      const [row] = await db
        .delete(withdrawnWords)
        .where(
          and(
            eq(withdrawnWords.commentId, commentId),
            eq(withdrawnWords.byMember, by),
            gt(withdrawnWords.at, since),
          ),
        )
        .returning({ text: withdrawnWords.text })
      return row?.text ?? null
    },
    /** Erases words laid aside until `before`. Answers whose comments they were. */
    async eraseWords(before: Date): Promise<string[]> {
      const gone = await db
        .delete(withdrawnWords)
        .where(lte(withdrawnWords.at, before))
        .returning({ id: withdrawnWords.commentId })
      return gone.map(({ id }) => id)
    },
    /** Its words stand there in the text. */
    async found(at: Anchored): Promise<void> {
      const { id, ...place } = at
      await db
        .update(threads)
        .set({ ...place, onDeletedText: false, revision: next })
        .where(eq(threads.id, id))
    },
    /** Its words are gone: what they were and where is kept. */
    async lost(id: string): Promise<void> {
      await db.update(threads).set({ onDeletedText: true, revision: next }).where(eq(threads.id, id))
    },
    /** Only its place in the order has moved: nothing anybody has to be told. */
    async moved(id: string, place: number): Promise<void> {
      await db.update(threads).set({ place }).where(eq(threads.id, id))
    },
    async addComment(added: Comment): Promise<void> {
      await db.insert(comments).values(added)
    },
    async lockComment(id: string): Promise<Comment | null> {
      if (!isId('com', id)) return null
      const [row] = await db.select().from(comments).where(eq(comments.id, id)).for('update')
      return row ? comment(row) : null
    },
    async saveComment({ id, text, editedAt, deletedAt }: Comment): Promise<void> {
      await db.update(comments).set({ text, editedAt, deletedAt }).where(eq(comments.id, id))
    },
    /** How many comments of a thread stand. */
    async standing(threadId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(comments)
        .where(and(eq(comments.threadId, threadId), isNull(comments.deletedAt)))
      return row?.n ?? 0
    },
    async commentCount(threadId: string): Promise<number> {
      const [row] = await db.select({ n: count() }).from(comments).where(eq(comments.threadId, threadId))
      return row?.n ?? 0
    },
    /** Also those a file brought. */
    async dropReactions(commentIds: readonly string[]): Promise<void> {
      await db.delete(reactions).where(inArray(reactions.commentId, [...commentIds]))
      await db
        .update(comments)
        .set({ importedReactions: null })
        .where(inArray(comments.id, [...commentIds]))
    },
    /** Gives or takes back. */
    async react(commentId: string, memberId: string, reaction: Reaction, on: boolean): Promise<void> {
      if (on) {
        await db.insert(reactions).values({ commentId, memberId, reaction }).onConflictDoNothing()
        return
      }
      await db
        .delete(reactions)
        .where(
          and(
            eq(reactions.commentId, commentId),
            eq(reactions.memberId, memberId),
            eq(reactions.reaction, reaction),
          ),
        )
    },
  }
}
