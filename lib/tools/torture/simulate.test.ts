import { expect, test } from 'vitest'
import { simulateSchedules } from './simulate'
import { quietRun } from './testing'

test('R2: the command runs the found seeds first, and then those that were asked for', async () => {
  const outcome = await simulateSchedules.run(quietRun({ rounds: 3, seed: 9 }))
  expect(outcome.problems).toEqual([])
  expect(outcome.rounds).toBe(11)
  expect(outcome.acknowledged).toBeGreaterThan(50)
})

test('R2: the command notices a planted fault', async () => {
  const outcome = await simulateSchedules.run(quietRun({ rounds: 80, seed: 1, plant: 'forget-last-row' }))
  expect(outcome.problems.length).toBeGreaterThan(0)
})
