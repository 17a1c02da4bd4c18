import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { tortureBus } from './bus'
import { apartFromTime } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const given = { people: 4, say: () => {} }

it('R5: without the bus people at two nodes still read each other, and nothing is lost', async () => {
  const outcome = await tortureBus({
    ...given,
    url: database.url,
    seed: 1,
    rounds: 1,
    outage: 3_000,
    plant: null,
  })
  expect(apartFromTime(outcome.problems)).toEqual([])
  expect(outcome.acknowledged).toBeGreaterThan(20)
}, 120_000)

it('R5: notices a node that hears nothing and asks nobody', async () => {
  const outcome = await tortureBus({
    ...given,
    url: database.url,
    seed: 1,
    rounds: 1,
    outage: 2_000,
    plant: 'deaf',
    patience: 1_500,
  })
  expect(outcome.problems.length).toBeGreaterThan(0)
}, 120_000)
