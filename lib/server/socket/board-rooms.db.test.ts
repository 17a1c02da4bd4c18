import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '@/lib/commands/context'
import { createActivity } from '@/lib/commands/create-activity'
import { settleActivity } from '@/lib/commands/settle-activities'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house, staff } from '@/lib/testing/builders'
import { makeAuthorizer } from './authorize'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

test('who joins the channel of a board, and who writes the description of an activity', async () => {
  const authorizer = makeAuthorizer(home.store.sql)
  const owner = await home.workspace()
  const [product, marketing] = await home.store.read.boards.list(owner.actor.workspaceId)
  const board = must(product, 'product')
  const [column] = await home.store.read.boards.columns([board.id])
  const to = { columnId: must(column, 'backlog').id, after: null, before: null }
  const { value } = await createActivity(owner, { boardId: board.id, to, title: 'x' })
  const insider = await home.member(owner, 'member')
  const outsider = await home.member(owner, 'member')
  await staff(home.store, board.departmentId, insider.actor.memberId)
  await staff(home.store, must(marketing, 'marketing').departmentId, outsider.actor.memberId)
  const people = {
    owner,
    insider,
    outsider,
    viewer: await home.member(owner, 'viewer'),
    adviser: await home.member(owner, 'adviser'),
    stranger: await home.workspace('Elsewhere'),
  }
  // The clock of the builders stands still in 2026; the database's does not.
  await home.store.sql`update sessions set expires_at = now() + interval '1 day'`
  const joins = async (room: string, { actor }: Context) => {
    const answer = await authorizer.resolve(room, { userId: actor.userId, sessionId: actor.sessionId })
    return typeof answer === 'string' ? answer : answer.kind === 'channel' ? 'listen' : answer.mode
  }
  const table = async (room: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([who, by]) => [who, await joins(room, by)] as const),
      ),
    )
  expect(await table(board.id)).toEqual({
    owner: 'listen',
    insider: 'listen',
    outsider: 'listen',
    viewer: 'listen',
    adviser: 'not_found',
    stranger: 'not_found',
  })
  const open = {
    owner: 'write',
    insider: 'write',
    outsider: 'read',
    viewer: 'read',
    adviser: 'not_found',
    stranger: 'not_found',
  }
  expect(await table(value.id)).toEqual(open)
  await settleActivity(owner, { activityId: value.id, status: 'archived' })
  expect(await table(value.id)).toEqual({ ...open, owner: 'read', insider: 'read' })
  expect(await joins(newId('brd'), owner)).toBe('not_found')
  expect(await joins(newId('act'), owner)).toBe('not_found')

  // An empty description is a document like any other: read, and written through its room.
  await settleActivity(owner, { activityId: value.id, status: 'active' })
  expect((await home.live.read(value.documentId)).seq).toBe(0)
  const { seq } = await home.live.edit(value.documentId, { userId: null, sessionId: null }, (doc) => {
    doc.getXmlFragment('preface')
    doc.getMap('meta').set('x', 'y')
  })
  expect(seq).toBe(1)
})
