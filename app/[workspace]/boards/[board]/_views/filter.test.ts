import { describe, expect, it } from 'vitest'
import type { TraceItem } from '@/lib/domain/trace'
import { newId } from '@/lib/kit/ids'
import { blank } from './card-for-tests'
import {
  asksNothing,
  type Filter,
  type FilterFacts,
  matches,
  noFilter,
  queryOf,
  readFilter,
  writeFilter,
} from './filter'

const item = (id: TraceItem['id'], more: Partial<TraceItem> = {}): TraceItem => ({
  id,
  kind: 'pain',
  code: 'P1',
  title: 'Nobody knows what a table loses',
  feltBy: [],
  focus: false,
  measure: null,
  removed: false,
  ...more,
})
const segment = newId('itm')
const pain1 = newId('itm')
const position = newId('itm')
const facts: FilterFacts = {
  phases: new Map([
    ['col_plan', 'plan'],
    ['col_do', 'do'],
    ['col_act', 'act'],
  ]),
  items: new Map<string, TraceItem>([
    [pain1, item(pain1, { feltBy: [segment] })],
    [position, item(position, { kind: 'positioning', code: null, title: '' })],
  ]),
  people: new Map([
    ['mem_me', 'Ines Okafor'],
    ['mem_shen', '沈雨柏'],
  ]),
  labels: new Map([['lbl_urgent', 'Pilot']]),
  me: 'mem_me',
  today: '2026-08-14',
}
const card = (more: Parameters<typeof blank>[0]) => blank({ columnId: 'col_do', ...more })
const asks = (filter: Partial<Filter>, one = card({})) => matches(one, { ...noFilter, ...filter }, facts)

describe('readFilter and writeFilter', () => {
  it('say the same there and back', () => {
    const filter: Filter = {
      owner: ['me', 'mem_shen'],
      phase: ['plan', 'do'],
      label: ['lbl_urgent', 'none'],
      due: 'week',
      serves: [`${position}/problem`],
      text: '漏损 & more',
      cycle: '2026-Q3',
    }
    const params = writeFilter(filter, new URLSearchParams('view=list&card=act_1&q=old'))
    expect(readFilter(params)).toEqual(filter)
    expect(params.get('view')).toBe('list')
    expect(params.get('card')).toBe('act_1')
    expect(queryOf(params)).toContain(`serves=${position}/problem`)
    expect(queryOf(params)).toContain('owner=me,mem_shen')
    expect(readFilter(new URLSearchParams(queryOf(params)))).toEqual(filter)
  })
  it('leaves nothing behind when nothing is asked', () => {
    expect(queryOf(writeFilter(noFilter, new URLSearchParams('owner=me&q=x&due=late&cycle=2026-Q1')))).toBe(
      '',
    )
    expect(asksNothing(noFilter)).toBe(true)
    expect(asksNothing({ ...noFilter, text: '  ' })).toBe(true)
    expect(asksNothing({ ...noFilter, due: 'late' })).toBe(false)
  })
  it('leaves out what nobody can mean', () => {
    const strange = new URLSearchParams('phase=plan,bogus,__proto__&due=never&cycle=soon&owner=,,me,me')
    expect(readFilter(strange)).toEqual({ ...noFilter, phase: ['plan'], owner: ['me'] })
    const long = new URLSearchParams({ q: 'x'.repeat(10_000), label: 'a,'.repeat(90_000) })
    expect(readFilter(long).text).toHaveLength(200)
    expect(readFilter(long).label).toEqual(['a'])
  })
})

describe('matches', () => {
  it('takes everything when nothing is asked', () => expect(asks({})).toBe(true))
  it('by owner: a member, whoever reads, nobody', () => {
    const mine = card({ ownerId: 'mem_me' })
    expect(asks({ owner: ['me'] }, mine)).toBe(true)
    expect(asks({ owner: ['mem_me'] }, mine)).toBe(true)
    expect(asks({ owner: ['mem_shen'] }, mine)).toBe(false)
    expect(asks({ owner: ['mem_shen', 'none'] }, card({}))).toBe(true)
    expect(asks({ owner: ['none'] }, mine)).toBe(false)
  })
  it('by the phase of its column', () => {
    expect(asks({ phase: ['do'] })).toBe(true)
    expect(asks({ phase: ['plan', 'check'] })).toBe(false)
  })
  it('by label and by having none', () => {
    const labelled = card({ labels: ['lbl_urgent'] })
    expect(asks({ label: ['lbl_urgent'] }, labelled)).toBe(true)
    expect(asks({ label: ['none'] }, labelled)).toBe(false)
    expect(asks({ label: ['none'] })).toBe(true)
  })
  it.each([
    ['late', '2026-08-13', 'col_do', true],
    ['late', '2026-08-13', 'col_act', false],
    ['late', '2026-08-14', 'col_do', false],
    ['week', '2026-08-14', 'col_do', true],
    ['week', '2026-08-20', 'col_do', true],
    ['week', '2026-08-21', 'col_do', false],
    ['week', '2026-08-13', 'col_do', false],
    ['month', '2026-09-12', 'col_do', true],
    ['month', '2026-09-13', 'col_do', false],
    ['none', null, 'col_do', true],
    ['none', '2026-08-14', 'col_do', false],
  ] as const)('due %s: %s in %s is %s', (due, day, columnId, found) =>
    expect(asks({ due }, card({ due: day, columnId }))).toBe(found),
  )
  it('by what it serves: an item, a slot, a whole positioning, the segment that feels the pain, nothing', () => {
    const pain = card({ serves: [pain1] })
    const slot = card({ serves: [`${position}/problem`] })
    expect(asks({ serves: [pain1] }, pain)).toBe(true)
    expect(asks({ serves: [segment] }, pain)).toBe(true)
    expect(asks({ serves: [position] }, slot)).toBe(true)
    expect(asks({ serves: [`${position}/problem`] }, slot)).toBe(true)
    expect(asks({ serves: [`${position}/whom`] }, slot)).toBe(false)
    expect(asks({ serves: ['none'] }, slot)).toBe(false)
    expect(asks({ serves: ['none'] }, card({}))).toBe(true)
  })
  it('by quarter', () => {
    expect(asks({ cycle: '2026-Q3' }, card({ cycle: '2026-Q3' }))).toBe(true)
    expect(asks({ cycle: '2026-Q3' }, card({ cycle: null }))).toBe(false)
  })
  it('by words of its title, its people, labels and what it serves', () => {
    const one = card({
      title: '顾客地图',
      ownerId: 'mem_shen',
      helpers: ['mem_me'],
      labels: ['lbl_urgent'],
      serves: [pain1],
    })
    for (const text of ['地图', 'ditu beijing', 'syb', 'okafor', 'pilot', 'p1', 'table loses', '沈雨柏 顾客'])
      expect(asks({ text }, one), text).toBe(text !== 'ditu beijing')
    expect(asks({ text: 'breakfast' }, one)).toBe(false)
  })
  it('joins different questions by and', () => {
    const one = card({ ownerId: 'mem_me', due: '2026-08-01' })
    expect(asks({ owner: ['me'], due: 'late' }, one)).toBe(true)
    expect(asks({ owner: ['me'], due: 'none' }, one)).toBe(false)
  })
})
