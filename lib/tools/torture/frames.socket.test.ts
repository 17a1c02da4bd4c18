import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { frames } from './frames'
import { stormSockets } from './frames-sockets'
import { apartFromTime, quietRun } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

it('R3: malformed frames over sockets: the server lives, and honest people in the same document are all saved', async () => {
  const outcome = await stormSockets({ url: database.url, seed: 3, rounds: 1_500, plant: null })
  expect(apartFromTime(outcome.problems)).toEqual([])
  expect(outcome.rounds).toBeGreaterThanOrEqual(1_500)
  expect(outcome.acknowledged).toBeGreaterThan(20)
}, 120_000)

it('R3: notices a server that stands still', async () => {
  const outcome = await stormSockets({ url: database.url, seed: 4, rounds: 400, plant: 'stall' })
  expect(outcome.problems.join()).toContain('stood still')
}, 120_000)

it('R3: the command counts frames and notices a planted fault', async () => {
  const honest = await frames.run(quietRun({ rounds: 2_000, seed: 5 }))
  expect([honest.rounds, honest.problems]).toEqual([2_000, []])
  const planted = await frames.run(quietRun({ rounds: 4_000, seed: 5, plant: 'forget-content' }))
  expect(planted.problems.length).toBeGreaterThan(0)
}, 60_000)
