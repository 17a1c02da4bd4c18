import { describe, expect, test } from 'vitest'
import type { RefusalCode } from '../refusal'
import { Refusal } from '../refusal'
import { parseCsv, writeCsv } from './csv'
import { MAX_IMPORT_BYTES } from './plan'
import { readCsvImport } from './read-csv'
import { readSetImport } from './read-set'
import { readTrelloImport } from './read-trello'
import { type ImportWorld, resolveImport } from './resolve'

const world: ImportWorld = {
  boards: [{ id: 'brd_1', departmentId: 'dep_1', kind: 'product', name: null }],
  into: 'brd_1',
  columns: [
    { id: 'col_1', boardId: 'brd_1', kind: 'backlog', name: null },
    { id: 'col_2', boardId: 'brd_1', kind: 'doing', name: 'In the oven' },
  ],
  members: [
    { id: 'mem_1', name: 'Ines', email: 'ines@example.com' },
    { id: 'mem_2', name: 'Same', email: 'a@example.com' },
    { id: 'mem_3', name: 'Same', email: 'b@example.com' },
  ],
  items: [
    { id: 'itm_1', kind: 'pain', code: 'P2' },
    { id: 'itm_2', kind: 'positioning', code: null },
  ],
}

function refused(work: () => unknown): RefusalCode {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  throw new Error('was not refused')
}

describe('CSV', () => {
  test('quotes, breaks inside them, semicolons, byte order marks', () => {
    expect(parseCsv('\ufeffa;b\r\n"x;""y""\r\nz";2\r\n\r\n')).toEqual([
      ['a', 'b'],
      ['x;"y"\r\nz', '2'],
    ])
    expect(parseCsv('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://example.com","x")'])(
    'a formula leaves as text, and comes back as what it was: %j',
    (formula) => {
      const csv = writeCsv([['title'], [formula]])
      expect(csv.split('\r\n')[1]).toMatch(/^"?'/)
      expect(readCsvImport(csv).activities[0]?.title).toBe(formula)
    },
  )

  test('fields by their heads in both languages, and a problem for whatever is left out', () => {
    const read = readCsvImport(
      '标题,列,负责人,截止日期,优先级,工作量,标签,服务于,清单,Colour\n' +
        '甲,In the oven,ines@example.com,2026/8/4,高,"2,5",快;慢,"P2, problem",[x] 一;二,red\n' +
        '乙,Nowhere,Same,31.12.2026,sehr,-1,,P9,,\n' +
        ',Backlog,,,,,,,,\n',
    )
    const plan = resolveImport(read, world)
    expect(plan.activities[0]).toMatchObject({
      title: '甲',
      columnId: 'col_2',
      ownerId: 'mem_1',
      due: '2026-08-04',
      priority: 'high',
      effort: 2.5,
      labels: ['快', '慢'],
      checklist: [
        { title: '一', done: true },
        { title: '二', done: false },
      ],
    })
    expect(plan.activities[1]).toMatchObject({ title: '乙', columnId: 'col_1', ownerId: null, effort: null })
    expect(plan.problems.map(({ row, code }) => `${row} ${code}`).sort()).toEqual([
      '1 not_kept',
      '3 bad_date',
      '3 bad_number',
      '3 bad_priority',
      '3 unknown_column',
      '3 unknown_item',
      '3 unknown_person',
      '4 no_title',
    ])
  })

  test('huge files, and files without titles, are refused by words', () => {
    expect(refused(() => readCsvImport(`title\n${'x'.repeat(MAX_IMPORT_BYTES)}`))).toBe('too_large')
    expect(refused(() => readCsvImport(`title\n${'x\n'.repeat(5_100)}`))).toBe('too_many')
    expect(refused(() => readCsvImport('a,b\n1,2'))).toBe('import_unreadable')
    expect(refused(() => readCsvImport(''))).toBe('import_unreadable')
  })

  test('hostile heads are only heads', () => {
    const read = readCsvImport('__proto__,constructor,title\n1,2,x')
    expect(read.activities.map(({ title }) => title)).toEqual(['x'])
    expect(read.problems.map(({ value }) => value)).toEqual(['__proto__', 'constructor'])
  })
})

describe('Trello', () => {
  const board = {
    lists: [
      { id: 'l1', name: 'Backlog' },
      { id: 'l2', name: 'Old', closed: true },
    ],
    members: [{ id: 'm1', fullName: 'Ines', username: 'ines' }],
    checklists: [
      {
        id: 'c1',
        checkItems: [
          { name: 'two', state: 'complete', pos: 2 },
          { name: 'one', state: 'incomplete', pos: 1 },
        ],
      },
    ],
    cards: [
      {
        name: 'Second',
        idList: 'l2',
        pos: 2,
        desc: 'Long words',
        idMembers: ['m1', 'm9'],
        due: '2026-08-14T10:00:00.000Z',
        labels: [{ name: '', color: 'green' }],
        idChecklists: ['c1'],
      },
      { name: 'First', idList: 'l1', pos: 1, labels: 'nonsense', due: 7 },
    ],
  }

  test('cards in order, checklists, members, labels; what an activity cannot hold is said', () => {
    const plan = resolveImport(readTrelloImport(JSON.stringify(board)), world)
    expect(plan.activities.map(({ title, archived }) => [title, archived])).toEqual([
      ['First', false],
      ['Second', true],
    ])
    expect(plan.activities[1]).toMatchObject({
      ownerId: 'mem_1',
      due: '2026-08-14',
      labels: ['green'],
      checklist: [
        { title: 'one', done: false },
        { title: 'two', done: true },
      ],
    })
    expect(plan.problems.map(({ code }) => code)).toContain('not_kept')
    expect(plan.problems.map(({ value }) => value)).toContain('Long words')
  })

  test.each([
    '',
    '[]',
    '{}',
    'null',
    '{"lists":1,"cards":[]}',
    '{"lists":[],"cards":[[]]}',
    '{"__proto__":{}}',
  ])('what is no board is refused: %j', (json) =>
    expect(refused(() => readTrelloImport(json))).toBe('import_unreadable'),
  )
})

test('a set with control characters, an overlong title and an effort without end', () => {
  const activity = { id: 'a', department: 'dep_product', column: 'Backlog', title: 'x', effortDays: 1 }
  const json = JSON.stringify({
    activities: [
      { ...activity, title: `a\u0000${'b'.repeat(400)}` },
      { ...activity, id: 'b', title: '\u200b\u202e', effortDays: -4 },
      { ...activity, id: 'c', effortDays: 1e9, department: 'dep_nowhere' },
    ],
    handoffs: [{ from: 'a', to: 'z', title: 'x', state: '__proto__' }],
  })
  const plan = resolveImport(readSetImport(json, 'en'), world)
  expect(plan.activities.map(({ title, effort }) => [title.length, effort])).toEqual([
    [200, 1],
    [1, null],
  ])
  expect(plan.handOffs).toEqual([])
  expect(plan.problems.map(({ code }) => code).sort()).toEqual([
    'bad_number',
    'no_title',
    'too_long',
    'unknown_department',
    'unknown_reference',
  ])
})
