import type { Sql } from 'postgres'
import type { Grant } from '@/lib/collab/room/ports'
import { type Id, newId } from '@/lib/kit/ids'

/** A person with a session and, when they are a member, their rights. */
export interface StoredPerson {
  readonly userId: Id<'usr'>
  readonly sessionId: Id<'ses'>
  readonly memberId: Id<'mem'>
  readonly grant: Grant
}

export interface StoredWorld {
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'>
  readonly documentId: Id<'doc'>
  person(role: string): Promise<StoredPerson>
  /** One more strategy with its document, empty or with this first content. */
  strategy(first?: Uint8Array): Promise<{ strategyId: Id<'str'>; documentId: Id<'doc'> }>
}

/** Rows as the commands would leave them: a workspace, an owner, one strategy with an empty document. */
export async function storedWorld(sql: Sql): Promise<StoredWorld> {
  const workspaceId = newId('ws')
  await sql`insert into workspaces (id, name, slug, language) values (${workspaceId}, 'W', ${workspaceId}, 'en')`
  const person = async (role: string): Promise<StoredPerson> => {
    const userId = newId('usr')
    const sessionId = newId('ses')
    const memberId = newId('mem')
    await sql`insert into users (id, name, email) values (${userId}, ${`Name of ${role}`}, ${`${userId}@example.test`})`
    await sql`insert into sessions (id, user_id, expires_at) values (${sessionId}, ${userId}, now() + interval '1 day')`
    await sql`insert into members (id, workspace_id, user_id, role) values (${memberId}, ${workspaceId}, ${userId}, ${role})`
    return {
      userId,
      sessionId,
      memberId,
      grant: { memberId, memberRevision: 1, sessionId, documentAccessRevision: 1 },
    }
  }
  const owner = await person('owner')
  const strategy = async (first?: Uint8Array) => {
    const documentId = newId('doc')
    const strategyId = newId('str')
    await sql`insert into documents (id, workspace_id, seq, min_schema)
      values (${documentId}, ${workspaceId}, ${first ? 1 : 0}, 1)`
    if (first)
      await sql`insert into journal (document_id, seq, bytes, user_id)
        values (${documentId}, 1, ${Buffer.from(first)}, ${owner.userId})`
    await sql`insert into strategies (id, workspace_id, document_id, title, language, created_by)
      values (${strategyId}, ${workspaceId}, ${documentId}, 'S', 'en', ${owner.memberId})`
    return { strategyId, documentId }
  }
  return { workspaceId, person, strategy, ...(await strategy()) }
}
