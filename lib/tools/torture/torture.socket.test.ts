import { expect, it } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { AppVictim } from './app-victim'
import { CollabVictim } from './collab-victim'
import { torture } from './torture'

it('DR4: kill -9 while four people type, 20 times: nothing promised or seen is lost', async () => {
  const database = await testDatabase()
  try {
    const report = await torture({ victim: new CollabVictim(database.url), rounds: 20, seed: 20_261_122 })
    expect(report.problems).toEqual([])
    expect(report.kills).toBe(20)
    expect(report.acknowledged).toBeGreaterThan(200)
    expect(report.seen).toBeGreaterThan(200)
  } finally {
    await database.drop()
  }
}, 300_000)

it('DR4: kill -9 of the whole app while four people type, 20 times, on its own database', async () => {
  const report = await torture({ victim: new AppVictim(), rounds: 20, seed: 20_261_123 })
  expect(report.problems).toEqual([])
  expect(report.kills).toBe(20)
  expect(report.acknowledged).toBeGreaterThan(200)
  expect(report.seen).toBeGreaterThan(200)
}, 300_000)

it.each(['acknowledge-early', 'forget-last-row'])(
  'DR4: notices the planted fault "%s"',
  async (fault) => {
    const database = await testDatabase()
    try {
      const victim = new CollabVictim(database.url, { PLANT: fault })
      const report = await torture({ victim, rounds: 2, seed: 20_261_124, patience: 1_500 })
      expect(report.problems.length).toBeGreaterThan(0)
    } finally {
      await database.drop()
    }
  },
  120_000,
)
