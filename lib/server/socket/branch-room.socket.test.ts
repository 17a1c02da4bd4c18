import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Close } from '@/lib/collab/protocol/numbers'
import { syncFrame } from '@/lib/collab/protocol/write-frame'
import { type Id, newId } from '@/lib/kit/ids'
import { type CollabServer, startCollabServer } from '@/lib/testing/collab/collab-server'
import { RawClient } from '@/lib/testing/collab/raw-client'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'

let database: TestDatabase
let server: CollabServer
let world: StoredWorld
let adviser: StoredPerson
let partner: StoredPerson
let strategyId: Id<'str'>
let documentId: Id<'doc'>
let room: Id<'prp'>
let branchId: Id<'doc'>

/** Under this id the strategy's writer wrote; in the branch it is nobody's. */
const WRITER = 4711

beforeAll(async () => {
  database = await testDatabase()
  server = await startCollabServer({ databaseUrl: database.url })
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})
beforeEach(async () => {
  world = await storedWorld(database.sql)
  adviser = await world.person('adviser')
  partner = await world.person('partner')
  const doc = new Y.Doc()
  doc.clientID = WRITER
  doc.getText('text').insert(0, 'as it is')
  const first = Y.encodeStateAsUpdate(doc)
  ;({ strategyId, documentId } = await world.strategy(first))
  room = newId('prp')
  branchId = newId('doc')
  const { sql } = database
  await sql`insert into strategy_access (strategy_id, member_id, level)
    values (${strategyId}, ${adviser.memberId}, 'comment')`
  await sql`insert into documents (id, workspace_id, seq, min_schema)
    values (${branchId}, ${world.workspaceId}, 1, 1)`
  await sql`insert into journal (document_id, seq, bytes, user_id)
    values (${branchId}, 1, ${Buffer.from(first)}, ${adviser.userId})`
  await sql`insert into document_clients (document_id, client_id, user_id) values (${branchId}, ${WRITER}, null)`
  await sql`insert into proposals (id, workspace_id, strategy_id, document_id, author)
    values (${room}, ${world.workspaceId}, ${strategyId}, ${branchId}, ${adviser.memberId})`
})

async function text(of: string): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await server.engine.read(of)).update)
  return doc.getText('text').toString()
}

describe('the room of a proposal', () => {
  it('takes its author’s words, and the strategy gets none of them', async () => {
    const writes = await new RawClient(server, room, adviser.sessionId).handshake()
    const reads = await new RawClient(server, room, partner.sessionId).handshake()
    writes.send(
      syncFrame(
        'update',
        writes.change((doc) => doc.getText('text').insert(8, ', but better')),
      ),
    )
    await writes.saved(2)
    expect(await text(branchId)).toBe('as it is, but better')
    expect(await text(documentId)).toBe('as it is')
    writes.close()
    reads.close()
  })

  it('is no way into the strategy for whoever may only suggest', async () => {
    const raw = await new RawClient(server, strategyId, adviser.sessionId).handshake()
    raw.send(
      syncFrame(
        'update',
        raw.change((doc) => doc.getText('text').insert(0, 'Mine: ')),
      ),
    )
    expect((await raw.closed).code).toBe(Close.notAllowed)
    expect(await text(documentId)).toBe('as it is')
  })

  it('is only read by everybody else, whoever may write in the strategy', async () => {
    const raw = await new RawClient(server, room, partner.sessionId).handshake()
    raw.send(
      syncFrame(
        'update',
        raw.change((doc) => doc.getText('text').insert(0, 'Not mine: ')),
      ),
    )
    expect((await raw.closed).code).toBe(Close.notAllowed)
    expect(await text(branchId)).toBe('as it is')
  })

  it('lets nobody write on under the ids of those who wrote the strategy', async () => {
    const raw = await new RawClient(server, room, adviser.sessionId).handshake()
    raw.doc.clientID = WRITER
    raw.send(
      syncFrame(
        'update',
        raw.change((doc) => doc.getText('text').insert(8, ' forged')),
      ),
    )
    expect((await raw.closed).code).toBe(Close.notAllowed)
    expect(await text(branchId)).toBe('as it is')
  })

  it('closes with the proposal', async () => {
    const raw = await new RawClient(server, room, adviser.sessionId).handshake()
    await database.sql`update proposals set state = 'withdrawn', closed_at = now() where id = ${room}`
    await database.sql`update documents set access_revision = access_revision + 1 where id = ${branchId}`
    raw.send(
      syncFrame(
        'update',
        raw.change((doc) => doc.getText('text').insert(0, 'Late: ')),
      ),
    )
    expect((await raw.closed).code).toBe(Close.notAllowed)
    expect(await text(branchId)).toBe('as it is')
  })
})
