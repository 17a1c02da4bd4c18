import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { findRedis } from '@/lib/tools/house/redis.mjs'
import { sleepThrough } from './nodes-fence'
import { revokeAll } from './nodes-revoke'
import { rollOver } from './nodes-rolling'
import { apartFromTime, quietRun } from './testing'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.drop())

describe('ND10: nodes restarted in turn while people type', () => {
  it('they move over without loading anything anew, and nothing is lost', async () => {
    const run = quietRun({ rounds: 5, seed: 20_261_123 })
    const { problems, acknowledged, figures } = await rollOver({
      ...run,
      url: database.url,
      people: 8,
      killEvery: 5,
      // The way another version is started, with this one in its place: there is no second one here.
      other: process.cwd(),
    })
    expect(apartFromTime(problems)).toEqual([])
    expect(acknowledged).toBeGreaterThan(100)
    expect(figures?.reconnects).toBeGreaterThan(10)
  }, 120_000)

  it('notices a node that stores some rows without their words', async () => {
    const run = quietRun({ rounds: 1, seed: 20_261_123, plant: 'hollow-rows' })
    const { problems } = await rollOver({
      ...run,
      url: database.url,
      people: 4,
      killEvery: 5,
      patience: 4_000,
    })
    expect(problems.some((problem) => problem.startsWith('lost'))).toBe(true)
  }, 120_000)
})

describe('ND3: access that ends at one node', () => {
  const run = (bus: 'postgres' | 'redis', plant: string | null, rounds: number) =>
    revokeAll({ ...quietRun({ rounds, seed: 20_261_123, plant }), url: database.url, bus })

  it('ends at every node, bus up, cut and frozen, over PostgreSQL', async () => {
    expect(apartFromTime((await run('postgres', null, 6)).problems)).toEqual([])
  }, 120_000)

  it.skipIf(findRedis() === null)(
    'the same over Redis or Valkey',
    async () => {
      expect(apartFromTime((await run('redis', null, 6)).problems)).toEqual([])
    },
    120_000,
  )

  it('notices a node that hears nothing and asks nobody', async () => {
    const { problems } = await run('postgres', 'deaf', 2)
    expect(problems.join()).toMatch(/closed after Infinity/)
  }, 120_000)
})

describe('ND9: a node that slept while others went on', () => {
  const run = (plant: string | null) =>
    sleepThrough({ ...quietRun({ rounds: 1, seed: 20_261_123, plant }), url: database.url, sleep: 4_000 })

  it('stores nothing over what is newer, and has everything soon after it woke', async () => {
    const { problems, acknowledged } = await run(null)
    expect(problems).toEqual([])
    expect(acknowledged).toBeGreaterThan(20)
  }, 120_000)

  it('notices a snapshot that was stored over a newer one', async () => {
    expect((await run('no-fence')).problems.join()).toMatch(/stored over/)
  }, 120_000)
})
