import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Authorizer } from '@/lib/collab/room/ports'
import { type Role, roles } from '@/lib/domain/role'
import { newId } from '@/lib/kit/ids'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { makeAuthorizer } from './authorize'

let database: TestDatabase
let authorizer: Authorizer
let world: StoredWorld
const people = new Map<Role, StoredPerson>()

beforeAll(async () => {
  database = await testDatabase()
  authorizer = makeAuthorizer(database.sql)
  world = await storedWorld(database.sql)
  for (const role of roles) people.set(role, await world.person(role))
})
afterAll(() => database.drop())

async function mayDo(room: string, who: StoredPerson | undefined): Promise<string> {
  if (!who) throw new Error('a person expected')
  const answer = await authorizer.resolve(room, who)
  if (typeof answer === 'string') return answer
  return answer.kind === 'channel' ? 'listen' : answer.mode
}

async function table(strategyId: string): Promise<Record<string, string>> {
  const rows = await Promise.all(
    roles.map(async (role) => [role, await mayDo(strategyId, people.get(role))] as const),
  )
  return Object.fromEntries(rows)
}

const usual = {
  owner: 'write',
  partner: 'write',
  manager: 'read',
  member: 'read',
  adviser: 'not_found',
  viewer: 'read',
}

describe('who may join which room', () => {
  it('AU2: role by role, in an active, an archived and a trashed strategy', async () => {
    expect(await table(world.strategyId)).toEqual(usual)
    await database.sql`update strategies set status = 'archived' where id = ${world.strategyId}`
    expect(await table(world.strategyId)).toEqual({ ...usual, owner: 'read', partner: 'read' })
    await database.sql`update strategies set status = 'trashed' where id = ${world.strategyId}`
    expect(await table(world.strategyId)).toEqual({
      owner: 'read',
      partner: 'read',
      manager: 'not_found',
      member: 'not_found',
      adviser: 'not_found',
      viewer: 'not_found',
    })
    await database.sql`update strategies set status = 'active' where id = ${world.strategyId}`
  })

  it('AU2: what a member was given in one strategy counts there and nowhere else', async () => {
    const { strategyId } = await world.strategy()
    const give = (role: Role, level: string) =>
      database.sql`insert into strategy_access (strategy_id, member_id, level)
        values (${strategyId}, ${people.get(role)?.memberId ?? ''}, ${level})`
    await give('member', 'edit')
    await give('adviser', 'comment')
    await give('partner', 'none')
    await give('viewer', 'edit')
    expect(await table(strategyId)).toEqual({
      ...usual,
      member: 'write',
      adviser: 'read',
      partner: 'not_found',
    })
    expect(await table(world.strategyId)).toEqual(usual)
  })

  it('AU2: missing, foreign, deleted and malformed rooms are one answer', async () => {
    const foreign = await storedWorld(database.sql)
    const owner = people.get('owner')
    for (const room of [
      foreign.strategyId,
      foreign.workspaceId,
      newId('str'),
      newId('ws'),
      '',
      'str_',
      world.documentId,
    ])
      expect([room, await mayDo(room, owner)]).toEqual([room, 'not_found'])
    const gone = await storedWorld(database.sql)
    const there = await gone.person('owner')
    expect(await mayDo(gone.strategyId, there)).toBe('write')
    expect(await mayDo(gone.workspaceId, there)).toBe('listen')
    await database.sql`update workspaces set deleted_at = now() where id = ${gone.workspaceId}`
    expect([await mayDo(gone.strategyId, there), await mayDo(gone.workspaceId, there)]).toEqual([
      'not_found',
      'not_found',
    ])
  })

  it('AU2: everybody in a workspace listens to it; who left does not', async () => {
    for (const role of roles) expect(await mayDo(world.workspaceId, people.get(role))).toBe('listen')
    const leaver = await world.person('partner')
    await database.sql`update members set removed_at = now() where id = ${leaver.memberId}`
    expect([await mayDo(world.workspaceId, leaver), await mayDo(world.strategyId, leaver)]).toEqual([
      'not_found',
      'not_found',
    ])
  })

  it('RV2: a session that ended, or is somebody else’s, opens nothing', async () => {
    const one = await world.person('partner')
    const two = await world.person('partner')
    expect(await mayDo(world.strategyId, { ...one, sessionId: two.sessionId })).toBe('not_signed_in')
    await database.sql`update sessions set revoked_at = now() where id = ${one.sessionId}`
    expect(await mayDo(world.strategyId, one)).toBe('not_signed_in')
    expect(await mayDo(world.workspaceId, one)).toBe('not_signed_in')
  })

  it('PS2: the name and the colour are the database’s', async () => {
    const who = people.get('owner')
    if (!who) throw new Error('an owner expected')
    const answer = await authorizer.resolve(world.strategyId, who)
    expect(answer).toMatchObject({
      documentId: world.documentId,
      workspaceId: world.workspaceId,
      grant: {
        memberId: who.memberId,
        memberRevision: 1,
        sessionId: who.sessionId,
        documentAccessRevision: 1,
      },
      identity: {
        userId: who.userId,
        memberId: who.memberId,
        name: 'Name of owner',
        color: expect.stringMatching(/^#[0-9A-F]{6}$/),
      },
    })
  })
})
