import { eq, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import type { Db } from '../database'
import { documentClients, documents, journal } from '../schema'

/** Yjs documents as rows. Their content is the sync engine's (`journal.ts`); here is how one comes into being. */
export function documentReader(db: Db) {
  return {
    /** Whose each Yjs client id of a document is; null: the server's. Says who wrote every struct in it. */
    async clients(documentId: string): Promise<ReadonlyMap<number, string | null>> {
      const rows = await db
        .select({ client: documentClients.clientId, userId: documentClients.userId })
        .from(documentClients)
        .where(eq(documentClients.documentId, documentId))
      return new Map(rows.map((row) => [row.client, row.userId]))
    },
    /** The last committed journal row, or null: no such document. */
    async seq(documentId: string): Promise<number | null> {
      const [row] = await db
        .select({ seq: documents.seq })
        .from(documents)
        .where(eq(documents.id, documentId))
      return row?.seq ?? null
    },
  }
}

export interface FirstContent {
  /** A whole state, as one Yjs update (V1) of ours; never a client's own bytes. */
  readonly update: Uint8Array
  /** Who did it, for the history. */
  readonly userId: string
  /**
   * To whom the client ids in `update` belong: the user, when they are fresh. Null in a fork: they are the origin's,
   * and whoever wrote on under them here would clash with what is written under them there.
   */
  readonly clientsOf: string | null
}

export function documentWriter(db: Db) {
  return {
    ...documentReader(db),
    /**
     * Adds a document with its first content, written straight into the journal as row 1: nobody can be in its room
     * before this transaction ends.
     */
    async add(
      row: { readonly id: string; readonly workspaceId: string; readonly minSchema?: number },
      first: FirstContent,
    ): Promise<void> {
      const { id: documentId, ...rest } = row
      await db.insert(documents).values({ id: documentId, ...rest, seq: 1 })
      await db.insert(journal).values({ documentId, seq: 1, bytes: first.update, userId: first.userId })
      const clients = [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(first.update)).keys()]
      // One array as a parameter, not a row of parameters each: a fork may name thousands.
      if (clients.length > 0)
        await db.execute(sql`
          insert into document_clients (document_id, client_id, user_id)
          select ${documentId}, c, ${first.clientsOf} from unnest(${`{${clients.join(',')}}`}::int8[]) as c`)
    },
  }
}
