import { describe, expect, it } from 'vitest'
import type { Column } from '@/lib/domain/column'
import type { Label } from '@/lib/domain/label'
import type { TraceItem } from '@/lib/domain/trace'
import { newId } from '@/lib/kit/ids'
import { grouped, nextOrder, type Order, readOrder, sorted, writeOrder } from './arrange'
import { blank } from './card-for-tests'
import { factsOf } from './shown-cards'

const column = (id: Column['id'], phase: Column['phase'], place: string): Column => ({
  id,
  boardId: 'brd_1',
  kind: null,
  name: id,
  phase,
  place,
  limit: null,
  removed: false,
  revision: 1,
})
const label = (id: Label['id'], name: string): Label => ({
  id,
  workspaceId: 'ws_1',
  name,
  tone: 'grey',
  removed: false,
  revision: 1,
})
const pain = newId('itm')
const items: TraceItem[] = [
  { id: pain, kind: 'pain', code: 'P1', title: 'x', feltBy: [], focus: false, measure: null, removed: false },
]
const person = (id: `mem_${string}`, name: string) => ({
  id,
  userId: 'usr_1' as const,
  name,
  image: null,
  departments: [],
})
const state = {
  columns: [column('col_a', 'plan', 'a0'), column('col_b', 'do', 'a1'), column('col_c', 'act', 'a2')],
  people: [person('mem_1', '乔霖'), person('mem_2', 'Maren'), person('mem_3', '白鹤图')],
  labels: [label('lbl_1', 'Pilot'), label('lbl_2', 'Hardware')],
  items,
  me: { userId: 'usr_1' as const, memberId: 'mem_1' as const },
  today: '2026-08-14',
}
const facts = factsOf(state)
const compare = new Intl.Collator('zh-Hans').compare
const cards = [
  blank({ id: 'act_1', columnId: 'col_b', place: 'a1', due: '2026-09-01', priority: 'low', title: '客户' }),
  blank({ id: 'act_2', columnId: 'col_a', place: 'a1', due: null, priority: 'urgent', ownerId: 'mem_1' }),
  blank({ id: 'act_3', columnId: 'col_b', place: 'a0', due: '2026-08-02', ownerId: 'mem_3', effort: 3 }),
  blank({ id: 'act_4', columnId: 'col_a', place: 'a0', due: '2026-08-15', effort: 12, title: 'Zebra' }),
]
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id.slice(4)).join('')
const by = (order: Order | null) => ids(sorted(cards, order, state, facts, compare))

describe('orders', () => {
  it('are written in the address and read back', () => {
    expect(readOrder('-due')).toEqual({ by: 'due', down: true })
    expect(writeOrder({ by: 'due', down: true })).toBe('-due')
    expect(readOrder('bogus')).toBeNull()
    expect(readOrder(null)).toBeNull()
  })
  it('go up, down, and back to the board', () => {
    const up = nextOrder(null, 'due')
    const down = nextOrder(up, 'due')
    expect([up, down, nextOrder(down, 'due')]).toEqual([
      { by: 'due', down: false },
      { by: 'due', down: true },
      null,
    ])
    expect(nextOrder(down, 'title')).toEqual({ by: 'title', down: false })
  })
  it('sort by any value, what has none last both ways', () => {
    expect(by(null)).toBe('4231')
    expect(by({ by: 'column', down: true })).toBe('1324')
    expect(by({ by: 'due', down: false })).toBe('3412')
    expect(by({ by: 'due', down: true })).toBe('1432')
    expect(by({ by: 'effort', down: true })).toBe('4321')
    expect(by({ by: 'priority', down: false })).toBe('2143')
  })
  it('sort names as Chinese readers expect: bái before qiáo', () => {
    expect(by({ by: 'owner', down: false })).toBe('3241')
  })
})

describe('groups', () => {
  const groups = (...given: Parameters<typeof grouped>) =>
    grouped(...given).map(({ key, cards: some }) => `${key}:${ids(some)}`)
  it('stand in the order of the board, of phases, of days', () => {
    expect(groups(cards, 'column', state, facts, compare)).toEqual(['col_a:24', 'col_b:13'])
    expect(groups(cards, 'phase', state, facts, compare)).toEqual(['plan:24', 'do:13'])
    expect(groups(cards, 'due', state, facts, compare)).toEqual(['late:3', 'week:4', 'month:1', 'none:2'])
    expect(groups(cards, 'owner', state, facts, compare)).toEqual(['mem_3:3', 'mem_1:2', 'none:14'])
    expect(groups(cards, 'none', state, facts, compare)).toEqual([':1234'])
  })
  it('hold a card once per label and per thing it serves', () => {
    const two = [blank({ id: 'act_9', labels: ['lbl_1', 'lbl_2'], serves: [pain] }), blank({ id: 'act_8' })]
    expect(groups(two, 'label', state, facts, compare)).toEqual(['lbl_2:9', 'lbl_1:9', 'none:8'])
    expect(groups(two, 'serves', state, facts, compare)).toEqual([`${pain}:9`, 'none:8'])
  })
})
