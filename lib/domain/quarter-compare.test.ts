import { expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import type { SealedActivity, SealedPlan } from './plan-seal'
import { compareQuarters, type QuarterSide } from './quarter-compare'

const department = newId('dep')
const [stays, moves, ends, comes, added] = [
  newId('act'),
  newId('act'),
  newId('act'),
  newId('act'),
  newId('act'),
]
const [kept, fresh] = [newId('mea'), newId('mea')]
const [gap, gone] = [newId('itm'), newId('itm')]
const positioning = newId('itm')

const activity = (id: SealedActivity['id'], more: Partial<SealedActivity> = {}): SealedActivity => ({
  id,
  title: `Activity ${id.slice(-4)}`,
  departmentId: department,
  ownerId: null,
  due: null,
  effort: null,
  serves: [],
  measures: [],
  ...more,
})

const plan = (cycle: string, more: Partial<SealedPlan>): SealedPlan => ({
  format: 1,
  cycle,
  strategy: null,
  positioning: null,
  gaps: [],
  activities: [],
  targets: [],
  ...more,
})

const words = (whom: string) => ({
  itemId: positioning,
  sentence: '',
  whom,
  problem: 'stores that no longer grow',
  solution: 'hands',
})
const aGap = (id: typeof gap, to: number) => ({
  id,
  code: 'G1',
  title: 'Our next size',
  from: 42,
  to,
  unit: null,
  by: null,
})
const target = (measureId: typeof kept, value: number) => ({
  measureId,
  name: 'Days to go live',
  unit: 'days',
  direction: 'down' as const,
  departmentId: null,
  baseline: 30,
  value,
})

const before: QuarterSide = {
  cycle: '2026-Q1',
  plan: plan('2026-Q1', {
    positioning: words('chains of any size'),
    gaps: [aGap(gap, 60), aGap(gone, 1)],
    activities: [activity(stays), activity(moves, { due: '2026-03-01' }), activity(ends)],
    targets: [target(kept, 22)],
  }),
  scope: {
    added: [{ activityId: added, title: 'A late idea', departmentId: department, effort: null, word: null }],
    dropped: [{ activityId: ends, title: '', departmentId: department, effort: null, word: null }],
    retargeted: [],
  },
  activities: [
    {
      id: moves,
      title: '',
      departmentId: department,
      effort: null,
      outcome: 'unfinished',
      carry: 'change',
      reason: 'Half of it first.',
    },
  ],
  measures: [
    {
      ...target(kept, 22),
      sealedTarget: 22,
      target: 20,
      actual: 24,
      actualOn: '2026-03-30',
      outcome: 'short',
    },
  ],
}
const after: QuarterSide = {
  cycle: '2026-Q2',
  plan: plan('2026-Q2', {
    positioning: words('chains with 10 to 300 stores'),
    gaps: [aGap(gap, 70)],
    activities: [
      activity(stays),
      activity(moves, { due: '2026-06-01' }),
      activity(comes),
      activity(added, { title: 'A late idea', due: '2026-05-01' }),
    ],
    targets: [target(kept, 18), target(fresh, 3)],
  }),
  scope: null,
  activities: [],
  measures: [],
}

test('every activity is in exactly one list: appeared, stayed, ended', () => {
  const { appeared, stayed, ended } = compareQuarters(before, after)
  expect(appeared.map(({ id }) => id)).toEqual([comes])
  expect(ended.map(({ id }) => id)).toEqual([ends])
  expect(ended[0]?.before?.dropped).toBe(true)
  expect(new Set(stayed.map(({ id }) => id))).toEqual(new Set([stays, moves, added]))
})

test('what moved is named; of what was added after the seal only what is known', () => {
  const { stayed } = compareQuarters(before, after)
  const moved = (id: string) => stayed.find((one) => one.id === id)
  expect(moved(stays)?.moves).toEqual([])
  expect(moved(moves)?.moves).toEqual([{ field: 'due', from: '2026-03-01', to: '2026-06-01' }])
  expect(moved(moves)?.before?.result?.reason).toBe('Half of it first.')
  expect(moved(added)?.before?.added).toBe(true)
  expect(moved(added)?.moves).toEqual([])
})

test('words, gaps and numbers: only what differs, and the seal counts', () => {
  const { words: said, gaps, measures } = compareQuarters(before, after)
  expect(said).toEqual([
    { word: 'whom', before: 'chains of any size', after: 'chains with 10 to 300 stores' },
  ])
  expect(gaps.map(({ id, before: was, after: is }) => [id, was?.to ?? null, is?.to ?? null])).toEqual([
    [gap, 60, 70],
    [gone, 1, null],
  ])
  expect(measures.find(({ measureId }) => measureId === kept)).toMatchObject({
    before: { target: 22, actual: 24, outcome: 'short' },
    after: { target: 18, actual: null, outcome: 'unread' },
  })
  expect(measures.find(({ measureId }) => measureId === fresh)?.before).toBeNull()
})

test('a quarter beside itself has changed nothing', () => {
  const same = compareQuarters(after, after)
  expect([same.words, same.gaps, same.appeared, same.ended]).toEqual([[], [], [], []])
  expect(same.stayed.flatMap(({ moves: all }) => all)).toEqual([])
})
