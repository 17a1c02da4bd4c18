import { describe, expect, test } from 'vitest'
import type { Refusal } from './refusal'
import {
  cleanComment,
  cleanQuote,
  MAX_COMMENT,
  MAX_QUOTE,
  readOutcome,
  reopenThread,
  resolveThread,
  type Thread,
} from './thread'

const thread: Thread = {
  id: 'thr_1',
  workspaceId: 'ws_1',
  strategyId: 'str_1',
  anchor: { kind: 'words', root: 'policy', quote: 'chains', itemId: null, part: null },
  positioning: true,
  onDeletedText: false,
  standing: { state: 'open' },
  revision: 1,
  createdBy: 'mem_1',
  createdAt: new Date(0),
}
const at = new Date(1_000)
const refused = (act: () => unknown) => {
  try {
    act()
    return null
  } catch (error) {
    const { code, detail } = error as Refusal
    return [code, detail.field]
  }
}

describe('resolving', () => {
  test('on the positioning asks what became of it, and keeps it', () => {
    expect(refused(() => resolveThread(thread, 'mem_2', at, null))).toEqual(['outcome_required', 'outcome'])
    const outcome = readOutcome({ kind: 'watch', reason: ' margin\nbelow 8% ', until: '2026-09-29' })
    expect(outcome).toEqual({
      kind: 'watch',
      reason: 'margin below 8%',
      until: '2026-09-29',
      measureId: null,
    })
    const done = resolveThread(thread, 'mem_2', at, outcome)
    expect(done.standing).toEqual({ state: 'resolved', by: 'mem_2', at, outcome })
    expect(reopenThread(done).standing).toEqual({ state: 'open' })
  })

  test('elsewhere asks nothing and keeps nothing', () => {
    const done = resolveThread({ ...thread, positioning: false }, 'mem_2', at, {
      kind: 'adopted',
      reason: null,
    })
    expect(done.standing).toEqual({ state: 'resolved', by: 'mem_2', at, outcome: null })
  })

  test('twice changes nothing the second time', () => {
    const done = resolveThread(thread, 'mem_2', at, { kind: 'adopted', reason: null })
    expect(resolveThread(done, 'mem_3', new Date(2_000), null)).toBe(done)
    expect(reopenThread(thread)).toBe(thread)
  })
})

test.each([
  [{ kind: 'rejected', reason: ' ', until: '' }, ['required', 'reason']],
  [{ kind: 'watch', reason: '', until: '2026-09-29' }, ['required', 'reason']],
  [{ kind: 'watch', reason: 'x', until: '' }, ['required', 'until']],
  [{ kind: 'watch', reason: 'x', until: '2026-02-30' }, ['required', 'until']],
  [{ kind: 'watch', reason: 'x', until: '29/09/2026' }, ['required', 'until']],
  [{ kind: 'adopted', reason: 'x'.repeat(601), until: '' }, ['too_long', 'reason']],
] as const)('an outcome that is not whole is refused: %j', (given, expected) => {
  expect(refused(() => readOutcome(given))).toEqual(expected)
})

test('words of a comment keep their lines and lose what hides others', () => {
  expect(cleanComment(' one\r\ntwo\u0000\u202e\t三 ')).toBe('one\ntwo\t三')
  expect(cleanComment('👨‍👩‍👧')).toBe('👨‍👩‍👧')
  expect(refused(() => cleanComment(' \u200b\n'))).toEqual(['required', 'text'])
  expect(refused(() => cleanComment('字'.repeat(MAX_COMMENT + 1)))).toEqual(['too_long', 'text'])
  expect(cleanComment('😀'.repeat(MAX_COMMENT))).toHaveLength(2 * MAX_COMMENT)
})

test('a quote is one line of bounded length, and no character is cut in half', () => {
  expect(cleanQuote(' a\n b ')).toBe('a b')
  const long = cleanQuote('😀'.repeat(MAX_QUOTE + 5))
  expect([...long]).toHaveLength(MAX_QUOTE)
  expect(long.endsWith('😀…')).toBe(true)
})
