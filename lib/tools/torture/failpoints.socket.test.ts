import { afterAll, beforeAll, expect, it } from 'vitest'
import { FAILPOINTS } from '@/lib/kit/failpoint'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { tortureCells } from './failpoints'
import { ACTIONS } from './fuse'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

/** Every place once, each with one of the misfortunes. */
const cells = FAILPOINTS.map((name, i) => ({ name, action: ACTIONS[i % ACTIONS.length] ?? 'kill' }))
const given = { seeds: [20_261_125], plant: null, say: () => {} }

it('R1: killed, thrown at or stalled at each of 12 places, nothing is lost', async () => {
  const outcome = await tortureCells({ ...given, url: database.url, cells, stall: 400 })
  expect(outcome.problems).toEqual([])
  expect(outcome.rounds).toBe(12)
  expect(outcome.acknowledged).toBeGreaterThan(500)
}, 240_000)

it('R1: notices an acknowledgement before the commit', async () => {
  const outcome = await tortureCells({
    ...given,
    url: database.url,
    cells: [{ name: 'recv', action: 'kill' }],
    stall: 500,
    plant: 'acknowledge-early',
    patience: 1_000,
  })
  expect(outcome.problems.length).toBeGreaterThan(0)
}, 120_000)
