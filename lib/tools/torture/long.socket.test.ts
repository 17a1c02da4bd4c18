import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { CannotRun } from './command'
import { disk } from './disk'
import { soakFor, theilSen } from './soak'
import { quietRun } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const given = { seed: 20_261_127, plant: null, say: () => {} }

it('R9: after people came and went everything is let go', async () => {
  const outcome = await soakFor({ ...given, url: database.url, rounds: 3, ms: 60_000 })
  expect(outcome.problems).toEqual([])
  expect(outcome.acknowledged).toBeGreaterThan(50)
}, 120_000)

it('R9: notices a server that keeps something of every load', async () => {
  const outcome = await soakFor({ ...given, url: database.url, rounds: 4, ms: 60_000, plant: 'leak' })
  expect(outcome.problems.join()).toContain('the heap grows')
}, 120_000)

it('R9: the slope is that of most points', () => {
  const line = Array.from({ length: 20 }, (_, x) => ({ x, y: 3 * x + (x === 7 ? 500 : 0) }))
  expect(theilSen(line)).toBe(3)
})

it('R7: a full disk acknowledges nothing, and afterwards everything is there', async ({ skip }) => {
  // On a server of its own: a full volume keeps a whole server from its checkpoints, and other tests from theirs.
  const outcome = await disk.run(quietRun({ rounds: 1, seed: 20_261_127 })).catch((error: unknown) => {
    if (error instanceof CannotRun) return null
    throw error
  })
  if (!outcome) return skip('no small file system can be mounted here')
  expect(outcome.problems).toEqual([])
}, 120_000)
