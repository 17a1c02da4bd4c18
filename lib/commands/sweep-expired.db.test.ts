import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { attachFile } from './attach-file'
import { changeFilter } from './change-filter'
import { deleteWorkspace } from './delete-workspace'
import { openProposal } from './open-proposal'
import { restoreWorkspace } from './restore-workspace'
import { createSample } from './sample-workspace'
import { speakOfActivity } from './speak-of-activity'
import { sweepExpired } from './sweep-expired'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const DAY = 86_400_000

/** How many rows each table holds. */
async function counts(): Promise<Record<string, number>> {
  const { sql } = home.store
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${sql(name)}`
      return [name, row?.n ?? 0] as const
    }),
  )
  return Object.fromEntries(rows)
}

test('a deleted workspace is brought back for thirty days, then nothing of it is left, and nothing else is missing', async () => {
  const other = await home.workspace('Elsewhere')
  const founder = await home.workspace('Own')
  const before = await counts()
  const { id, slug } = await createSample(founder, { language: 'en' })
  const actor = must(
    await home.store.read.members.actor(slug, founder.user.id, founder.sessionId),
    'the founder',
  )
  const inside = { ...founder, actor }
  const boards = await home.store.read.boards.list(id)
  const [activity] = await home.store.read.activities.onBoards(boards.map((board) => board.id))
  const activityId = must(activity, 'the example has activities').id
  async function* bytes() {
    yield new TextEncoder().encode('words')
  }
  await attachFile(inside, { activityId, name: 'a.txt', body: bytes(), declared: null })
  await speakOfActivity(inside, { speech: { do: 'say', activityId, text: 'A word' } })
  await changeFilter(inside, { change: { do: 'save', name: 'Late', query: 'due=late', shared: true } })
  const workspace = must(await home.store.read.workspaces.find(id), 'the example')
  const strategyId = must(workspace.currentStrategyId, 'its strategy')
  await openProposal(inside, { strategyId })

  await deleteWorkspace(inside, { name: workspace.name })
  home.pass(29 * DAY)
  await sweepExpired(home.store, home.now())
  const restored = await restoreWorkspace(founder, { workspaceId: id })
  expect(await home.store.read.workspaces.find(restored.slug)).toMatchObject({ id })
  await deleteWorkspace(inside, { name: workspace.name })
  home.pass(30 * DAY)
  expect((await refusal(restoreWorkspace(founder, { workspaceId: id }))).code).toBe('not_found')
  await sweepExpired(home.store, home.now())
  const { sessions: _s, rate_limits: _r, ...after } = await counts()
  const { sessions: _t, rate_limits: _q, ...expected } = before
  expect(after).toEqual(expected)
  expect(await home.store.read.workspaces.find(other.actor.workspaceId)).not.toBeNull()
})
