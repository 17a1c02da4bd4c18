import { describe, expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import { type Activity, edit, overdue, place, settle } from './activity'
import { type Card, cardOf, cardsStamp, mergeCards, packCards, plainCard, unpackCards } from './card'
import { diffOf, undoOf } from './change'
import { changeChecklist } from './checklist'
import {
  addColumn,
  type Column,
  limitColumn,
  moveColumn,
  overLimit,
  removeColumn,
  usualColumns,
} from './column'
import { cycleOf, nextCycle } from './cycle'
import { addMonths, isDay } from './day-text'
import { type HandOff, handOffMoves, handOffStates, stepHandOff } from './hand-off'
import { cleanTargets, reached, targetFor, wayDone } from './measure'
import { dueOccurrence, occurrence } from './recurring'
import { Refusal } from './refusal'
import { closesCircle } from './relation'
import { cleanServes, readServe } from './serves'
import { type TraceItem, type TraceMeasure, traceOf } from './trace'

function activity(given: Partial<Activity> = {}): Activity {
  return {
    id: 'act_1',
    workspaceId: 'ws_1',
    boardId: 'brd_1',
    columnId: 'col_1',
    place: 'a0',
    title: 'An activity',
    documentId: 'doc_1',
    ownerId: null,
    helpers: [],
    watchers: [],
    cycle: null,
    start: null,
    due: null,
    priority: null,
    effort: null,
    labels: [],
    serves: [],
    measures: [],
    checklist: [],
    halt: null,
    status: 'active',
    revision: 1,
    createdBy: 'mem_1',
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...given,
  }
}

function refused(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

describe('place', () => {
  const cards = [
    { id: 'act_a', place: 'a0' },
    { id: 'act_b', place: 'a1' },
    { id: 'act_c', place: 'a2' },
  ]
  const put = (after: string | null, before: string | null) => {
    const moved = place(
      activity({ id: 'act_x', columnId: 'col_9' }),
      { columnId: 'col_1', after, before },
      cards,
    )
    return [...cards, moved]
      .sort(inOrder)
      .map(({ id }) => id.slice(4))
      .join('')
  }
  test.each([
    ['below a card', 'act_a', 'act_b', 'axbc'],
    ['on top', null, 'act_a', 'xabc'],
    ['at the end', null, null, 'abcx'],
    ['the one above is gone: before the one below', 'act_gone', 'act_c', 'abxc'],
    ['both are gone: at the end', 'act_gone', 'act_gone2', 'abcx'],
    ['they stand apart now: the one above counts', 'act_c', 'act_a', 'abcx'],
    ['above the first, whose neighbour is gone', 'act_gone', 'act_a', 'xabc'],
  ])('%s', (_, after, before, order) => expect(put(after, before)).toBe(order))

  test('where it lies already nothing changes', () => {
    const b = activity({ id: 'act_b', place: 'a1' })
    for (const to of [
      { after: 'act_a', before: 'act_c' },
      { after: null, before: 'act_c' },
    ])
      expect(place(b, { columnId: 'col_1', ...to }, cards)).toBe(b)
  })

  test('between two of one key it goes behind both', () => {
    const twins = [
      { id: 'act_a', place: 'a0' },
      { id: 'act_b', place: 'a0' },
      { id: 'act_c', place: 'a1' },
    ]
    const moved = place(
      activity({ id: 'act_x', columnId: 'col_9' }),
      { columnId: 'col_1', after: 'act_a', before: 'act_b' },
      twins,
    )
    expect(moved.place > 'a0' && moved.place < 'a1').toBe(true)
  })
})

/**
 * One server, three clients who guess with the same rule, and news that come late, twice and in any order. In the end
 * everybody has what a fresh read shows, and no card is lost or doubled.
 */
test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'random moves by several hands, delayed and repeated news: walk %i',
  (seed) => {
    let state = seed * 7919
    const roll = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
      return (state >> 8) % below
    }
    const columns = ['col_1', 'col_2', 'col_3'] as const
    const server = new Map<string, Activity>()
    const active = (columnId: string) =>
      [...server.values()].filter((one) => one.columnId === columnId && one.status === 'active')
    const write = (before: Activity, after: Activity) => {
      if (after === before) return
      const next = { ...after, revision: before.revision + 1 }
      server.set(next.id, next)
      const card = cardOf(next)
      for (const client of clients) for (let n = 0; n <= roll(2); n++) client.mail.push(card)
    }
    const clients = [0, 1, 2].map(() => ({
      cards: new Map() as ReadonlyMap<string, Card>,
      mail: [] as Card[],
    }))
    for (let n = 0; n < 30; n++) {
      const columnId = columns[roll(3)] ?? 'col_1'
      const fresh = { ...activity({ id: `act_${n}`, columnId: 'col_0' }), revision: 0 }
      write(fresh, place(fresh, { columnId, after: null, before: null }, active(columnId)))
    }
    for (let n = 0; n < 400; n++) {
      const client = clients[roll(3)]
      const id = `act_${roll(30)}`
      const before = server.get(id)
      if (!client || !before) throw new Error('assertion failed')
      const columnId = columns[roll(3)] ?? 'col_1'
      // The client names the neighbours it sees, however old its picture is.
      const seen = [...client.cards.values()].filter((card) => card.columnId === columnId).sort(inOrder)
      const at = roll(seen.length + 1)
      const to = { columnId, after: seen[at - 1]?.id ?? null, before: seen[at]?.id ?? null }
      const kind = roll(10)
      if (kind < 7 && before.status === 'active') write(before, place(before, to, active(columnId)))
      else if (kind === 7) write(before, settle(before, 'archived'))
      else if (kind === 8 && before.status === 'archived') {
        const nowhere = { ...settle(before, 'active'), columnId: 'col_0' as Activity['columnId'] }
        write(before, place(nowhere, { columnId, after: null, before: null }, active(columnId)))
      } else if (before.status === 'active') write(before, edit(before, { title: `Title ${n}` }))
      for (let taken = roll(4); taken > 0 && client.mail.length > 0; taken--) {
        const [card] = client.mail.splice(roll(client.mail.length), 1)
        if (card) client.cards = mergeCards(client.cards, [card])
      }
    }
    const fresh = new Map([...server.values()].map((one) => [one.id as string, cardOf(one)]))
    for (const client of clients) {
      client.cards = mergeCards(client.cards, client.mail.reverse())
      expect(new Map([...client.cards].sort())).toEqual(new Map([...fresh].sort()))
    }
    for (const columnId of columns) {
      const keys = active(columnId).map((one) => one.place)
      expect(new Set(keys).size).toBe(keys.length)
    }
  },
)

