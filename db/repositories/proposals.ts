import { and, asc, count, desc, eq, exists, getTableColumns, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Decision, Proposal, ProposalState } from '@/lib/domain/proposal'
import { type Id, isId } from '@/lib/kit/ids'
import type { Db } from '../database'
import {
  documentClients,
  documents,
  members,
  proposalDecisions,
  proposals,
  proposalThreads,
  strategies,
  threads,
  users,
} from '../schema'
import { documentWriter } from './documents'

const plain = {
  id: proposals.id,
  workspaceId: proposals.workspaceId,
  strategyId: proposals.strategyId,
  documentId: proposals.documentId,
  author: proposals.author,
  why: proposals.why,
  state: proposals.state,
  closedBy: proposals.closedBy,
  closedAt: proposals.closedAt,
  createdAt: proposals.createdAt,
}

type Row = Omit<typeof proposals.$inferSelect, 'base'>

function proposal(row: Row): Proposal {
  return {
    ...row,
    id: row.id as Id<'prp'>,
    workspaceId: row.workspaceId as Id<'ws'>,
    strategyId: row.strategyId as Id<'str'>,
    documentId: row.documentId as Id<'doc'>,
    author: row.author as Id<'mem'>,
    state: row.state as ProposalState,
    closedBy: row.closedBy as Id<'mem'> | null,
  }
}

/** Whose a proposal is. `name` null: no longer a member. */
export interface ProposalAuthor {
  readonly memberId: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string | null
  readonly image: string | null
}

export function proposalReader(db: Db) {
  return {
    async find(id: string): Promise<Proposal | null> {
      if (!isId('prp', id)) return null
      const [row] = await db.select(plain).from(proposals).where(eq(proposals.id, id))
      return row ? proposal(row) : null
    },
    async openOf(strategyId: string, memberId: string): Promise<Proposal | null> {
      const [row] = await db
        .select(plain)
        .from(proposals)
        .where(
          and(
            eq(proposals.strategyId, strategyId),
            eq(proposals.author, memberId),
            eq(proposals.state, 'open'),
          ),
        )
      return row ? proposal(row) : null
    },
    /** The open ones, the oldest first. */
    async open(strategyId: string): Promise<(Proposal & { readonly by: ProposalAuthor })[]> {
      return this.listed(strategyId, true, 1_000)
    },
    /** Those that ended, the newest first. */
    async closed(strategyId: string, most: number): Promise<(Proposal & { readonly by: ProposalAuthor })[]> {
      return this.listed(strategyId, false, most)
    },
    async listed(
      strategyId: string,
      isOpen: boolean,
      most: number,
    ): Promise<(Proposal & { readonly by: ProposalAuthor })[]> {
      const rows = await db
        .select({
          row: plain,
          userId: members.userId,
          name: users.name,
          image: users.image,
          removedAt: members.removedAt,
        })
        .from(proposals)
        .innerJoin(members, eq(members.id, proposals.author))
        .innerJoin(users, eq(users.id, members.userId))
        .where(
          and(
            eq(proposals.strategyId, strategyId),
            isOpen ? eq(proposals.state, 'open') : ne(proposals.state, 'open'),
          ),
        )
        .orderBy(isOpen ? asc(proposals.createdAt) : desc(proposals.closedAt))
        .limit(most)
      return rows.map(({ row, userId, name, image, removedAt }) => ({
        ...proposal(row),
        by: {
          memberId: row.author as Id<'mem'>,
          userId: userId as Id<'usr'>,
          name: removedAt === null ? name : null,
          image: removedAt === null ? image : null,
        },
      }))
    },
    async openIds(strategyId: string): Promise<Id<'prp'>[]> {
      const rows = await db
        .select({ id: proposals.id })
        .from(proposals)
        .where(and(eq(proposals.strategyId, strategyId), eq(proposals.state, 'open')))
      return rows.map(({ id }) => id as Id<'prp'>)
    },
    /** How many are open in which their author has written something. Looking at one's own page makes no proposal. */
    async countOpen(strategyId: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(proposals)
        .innerJoin(members, eq(members.id, proposals.author))
        .where(
          and(
            eq(proposals.strategyId, strategyId),
            eq(proposals.state, 'open'),
            exists(
              db
                .select({ one: sql`1` })
                .from(documentClients)
                .where(
                  and(
                    eq(documentClients.documentId, proposals.documentId),
                    eq(documentClients.userId, members.userId),
                  ),
                ),
            ),
          ),
        )
      return row?.n ?? 0
    },
    /** The strategy whose open proposal this document is. */
    async ofDocument(documentId: string): Promise<Proposal | null> {
      const [row] = await db.select(plain).from(proposals).where(eq(proposals.documentId, documentId))
      return row ? proposal(row) : null
    },
    /** The open proposals of the strategy this document belongs to. */
    async openOfDocument(documentId: string): Promise<Proposal[]> {
      const rows = await db
        .select(plain)
        .from(proposals)
        .innerJoin(strategies, eq(strategies.id, proposals.strategyId))
        .where(and(eq(strategies.documentId, documentId), eq(proposals.state, 'open')))
      return rows.map(proposal)
    },
    async decisions(proposalIds: readonly string[]): Promise<(Decision & { proposalId: string })[]> {
      if (proposalIds.length === 0) return []
      const rows = await db
        .select()
        .from(proposalDecisions)
        .where(inArray(proposalDecisions.proposalId, [...proposalIds]))
        .orderBy(asc(proposalDecisions.at))
      return rows.map((row) => ({ ...row, by: row.by as Id<'mem'> }))
    },
    /** Threads by proposal and change. */
    async threads(
      proposalIds: readonly string[],
    ): Promise<{ proposalId: string; changeId: string; threadId: string }[]> {
      if (proposalIds.length === 0) return []
      return db
        .select(getTableColumns(proposalThreads))
        .from(proposalThreads)
        .innerJoin(threads, eq(threads.id, proposalThreads.threadId))
        .where(and(inArray(proposalThreads.proposalId, [...proposalIds]), isNull(threads.withdrawnAt)))
    },
  }
}

