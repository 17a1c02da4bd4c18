import { describe, expect, test } from 'vitest'
import { sealOf } from './canonical'
import {
  beginReviewOf,
  type CycleRow,
  type CycleState,
  cleanCycleNote,
  closeCycle,
  cycleStates,
  openCycle,
  resumeCycle,
} from './cycle-state'
import { Refusal } from './refusal'

const sealed = {
  seal: sealOf({ plan: 1 }),
  versionId: null,
  sealedAt: new Date('2026-07-06T07:45:00Z'),
  sealedBy: 'mem_1' as const,
}
const closing = {
  reviewId: 'rev_1' as const,
  resultHash: 'f00d',
  closedAt: new Date('2026-10-02T10:00:00Z'),
  closedBy: 'mem_1' as const,
}

function cycleIn(state: CycleState, cycle = '2026-Q3'): CycleRow {
  const base = { id: 'cyc_1' as const, workspaceId: 'ws_1' as const, cycle, revision: 1 }
  switch (state) {
    case 'planned':
      return { ...base, state }
    case 'closed':
      return { ...base, ...sealed, ...closing, state }
    default:
      return { ...base, ...sealed, state }
  }
}

const moves = {
  open: (cycle: CycleRow) => openCycle(cycle, [], sealed),
  review: beginReviewOf,
  resume: resumeCycle,
  close: (cycle: CycleRow) => closeCycle(cycle, closing),
}

function outcome(state: CycleState, move: keyof typeof moves): string {
  try {
    return moves[move](cycleIn(state)).state
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('the whole machine', () => {
  const table = Object.fromEntries(
    cycleStates.map((state) => [
      state,
      Object.fromEntries(
        (Object.keys(moves) as (keyof typeof moves)[]).map((move) => [move, outcome(state, move)]),
      ),
    ]),
  )
  expect(table).toEqual({
    planned: { open: 'running', review: 'cycle_step', resume: 'cycle_step', close: 'cycle_step' },
    running: { open: 'cycle_step', review: 'review', resume: 'running', close: 'cycle_step' },
    review: { open: 'cycle_step', review: 'review', resume: 'running', close: 'closed' },
    closed: { open: 'cycle_step', review: 'cycle_step', resume: 'cycle_step', close: 'cycle_step' },
  })
})

describe('opening', () => {
  const others = (state: CycleState, cycle: string) => [{ state, cycle }]

  test.each([
    ['planned', '2026-Q4', 'running'],
    ['closed', '2026-Q2', 'running'],
    ['running', '2026-Q2', 'cycle_running'],
    ['review', '2026-Q2', 'cycle_running'],
    ['running', '2026-Q4', 'cycle_running'],
    // The past is not planned anew once what came after it is closed.
    ['closed', '2026-Q4', 'cycle_step'],
  ] as const)('beside a quarter that is %s, %s: %s', (state, cycle, expected) => {
    let answer: string
    try {
      answer = openCycle(cycleIn('planned'), others(state, cycle), sealed).state
    } catch (error) {
      answer = error instanceof Refusal ? error.code : String(error)
    }
    expect(answer).toBe(expected)
  })

  test('the seal of the plan goes through every later state unchanged', () => {
    const running = openCycle(cycleIn('planned'), [], sealed)
    const closed = closeCycle(beginReviewOf(resumeCycle(beginReviewOf(running))), closing)
    expect(closed.seal).toBe(sealed.seal)
    expect(closed.revision).toBe(6)
  })

  test('what stays as it is keeps its revision', () => {
    const review = cycleIn('review')
    expect(beginReviewOf(review)).toBe(review)
  })
})

test('a note says something', () => {
  expect(cleanCycleNote('  Spring Festival took two weeks. ')).toBe('Spring Festival took two weeks.')
  expect(() => cleanCycleNote(' \u200b ')).toThrow(Refusal)
})