describe('an activity', () => {
  test('is late when its day has passed and it is not done', () => {
    const late = activity({ due: '2026-08-13' })
    expect(overdue(late, 'do', '2026-08-14')).toBe(true)
    expect(overdue(late, 'act', '2026-08-14')).toBe(false)
    expect(overdue(late, 'do', '2026-08-13')).toBe(false)
    expect(overdue({ ...late, halt: 'stopped' }, 'do', '2026-08-14')).toBe(false)
  })
  test('both days are judged together, also when one is changed', () => {
    const one = activity({ start: '2026-08-10', due: '2026-08-14' })
    expect(refused(() => edit(one, { due: '2026-08-09' }))).toBe('dates_reversed')
    expect(edit(one, { start: '2026-08-01', due: '2026-08-09' }).due).toBe('2026-08-09')
    expect(refused(() => edit(activity({ status: 'trashed' }), { title: 'x' }))).toBe('activity_not_active')
  })
})

describe('columns', () => {
  const columns: Column[] = usualColumns().map((column, i) => ({
    ...column,
    id: `col_${i}`,
    boardId: 'brd_1',
    name: null,
    limit: null,
    removed: false,
    revision: 1,
  }))
  const [first, second] = columns
  test('a limit warns and is a whole number', () => {
    if (!first) throw new Error('assertion failed')
    expect(overLimit(limitColumn(first, 3), 4)).toBe(true)
    expect(overLimit(limitColumn(first, null), 400)).toBe(false)
    for (const bad of [0, -1, 1.5, Number.NaN, 1000])
      expect(refused(() => limitColumn(first, bad))).toBe('invalid_number')
  })
  test('a full one goes only when its cards are given a place, the last one never', () => {
    if (!first || !second) throw new Error('assertion failed')
    expect(refused(() => removeColumn(columns, first, 3, null))).toBe('column_in_use')
    expect(removeColumn(columns, first, 3, second).removed).toBe(true)
    expect(refused(() => removeColumn([first], first, 0, null))).toBe('last_column')
    expect(refused(() => removeColumn(columns, first, 3, first))).toBe('column_gone')
  })
  test('moved, added', () => {
    if (!first) throw new Error('assertion failed')
    const moved = moveColumn(columns, first, 'col_1')
    expect([...columns.slice(1), moved].sort(inOrder).map(({ id }) => id)).toEqual([
      'col_1',
      'col_0',
      'col_2',
      'col_3',
      'col_4',
    ])
    expect(refused(() => moveColumn(columns, first, 'col_x'))).toBe('column_gone')
    const more = addColumn(columns, { id: 'col_9', boardId: 'brd_1', name: 'More', phase: 'do' })
    expect([...columns, more].sort(inOrder).at(-1)?.id).toBe('col_9')
  })
})

