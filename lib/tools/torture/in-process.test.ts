import { expect, test } from 'vitest'
import { tortures } from './registry'
import { quietRun } from './testing'

/** Short forms of those that need no database, and what each must notice. */
test.each([
  ['S3', 'viewers', 300, 'one-may-write'],
  ['S4', 'origins', 1, 'trusts-suffix'],
  ['S5', 'presence', 200, 'borrowed-name'],
  ['R6', 'stores', 200, 'empty-snapshot'],
  ['R13', 'rebuild', 500, 'forget-last-row'],
])(
  '%s: %s finds nothing in %i rounds, and notices "%s"',
  async (_goal, name, rounds, plant) => {
    const command = await tortures[name]?.()
    const honest = await command?.run(quietRun({ rounds, seed: 20_261_126 }))
    expect(honest?.problems).toEqual([])
    expect(honest?.rounds).toBeGreaterThanOrEqual(rounds)
    const planted = await command?.run(quietRun({ rounds, seed: 20_261_126, plant }))
    expect(planted?.problems).not.toEqual([])
  },
  60_000,
)
