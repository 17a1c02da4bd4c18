import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tortures } from './registry'
import { summary } from './report'

test('every torture says what it proves, and docs/torture.md knows it and its planted faults', async () => {
  const docs = await readFile(path.join(import.meta.dirname, '../../../docs/torture.md'), 'utf8')
  for (const [name, load] of Object.entries(tortures)) {
    const command = await load()
    expect(command.proves.length).toBeGreaterThan(20)
    expect(command.rounds).toBeGreaterThan(0)
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    for (const word of command.plants)
      expect([name, word, row?.includes(`\`${word}\``)]).toEqual([name, word, true])
    expect([name, row !== undefined]).toEqual([name, true])
  }
})

test('a run ends with one line: name, seed, rounds, acknowledged, lost, figures, duration, verdict', () => {
  const outcome = {
    rounds: 2,
    acknowledged: 30,
    lost: 1,
    problems: ['round 1: lost <c0>'],
    figures: { kills: 2 },
  }
  expect(summary('kill', 7, outcome, 1_234)).toBe(
    'torture kill  seed 7  rounds 2  acknowledged 30  lost 1  kills 2  1.2 s  FAILED (1)',
  )
})