describe('history', () => {
  test('a change is taken back field by field, unless somebody was there since', () => {
    const diff = diffOf({ title: 'a', labels: ['x'] }, { title: 'b', labels: ['x'], due: null })
    expect(diff).toEqual({ title: ['a', 'b'] })
    expect(undoOf(diff, { title: 'b', labels: ['y'] })).toEqual({ title: 'a' })
    expect(undoOf(diff, { title: 'c' })).toBeNull()
  })
  test('the order of keys is no difference', () => {
    expect(diffOf({ list: [{ a: 1, b: 2 }] }, { list: [{ b: 2, a: 1 }] })).toEqual({})
  })
})

test('cards come out of a page as they went in, plain ones in few words', () => {
  const plain: Card = {
    ...plainCard,
    id: newId('act'),
    boardId: newId('brd'),
    columnId: newId('col'),
    title: 'A',
    place: 'a0',
    revision: 3,
  }
  const full: Card = {
    ...plain,
    ownerId: newId('mem'),
    helpers: [newId('mem')],
    due: '2026-08-14',
    effort: 0,
    labels: [newId('lbl')],
    halt: 'blocked',
    status: 'archived',
    checks: { done: 1, of: 2 },
  }
  expect(unpackCards(packCards([plain, full]))).toEqual([plain, full])
  expect(packCards([plain])).not.toContain('helpers')
  expect(cardsStamp([plain, full])).toBe(cardsStamp([full, plain]))
  expect(cardsStamp([plain, full])).not.toBe(cardsStamp([plain, { ...full, revision: 4 }]))
  expect(cardsStamp([plain])).not.toBe(cardsStamp([]))
})

test('a checklist: changes name an item; one that is gone is refused', () => {
  const add = (list: Parameters<typeof changeChecklist>[0], id: `chk_${string}`) =>
    changeChecklist(list, { do: 'add', id, title: id })
  const list = add(add([], 'chk_1'), 'chk_2')
  expect(add(list, 'chk_1')).toBe(list)
  expect(changeChecklist(list, { do: 'move', id: 'chk_2', after: null }).map(({ id }) => id)).toEqual([
    'chk_2',
    'chk_1',
  ])
  expect(changeChecklist(list, { do: 'set', id: 'chk_1', done: true })[0]?.done).toBe(true)
  expect(refused(() => changeChecklist(list, { do: 'remove', id: 'chk_9' }))).toBe('not_found')
})

test('hand-offs: every step from every state', () => {
  const base: HandOff = {
    id: 'hof_1',
    workspaceId: 'ws_1',
    fromActivityId: 'act_1',
    toBoardId: 'brd_2',
    toActivityId: null,
    title: 'x',
    due: null,
    state: 'offered',
    reason: null,
    revision: 1,
  }
  const after = (state: HandOff['state'], move: (typeof handOffMoves)[number]) => {
    try {
      return stepHandOff({ ...base, state }, move, { reason: 'why' }).state
    } catch {
      return '.'
    }
  }
  expect(
    handOffStates.map((state) => `${state}: ${handOffMoves.map((move) => after(state, move)).join(' ')}`),
  ).toEqual([
    // accept decline deliver offer withdraw
    'offered: accepted declined delivered . withdrawn',
    'accepted: . declined delivered . withdrawn',
    'delivered: . declined . . .',
    'declined: . . . offered withdrawn',
    'withdrawn: . . . offered .',
  ])
})

test('recurring work keeps its day through short months', () => {
  const monthly = { rhythm: 'monthly', startsOn: '2026-01-31' } as const
  expect([0, 1, 2, 3].map((n) => occurrence(monthly, n))).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ])
  const quarterly = { ...monthly, rhythm: 'quarterly' } as const
  expect(occurrence(quarterly, 1)).toBe('2026-04-30')
  const template = {
    ...monthly,
    id: 'rcr_1',
    workspaceId: 'ws_1',
    boardId: 'brd_1',
    columnId: 'col_1',
    title: 'x',
    ownerId: null,
    effort: null,
    labels: [],
    serves: [],
    checklist: [],
    raised: 1,
    days: 0,
    stopped: false,
    revision: 1,
  } as const
  expect(dueOccurrence(template, '2026-02-27')).toBeNull()
  expect(dueOccurrence(template, '2026-04-15')).toEqual({ on: '2026-03-31', raised: 3 })
  expect(dueOccurrence({ ...template, stopped: true }, '2026-04-15')).toBeNull()
})

