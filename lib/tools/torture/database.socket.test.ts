import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { tortureOutages } from './database'
import { apartFromTime } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const given = { people: 4, patience: 30_000, plant: null, say: () => {} }

it('R4, DR3: refused and frozen: "not saved yet" is read, and everything is there once afterwards', async () => {
  const outcome = await tortureOutages({
    ...given,
    url: database.url,
    seed: 0,
    rounds: 2,
    outage: 4_500,
    modes: ['refuse', 'freeze'],
  })
  expect(apartFromTime(outcome.problems)).toEqual([])
  expect(outcome.acknowledged).toBeGreaterThan(20)
}, 120_000)

it('R4: a connection that ends between a commit and its answer neither loses nor doubles anything', async () => {
  const outcome = await tortureOutages({
    ...given,
    url: database.url,
    seed: 0,
    rounds: 1,
    outage: 2_000,
    modes: ['cut'],
  })
  expect(apartFromTime(outcome.problems)).toEqual([])
  expect(outcome.figures?.['answers cut off']).toBeGreaterThan(0)
}, 120_000)

it('R4: notices a server that takes an unanswered batch for a stored one', async () => {
  const outcome = await tortureOutages({
    ...given,
    url: database.url,
    seed: 0,
    rounds: 1,
    outage: 2_000,
    patience: 2_000,
    plant: 'never-retry',
    modes: ['refuse'],
  })
  expect(outcome.problems.length).toBeGreaterThan(0)
}, 120_000)
