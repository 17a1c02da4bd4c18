import { describe, expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import type { PanelData } from './panel-data'
import { activityForTests, panelForTests } from './panel-for-tests'
import { whyOf, withServe } from './why'

type Item = PanelData['items'][number]
const item = (kind: Item['kind'], title: string, given: Partial<Item> = {}): Item => ({
  id: newId('itm'),
  kind,
  code: null,
  title,
  feltBy: [],
  focus: false,
  measure: null,
  removed: false,
  words: '',
  slots: {},
  ...given,
})
const chains = item('segment', 'Regional chains')
const pain = item('pain', 'Cost known late', {
  code: 'P1',
  words: 'Food cost is known fourteen days after the month has closed.',
  feltBy: [chains.id],
})
const gap = item('gap', 'Revenue', { code: 'G1', measure: 'Annual revenue' })
const policy = item('positioning', 'For chains…', {
  slots: { whom: 'regional chains', problem: 'stores that no longer grow' },
})
const principle = item('principle', 'Proof before promise', { code: 'R1' })
const items = [chains, pain, gap, policy, principle]
const measure = (name: string): PanelData['measures'][number] => ({
  id: newId('mea'),
  name,
  unit: '%',
  direction: 'up',
  serves: [],
  status: 'active',
  baseline: null,
  target: null,
  values: [],
})
const of = (given: Parameters<typeof activityForTests>[0], more: Partial<PanelData> = {}) =>
  whyOf(panelForTests({ activity: activityForTests(given), items, ...more }))

describe('why', () => {
  test('a pain says its words and who feels it; the segment is no station of its own', () => {
    const why = of({ serves: [pain.id] })
    expect(why.difficulty).toEqual([
      expect.objectContaining({ kind: 'pain', code: 'P1', words: pain.words, felt: ['Regional chains'] }),
    ])
    expect([why.policy, why.measure, why.petProject, why.onlySegment]).toEqual([[], [], false, false])
  })

  test('a segment served alone stands there, and it is said that nothing hurts it yet', () => {
    const why = of({ serves: [chains.id] })
    expect(why.difficulty.map(({ words }) => words)).toEqual(['Regional chains'])
    expect(why.onlySegment).toBe(true)
  })

  test('slots in their order with their own words, then principles', () => {
    const why = of({ serves: [principle.id, `${policy.id}/problem`, `${policy.id}/whom`] })
    expect(why.policy.map(({ kind, words }) => [kind, words])).toEqual([
      ['whom', 'regional chains'],
      ['problem', 'stores that no longer grow'],
      ['principle', 'Proof before promise'],
    ])
  })

  test('a measure that is named here can be taken away here; the one of its gap cannot', () => {
    const [named, ofGap] = [measure('Reports read'), measure('Annual revenue')]
    const why = of({ serves: [gap.id], measures: [named.id] }, { measures: [ofGap, named] })
    expect(why.measure.map(({ words, named }) => [words, named !== null])).toEqual([
      ['Reports read', true],
      ['Annual revenue', false],
    ])
  })

  test('what has left the strategy is a loose end with the words it had; what was never there has none', () => {
    const left = item('pain', 'Wages rise', { removed: true })
    const never = newId('itm')
    const why = of({ serves: [left.id, never] }, { items: [...items, left] })
    expect(why.loose).toEqual([
      { serve: left.id, words: 'Wages rise' },
      { serve: never, words: null },
    ])
    expect(why.petProject).toBe(true)
  })

  test('connecting twice is connecting once', () => {
    expect(withServe([pain.id], pain.id, true)).toEqual([pain.id])
    expect(withServe([pain.id, gap.id], pain.id, false)).toEqual([gap.id])
  })
})