test('days and quarters', () => {
  for (const bad of ['2026-02-29', '99999-01-01', '2026-1-1', '1969-12-31', '', null, 7])
    expect(isDay(bad)).toBe(false)
  expect(isDay('2028-02-29')).toBe(true)
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
  expect(cycleOf('2026-08-14', 1)).toBe('2026-Q3')
  expect(cycleOf('2026-02-14', 4)).toBe('2025-Q4')
  expect(nextCycle('2026-Q4')).toBe('2027-Q1')
})

test('measures: the target of a quarter, the way done, the direction', () => {
  const targets = cleanTargets([
    { cycle: '2026-Q3', value: 34 },
    { cycle: '2026-Q1', value: 25 },
  ])
  expect(targetFor({ targets }, '2026-Q2')).toBe(25)
  expect(targetFor({ targets }, '2025-Q4')).toBeNull()
  expect(wayDone(23, 34, 24.1)).toBeCloseTo(0.1)
  expect(wayDone(5, 5, 5)).toBeNull()
  expect([reached('down', 3, 2), reached('up', 3, 2)]).toEqual([true, false])
})

test('no activity blocks itself through others', () => {
  const blocks = [
    { fromId: 'a', toId: 'b' },
    { fromId: 'b', toId: 'c' },
    { fromId: 'c', toId: 'b' },
  ]
  expect(closesCircle(blocks, 'c', 'a')).toBe(true)
  expect(closesCircle(blocks, 'a', 'c')).toBe(false)
  expect(closesCircle([], 'a', 'a')).toBe(true)
})

describe('the trace line', () => {
  const item = (
    id: `itm_${string}`,
    kind: TraceItem['kind'],
    more: Partial<TraceItem> = {},
  ): [string, TraceItem] => [
    id,
    { id, kind, code: null, title: id, feltBy: [], focus: false, measure: null, removed: false, ...more },
  ]
  const [segment, pain, gap, slot, gone] = [1, 2, 3, 4, 5].map((n) => `itm_${String(n).repeat(26)}` as const)
  if (!segment || !pain || !gap || !slot || !gone) throw new Error('assertion failed')
  const items = new Map([
    item(segment, 'segment'),
    item(pain, 'pain', { feltBy: [segment, gone] }),
    item(gap, 'gap', { measure: 'Repeat visits' }),
    item(slot, 'positioning'),
    item(gone, 'pain', { removed: true }),
  ])
  const measure = (given: Partial<TraceMeasure>): ReadonlyMap<string, TraceMeasure> =>
    new Map([['mea_1', { id: 'mea_1', name: 'x', serves: [], status: 'active', ...given }]])
  const states = (
    serves: readonly string[],
    measures: ReadonlyMap<string, TraceMeasure> = new Map(),
    named: readonly 'mea_1'[] = [],
  ) =>
    traceOf({ id: 'act_1', serves: cleanServes(serves), measures: named }, items, measures)
      .links.map(({ station, state }) => (state === 'joined' ? station : '-'))
      .join(' ')

  test('each station is joined by what is served, and missing without', () => {
    expect(states([])).toBe('- - - activity - -')
    expect(states([pain])).toBe('segment difficulty - activity - -')
    expect(states([segment])).toBe('segment - - activity - -')
    expect(states([pain, `${slot}/problem`])).toBe('segment difficulty slot activity - -')
    expect(states([slot])).toBe('- - - activity - -')
    expect(states([pain], measure({}), ['mea_1'])).toBe('segment difficulty - activity measure -')
    expect(states([pain], measure({ status: 'archived' }), ['mea_1'])).toBe(
      'segment difficulty - activity - -',
    )
  })

  test('a gap brings its measure: by the link, or by the name the strategy wrote', () => {
    expect(states([gap], measure({ serves: cleanServes([gap]) }))).toBe('- difficulty - activity measure -')
    expect(states([gap], measure({ name: 'Repeat visits' }))).toBe('- difficulty - activity measure -')
    expect(states([gap], measure({ name: 'Other' }))).toBe('- difficulty - activity - -')
  })

  test('what was deleted is a loose end; undo ties it again', () => {
    const one = { id: 'act_1' as const, serves: cleanServes([gone]), measures: [] }
    expect(traceOf(one, items, new Map())).toMatchObject({ loose: [gone], petProject: true })
    const back = new Map([...items, item(gone, 'pain')])
    expect(traceOf(one, back, new Map(), 'keep')).toMatchObject({ loose: [], petProject: false })
    expect(readServe('itm_x')).toBeNull()
    expect(readServe(`${slot}/nowhere`)).toBeNull()
  })
})