export function proposalWriter(db: Db) {
  return {
    ...proposalReader(db),
    /** With its row held until the transaction ends: the branch is led by one hand at a time. */
    async lock(id: string): Promise<(Proposal & { readonly base: Uint8Array | null }) | null> {
      if (!isId('prp', id)) return null
      const [row] = await db.select().from(proposals).where(eq(proposals.id, id)).for('update')
      if (!row) return null
      const { base, ...rest } = row
      return { ...proposal(rest), base }
    },
    /**
     * Adds a proposal and its branch. The client ids in `update` are the strategy's: nobody may write on under them here.
     */
    async add(
      row: Pick<Proposal, 'id' | 'workspaceId' | 'strategyId' | 'documentId' | 'author'>,
      first: { readonly update: Uint8Array; readonly userId: string },
    ): Promise<void> {
      await documentWriter(db).add(
        { id: row.documentId, workspaceId: row.workspaceId },
        { ...first, clientsOf: null },
      )
      await db.insert(proposals).values(row)
    },
    async explain(id: string, why: string | null): Promise<void> {
      await db.update(proposals).set({ why }).where(eq(proposals.id, id))
    },
    async keepBase(id: string, base: Uint8Array): Promise<void> {
      await db.update(proposals).set({ base }).where(eq(proposals.id, id))
    },
    /** Ends a proposal; nobody writes in its branch from now on. */
    async close(
      { id, documentId }: Pick<Proposal, 'id' | 'documentId'>,
      ended: { readonly state: Exclude<ProposalState, 'open'>; readonly by: string; readonly at: Date },
    ): Promise<void> {
      await db
        .update(proposals)
        .set({ state: ended.state, closedBy: ended.by, closedAt: ended.at, base: null })
        .where(eq(proposals.id, id))
      await db
        .update(documents)
        .set({ accessRevision: sql`${documents.accessRevision} + 1` })
        .where(eq(documents.id, documentId))
    },
    async decided(proposalId: string, decisions: readonly Decision[]): Promise<void> {
      if (decisions.length === 0) return
      await db.insert(proposalDecisions).values(decisions.map((one) => ({ proposalId, ...one })))
    },
    async discuss(proposalId: string, changeId: string, threadId: string): Promise<void> {
      await db
        .insert(proposalThreads)
        .values({ proposalId, changeId, threadId })
        .onConflictDoUpdate({
          target: [proposalThreads.proposalId, proposalThreads.changeId],
          set: { threadId },
          // In the place of one whose last comment was deleted: were that put back, it stands beside the text only.
          setWhere: sql`exists (
            select from ${threads} gone where gone.id = ${proposalThreads.threadId} and gone.withdrawn_at is not null)`,
        })
    },
  }
}
