import { describe, expect, test } from 'vitest'
import { carried, cleanCarryOver, fatesOf, isUnfinished } from './carry-over'
import type { Change } from './change'
import type { Measure } from './measure'
import type { SealedPlan } from './plan-seal'
import { Refusal } from './refusal'
import { movesScope, movesTarget, scopeSince } from './scope'

const target = (value: number, cycle = '2026-Q3') => [{ cycle, value }]
const measure = (over: Partial<Measure> = {}): Measure => ({
  id: 'mea_1',
  workspaceId: 'ws_1',
  departmentId: null,
  name: 'Days to go live',
  unit: 'days',
  direction: 'down',
  baseline: null,
  baselineOn: null,
  targets: target(14),
  ownerId: null,
  cadence: 'weekly',
  serves: [],
  status: 'active',
  revision: 1,
  ...over,
})
const activity = (id: `act_${string}`, over = {}) => ({
  id,
  title: id,
  departmentId: 'dep_1' as const,
  effort: 3,
  cycle: '2026-Q3',
  status: 'active' as const,
  halt: null,
  ...over,
})
const plan: SealedPlan = {
  format: 1,
  cycle: '2026-Q3',
  strategy: null,
  positioning: null,
  gaps: [],
  activities: ['act_1', 'act_2', 'act_3'].map((id) => ({
    ...activity(id as 'act_1'),
    ownerId: null,
    due: null,
    serves: [],
    measures: [],
  })),
  targets: [{ ...measure(), measureId: 'mea_1', value: 14 }],
}
const changed = (
  subjectId: string,
  revision: number,
  diff: Change['diff'],
  reason: string | null,
): Change => ({
  id: `chg_${revision}`,
  workspaceId: 'ws_1',
  boardId: null,
  activityId: null,
  kind: subjectId.startsWith('act') ? 'activity' : 'measure',
  subjectId,
  revision,
  verb: 'edited',
  diff,
  by: 'mem_7',
  at: new Date(Date.UTC(2026, 7, revision)),
  reason,
})

describe('what changed since the seal', () => {
  const now = {
    activities: [
      activity('act_1'),
      activity('act_2', { halt: 'stopped' }),
      activity('act_4'),
      activity('act_5', { cycle: '2026-Q4' }),
    ],
    measures: [measure({ targets: target(18) }), measure({ id: 'mea_2', targets: target(3) })],
  }
  const scope = scopeSince(plan, now, [
    changed('act_2', 2, { halt: [null, 'blocked'] }, 'waiting'),
    changed('act_2', 3, { halt: ['blocked', 'stopped'] }, 'crew of two was ill'),
    changed('act_2', 4, { title: ['a', 'b'] }, 'not about the scope'),
    changed('mea_1', 5, { targets: [[], []] }, 'crew of two was ill'),
  ])

  test('added, dropped, re-targeted: exactly those', () => {
    expect(scope.added.map(({ activityId }) => activityId)).toEqual(['act_4'])
    // act_3 is gone altogether.
    expect(scope.dropped.map(({ activityId }) => activityId)).toEqual(['act_2', 'act_3'])
    expect(scope.retargeted.map(({ measureId, from, to }) => [measureId, from, to])).toEqual([
      ['mea_1', 14, 18],
      ['mea_2', null, 3],
    ])
  })

  test('with the author and the reason of the last change that touched the scope', () => {
    expect(scope.dropped[0]?.word).toEqual({
      changeId: 'chg_3',
      by: 'mem_7',
      at: new Date(Date.UTC(2026, 7, 3)),
      reason: 'crew of two was ill',
    })
    expect(scope.retargeted[0]?.word?.reason).toBe('crew of two was ill')
    expect(scope.added[0]?.word).toBeNull()
  })

  test('what was taken back is not in it', () => {
    const same = {
      activities: ['act_1', 'act_2', 'act_3'].map((id) => activity(id as 'act_1')),
      measures: [measure()],
    }
    const back = scopeSince(plan, same, [changed('act_2', 2, { halt: [null, 'stopped'] }, null)])
    expect([...back.added, ...back.dropped, ...back.retargeted]).toEqual([])
  })
})

test.each([
  ['nothing is sealed', null, { cycle: null }, { cycle: '2026-Q3' }, false],
  ['into the quarter', '2026-Q3', { cycle: null }, {}, true],
  ['out of it', '2026-Q3', {}, { cycle: '2026-Q4' }, true],
  ['stopped', '2026-Q3', {}, { halt: 'stopped' as const }, true],
  ['blocked', '2026-Q3', {}, { halt: 'blocked' as const }, false],
  ['archived', '2026-Q3', {}, { status: 'archived' as const }, false],
  ['between two others', '2026-Q3', { cycle: '2026-Q1' }, { cycle: '2026-Q4' }, false],
])('a reason is asked for: %s', (_title, sealed, before, after, expected) => {
  expect(movesScope(activity('act_1', before), activity('act_1', after), sealed)).toBe(expected)
})

test('a reason is asked for a target of the sealed quarter, not for the next one', () => {
  expect(movesTarget(measure(), measure({ targets: target(18) }), '2026-Q3')).toBe(true)
  expect(
    movesTarget(measure(), measure({ targets: [...target(14), ...target(12, '2026-Q4')] }), '2026-Q3'),
  ).toBe(false)
  expect(movesTarget(measure(), measure({ status: 'archived' }), '2026-Q3')).toBe(true)
  expect(movesTarget(measure(), measure({ targets: target(18) }), null)).toBe(false)
})

describe('carry-over', () => {
  test.each([
    ['doing', {}, 'do', true],
    ['running over from the quarter before', { cycle: '2026-Q2' }, 'check', true],
    ['done', {}, 'act', false],
    ['stopped', { halt: 'stopped' as const }, 'do', false],
    ['archived', { status: 'archived' as const }, 'do', false],
    ['of the next quarter', { cycle: '2026-Q4' }, 'plan', false],
    ['of none', { cycle: null }, 'plan', false],
  ] as const)('%s is unfinished: %s', (_title, over, phase, expected) => {
    expect(isUnfinished(activity('act_1', over), phase, '2026-Q3')).toBe(expected)
  })

  test('changing and stopping want a reason, going on does not', () => {
    expect(cleanCarryOver('continue', ' ')).toEqual({ fate: 'continue', reason: null })
    expect(cleanCarryOver('stop', 'Nobody asked for it.')).toEqual({
      fate: 'stop',
      reason: 'Nobody asked for it.',
    })
    for (const fate of ['change', 'stop', 'forget']) expect(() => cleanCarryOver(fate, '')).toThrow(Refusal)
  })

  test('goes into the next quarter, or stops where it lies', () => {
    expect(carried(activity('act_1'), 'continue', '2026-Q4').cycle).toBe('2026-Q4')
    expect(carried(activity('act_1'), 'change', '2026-Q4').cycle).toBe('2026-Q4')
    expect(carried(activity('act_1'), 'stop', '2026-Q4')).toMatchObject({ cycle: '2026-Q3', halt: 'stopped' })
  })

  test('each has exactly one fate, and what nobody decided is asked for', () => {
    const unfinished = [{ id: 'act_1' as const }, { id: 'act_2' as const }]
    const decided = new Map([['act_1', { fate: 'stop' as const, reason: 'no' }]])
    expect(() => fatesOf(unfinished, decided, null)).toThrow(Refusal)
    expect([...fatesOf(unfinished, decided, 'continue')].map(([id, { fate }]) => [id, fate])).toEqual([
      ['act_1', 'stop'],
      ['act_2', 'continue'],
    ])
  })
})
