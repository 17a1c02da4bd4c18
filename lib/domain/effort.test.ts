import { expect, test } from 'vitest'
import { type Id, newId } from '@/lib/kit/ids'
import { auditEffort } from './effort'
import { serve } from './serves'
import type { TraceItem } from './trace'

const items = new Map<string, TraceItem>()
function item(kind: TraceItem['kind'], more: Partial<TraceItem> = {}): Id<'itm'> {
  const id = newId('itm')
  items.set(id, {
    id,
    kind,
    code: null,
    title: '',
    feltBy: [],
    focus: false,
    measure: null,
    removed: false,
    ...more,
  })
  return id
}
const chains = item('segment', { focus: true })
const cafes = item('segment')
const pain = item('pain', { feltBy: [chains] })
const itch = item('itch', { feltBy: [cafes] })
const gap = item('gap')
const positioning = item('positioning')
const gone = item('pain', { removed: true, feltBy: [chains] })

const work = (effort: number | null, ...served: Id<'itm'>[]) => ({
  effort,
  serves: served.map((id) => serve(id)),
})

test('the parts add up to the whole, whatever an activity serves', () => {
  const audit = auditEffort(
    [
      work(10, pain),
      work(6, pain, itch),
      work(4, gap, pain),
      work(5, gap),
      { effort: 3, serves: [serve(positioning, 'problem'), serve(positioning, 'whom')] },
      work(2, gone),
      work(1),
      work(null, pain),
    ],
    items,
  )
  expect(audit.of).toEqual({ pain: 17, itch: 3, delight: 0, gap: 5, other: 3, nothing: 3 })
  expect(audit.total).toBe(31)
  expect(Object.values(audit.of).reduce((a, b) => a + b)).toBe(audit.total)
  expect(Object.values(audit.focus).reduce((a, b) => a + b)).toBe(audit.total)
  expect(audit.unestimated).toBe(1)
})

test('work reaches a segment in focus through the pain it answers', () => {
  const { focus } = auditEffort(
    [work(8, pain), work(4, itch), work(2, pain, itch), work(1, chains), work(1, gap)],
    items,
  )
  expect(focus).toEqual({ inside: 11, outside: 4, nobody: 1 })
})
