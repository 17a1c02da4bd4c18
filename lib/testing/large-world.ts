import type { CoherenceItem, World } from '@/lib/domain/coherence/world'
import { type Serve, serve, slots } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'

const id = <K extends 'itm' | 'act' | 'mea' | 'dep' | 'brd'>(kind: K, n: number): Id<K> =>
  `${kind}_${String(n).padStart(26, '0')}`

const mix: readonly ItemKind[] = ['factor', 'segment', 'pain', 'pain', 'gap', 'itch', 'delight', 'principle']

/** A strategy and boards as large as anybody's, the same at every run: for measuring, and for limits. */
export function largeWorld(items: number, activities: number): World {
  const kinds = Array.from({ length: items }, (_, i) =>
    i === 0 ? 'positioning' : (mix[i % mix.length] ?? 'pain'),
  )
  const segments = kinds.flatMap((kind, i) => (kind === 'segment' ? [id('itm', i)] : []))
  const factors = kinds.flatMap((kind, i) => (kind === 'factor' ? [id('itm', i)] : []))
  const pick = <T>(list: readonly T[], n: number): T[] => {
    const one = list[n % list.length]
    return one === undefined ? [] : [one]
  }
  return {
    items: kinds.map((kind, i): CoherenceItem => {
      const felt = ['pain', 'itch', 'delight'].includes(kind)
      return {
        id: id('itm', i),
        kind,
        code: null,
        title: `Item ${i}`,
        position: i,
        fields: {
          focus: kind === 'segment' ? (i % 3 === 0 ? 'yes' : 'no') : null,
          feltBy: felt ? [...pick(segments, i), ...pick(segments, i * 7 + 3)] : [],
          gapKind: kind === 'gap' ? 'future' : null,
          from: 0,
          to: 100,
          unit: '%',
          by: '2026-12-31',
          measure: null,
          confidence: 'medium',
          checkedOn: '2026-01-01',
          validUntil: kind === 'factor' ? '2026-08-31' : null,
        },
        refs: kind === 'principle' || kind === 'pain' ? pick(factors, i * 5) : [],
      }
    }),
    activities: Array.from({ length: activities }, (_, i) => {
      const serves: Serve[] = [
        id('itm', 1 + ((i * 13) % (items - 1))),
        id('itm', 1 + ((i * 29) % (items - 1))),
      ]
      const slot = slots[i % slots.length]
      if (slot) serves.push(serve(id('itm', 0), slot))
      const phase = (['plan', 'do', 'check', 'act'] as const)[i % 4] ?? 'do'
      return {
        id: id('act', i),
        title: `Activity ${i}`,
        boardId: id('brd', i % 8),
        departmentId: id('dep', i % 8),
        ownerId: null,
        cycle: `2026-Q${1 + (i % 4)}`,
        start: '2026-01-05',
        due: '2026-09-30',
        effort: 1 + (i % 40),
        serves,
        measures: [id('mea', i % 200)],
        halt: i % 50 === 0 ? ('stopped' as const) : null,
        status: 'active' as const,
        phase,
        doneOn: phase === 'act' ? `2026-0${1 + (i % 8)}-15` : null,
      }
    }),
    measures: Array.from({ length: 200 }, (_, i) => ({
      id: id('mea', i),
      name: `Measure ${i}`,
      unit: '%',
      direction: 'up' as const,
      baseline: 0,
      baselineOn: '2025-12-31',
      serves: [id('itm', 4 + ((i * 8) % (items - 5)))],
      status: 'active' as const,
      departmentId: null,
      targets: [],
      readings: Array.from({ length: 52 }, (_, week) => ({
        on: `2026-${String(1 + Math.floor(week / 5)).padStart(2, '0')}-${String(1 + (week % 5) * 6).padStart(2, '0')}`,
        value: week,
      })),
    })),
    handOffs: [],
    relations: [],
    departments: Array.from({ length: 8 }, (_, i) => id('dep', i)),
    today: '2026-08-14',
  }
}
