import { describe, expect, test } from 'vitest'
import { exampleWorld } from '@/lib/testing/example-world'
import type { Impact, ImpactQuestion } from '../impact'
import { serve } from '../serves'
import { traceStations } from '../trace'
import { assumptionState, assumptionsOf } from './assumptions'
import { auditEffort } from './effort-audit'
import { gapState, trackGaps } from './gap-tracker'
import { graphOf, lineThrough } from './graph'
import { impactOf, movedCards } from './impact'
import { matrixOf } from './matrix'
import type { World } from './world'

const world = exampleWorld()
const ids = (cards: readonly { readonly activityId: string }[]) =>
  cards.map(({ activityId }) => activityId).sort()

describe('the matrix of the example company', () => {
  const matrix = matrixOf(world)

  test('names the uncovered difficulty and the pet projects, exactly those', () => {
    expect(matrix.uncovered.map(({ code }) => code)).toEqual(['P6'])
    expect(ids(matrix.petProjects)).toEqual(['act_04', 'act_15', 'act_29', 'act_45'])
    expect(matrix.withoutRow).toEqual([])
    expect(Math.round(matrix.petShare * 1418)).toBe(36 + 15 + 9 + 22)
  })

  test('has a row per difficulty, segments in focus first and those out of focus last', () => {
    expect(matrix.rows.map(({ code }) => code)).toEqual([
      'S1',
      'S2',
      'P1',
      'P2',
      'P3',
      'P4',
      'P5',
      'P6',
      'G1',
      'G2',
      'G3',
      'G4',
      'I1',
      'I2',
      'D1',
      'S3',
      'S4',
    ])
    expect(matrix.rows.filter(({ focus }) => !focus).map(({ code }) => code)).toEqual(['S3', 'S4'])
  })

  test('has each card in the cell of its department, in every row it serves', () => {
    const row = (code: string) => matrix.rows.find((one) => one.code === code)
    expect(row('P2')?.cells.map(ids)).toEqual([['act_08'], [], ['act_28'], ['act_37'], []])
    const cards = matrix.rows.flatMap(({ cells }) => cells.flat())
    const served = world.activities.flatMap(({ serves }) => serves.filter((text) => !text.includes('/')))
    expect(cards).toHaveLength(served.length)
    expect(matrix.departments.map(({ cards }) => cards)).toEqual([12, 9, 9, 11, 7])
  })

  test('says how a card is', () => {
    const health = (id: string) =>
      matrix.rows.flatMap(({ cells }) => cells.flat()).find(({ activityId }) => activityId === id)?.health
    expect([
      health('act_01'),
      health('act_24'),
      health('act_28'),
      health('act_08'),
      health('act_09'),
    ]).toEqual(['done', 'stopped', 'blocked', 'late', 'fine'])
  })

  test('names the pair that pulls apart, late and returned hand-offs', () => {
    expect(matrix.conflicts.map(({ one, other }) => [one.activityId, other.activityId])).toEqual([
      ['act_18', 'act_25'],
    ])
    expect(matrix.lateHandOffs.map(({ handOffId }) => handOffId)).toEqual(['hof_11', 'hof_13'])
    expect(matrix.returnedHandOffs.map(({ handOffId }) => handOffId)).toEqual(['hof_12'])
  })

  test('of one quarter: only its cards', () => {
    const third = matrixOf(world, '2026-Q3')
    expect(third.uncovered.map(({ code }) => code)).toEqual(['P3', 'P4', 'P6', 'G2'])
    expect(ids(third.petProjects)).toEqual(['act_29'])
    // The other end is of the second quarter.
    expect(third.conflicts).toEqual([])
  })

  test('work that was stopped covers nothing', () => {
    const stopped: World = {
      ...world,
      activities: world.activities.map((one) =>
        world.codes(one.serves).includes('P2') ? { ...one, halt: 'stopped' } : one,
      ),
    }
    expect(matrixOf(stopped).uncovered.map(({ code }) => code)).toEqual(['P2', 'P6'])
  })

  test('an accepted risk is not uncovered on its last day, and is again on the next; worked on, it is none', () => {
    const of = (code: string) => world.items.find((item) => item.code === code)?.id ?? 'itm_none'
    const on = (today: string, code = 'P6') => {
      const risk = {
        itemId: of(code),
        until: '2026-09-30',
        reason: 'The franchise ends.',
        by: 'mem_1',
      } as const
      const { rows, uncovered } = matrixOf({ ...world, today, risks: [risk] })
      return [
        uncovered.map(({ code }) => code),
        rows.find((row) => row.code === code)?.accepted?.until ?? null,
      ]
    }
    expect(on('2026-09-30')).toEqual([[], '2026-09-30'])
    expect(on('2026-10-01')).toEqual([['P6'], null])
    // Somebody works on it: there is nothing to accept.
    expect(on('2026-09-30', 'P1')).toEqual([['P6'], null])
  })
})

describe('the gap tracker', () => {
  const gaps = trackGaps(world)
  const gap = (code: string) => {
    const found = gaps.find((one) => one.code === code)
    if (!found) throw new Error(code)
    return found
  }

  test('the gap whose five activities are all done and which closed by a tenth is amber, and no other', () => {
    const { work, closed, now, activities, state, measure } = gap('G2')
    expect(activities.map(({ id }) => id)).toEqual(['act_02', 'act_05', 'act_14', 'act_32', 'act_34'])
    expect([work, now, state, measure?.name]).toEqual([1, 24.1, 'amber', 'Members who return within 30 days'])
    expect(closed).toBeCloseTo(0.1, 5)
    expect(gaps.filter((one) => one.state === 'amber').map(({ code }) => code)).toEqual(['G2'])
  })

  test('leads to its pain', () => {
    expect(world.codes(gap('G2').beside)).toEqual(['P3'])
  })

  test('weighs by person-days', () => {
    expect(gap('G3').work).toBeCloseTo((42 + 30) / (42 + 40 + 30 + 44 + 18), 5)
    const without = trackGaps({
      ...world,
      activities: world.activities.map((one) => (one.id === 'act_03' ? { ...one, effort: null } : one)),
    }).find(({ code }) => code === 'G3')
    // As much as the other four on average: 33 days.
    expect(without?.work).toBeCloseTo((33 + 30) / (33 + 40 + 30 + 44 + 18), 5)
  })

  test('draws both lines over time: work ahead, effect behind', () => {
    const { series } = gap('G2')
    expect(series.at(0)?.work).toBe(0)
    expect(series.at(-1)).toMatchObject({ work: 1 })
    expect(series.map(({ work }) => work)).toEqual([...series.map(({ work }) => work)].sort((a, b) => a - b))
    expect(series.length).toBeGreaterThan(25)
  })

  test.each([
    [0.92, 0.1, 'amber'],
    [1, 0.1, 'amber'],
    [0.5, 0.24, 'amber'],
    [0.5, 0.25, 'on_way'],
    [0.49, 0, 'on_way'],
    [0.92, -0.2, 'amber'],
    [0.3, 1, 'closed'],
    [1, 1.2, 'closed'],
    [null, 0.4, 'idle'],
    [0.9, null, 'unmeasured'],
  ] as const)('work %d, closed %d: %s', (work, closed, state) => {
    expect(gapState(work, closed)).toBe(state)
  })
})

describe('the effort audit', () => {
  const audit = auditEffort(world)
  const kind = (of: string) => audit.byKind.find((one) => one.of === of)
  const days = (...all: string[]) =>
    world.activities.filter(({ id }) => all.includes(id)).reduce((sum, { effort }) => sum + (effort ?? 0), 0)

  test('is of all person-days, each counted once', () => {
    expect(audit.days).toBe(1418)
    for (const shares of [audit.byKind, audit.byFocus])
      expect(shares.reduce((sum, one) => sum + one.days, 0)).toBeCloseTo(1418, 6)
  })

  test('by pain, itch, delight and nothing at all', () => {
    expect(kind('itch')).toMatchObject({ days: 16 + 20, activities: ['act_10', 'act_12'] })
    expect(kind('delight')).toMatchObject({ days: 12, activities: ['act_19'] })
    expect(kind('nothing')?.days).toBe(days('act_04', 'act_15', 'act_29', 'act_45'))
    expect((kind('pain')?.days ?? 0) > audit.days / 2).toBe(true)
  })

  test('by focus: the three for segments out of focus, exactly those', () => {
    const out = audit.byFocus.find((one) => one.of === 'out')
    expect(out?.activities).toEqual(['act_18', 'act_24', 'act_40'])
    expect(out?.days).toBe(days('act_18', 'act_24', 'act_40'))
    expect(audit.bySegment.map(({ of, focus }) => [...world.codes([of]), focus])).toEqual([
      ['S1', true],
      ['S2', true],
      ['S3', false],
      ['S4', false],
    ])
  })
})

describe('the assumption ledger', () => {
  const ledger = assumptionsOf(world, '2026-09-30')

  test('F4 has expired, F10 and F13 expire within the quarter', () => {
    const of = (state: string) => ledger.filter((one) => one.state === state).map(({ code }) => code)
    expect(of('expired')).toEqual(['F4'])
    expect(of('expiring')).toEqual(['F10', 'F13'])
    expect(ledger).toHaveLength(13)
  })

  test('says what rests on a factor, also through others, and ends in a circle', () => {
    const [f4, r1, p1] = [world.item('F4'), world.item('R1'), world.item('P1')]
    const cited = assumptionsOf(
      {
        ...world,
        items: world.items.map((item) =>
          item.id === r1
            ? { ...item, refs: [f4, p1] }
            : item.id === p1
              ? { ...item, refs: [...item.refs, r1] }
              : item,
        ),
      },
      '2026-09-30',
    ).find(({ code }) => code === 'F4')
    expect(cited?.items.map(({ code }) => code)).toEqual(expect.arrayContaining(['P1', 'R1']))
    expect(cited?.activities.map(({ id }) => id)).toEqual(expect.arrayContaining(['act_20', 'act_21']))
    expect(cited?.activities.map(({ id }) => id)).not.toContain('act_01')
  })

  test.each([
    [null, 'undated'],
    ['2026-08-13', 'expired'],
    ['2026-08-14', 'expiring'],
    ['2026-09-30', 'expiring'],
    ['2026-10-01', 'valid'],
  ])('until %s: %s', (until, state) => {
    expect(assumptionState(until, '2026-08-14', '2026-09-30')).toBe(state)
  })
})

describe('the throughline graph', () => {
  const graph = graphOf(world, new Map([['act_32', 'keep'] as const, ['mea_02', 'adjust'] as const]))
  const station = new Map(graph.nodes.map((node) => [node.id, traceStations.indexOf(node.station)]))

  test('has every station, edges only forward, and no edge to nowhere', () => {
    expect(new Set(graph.nodes.map((node) => node.station))).toEqual(new Set(traceStations))
    for (const { from, to } of graph.edges) {
      const [a, b] = [station.get(from), station.get(to)]
      expect(a !== undefined && b !== undefined && a < b, `${from} ${to}`).toBe(true)
    }
    expect(graph.nodes.filter(({ station }) => station === 'activity')).toHaveLength(48)
  })

  test('the difficulty nobody works on and the activities that serve nothing hang loose', () => {
    const loose = graph.nodes.filter((node) => node.loose)
    expect(world.codes(loose.map(({ id }) => id))).toEqual(['P6', 'act_04', 'act_15', 'act_29', 'act_45'])
  })

  test('the line of the gap runs from its activities to its measure and the verdict, and to nothing else', () => {
    const line = lineThrough(graph, world.item('G2'))
    expect([...line].filter((id) => id.startsWith('act_')).sort()).toEqual([
      'act_02',
      'act_05',
      'act_14',
      'act_32',
      'act_34',
    ])
    expect(line.has('mea_02') && line.has('verdict:mea_02') && line.has('verdict:act_32')).toBe(true)
    expect(line.has(world.item('G1'))).toBe(false)
  })
})

describe('the impact of other words', () => {
  const positioning = world.item('positioning')

  test('of a slot: who serves this slot and still goes on', () => {
    const whom = impactOf(world, serve(positioning, 'whom'), [
      { id: 'thr_1', itemId: positioning, part: 'whom' },
      { id: 'thr_2', itemId: positioning, part: 'problem' },
      { id: 'thr_3', itemId: world.item('P1'), part: null },
    ])
    expect(whom?.activities.map(({ activityId, via }) => [activityId, via])).toEqual([['act_25', null]])
    expect(whom?.ended).toBe(1)
    expect(whom?.measures.map(({ id }) => id)).toEqual(['mea_07', 'mea_14'])
    expect(whom?.threads).toEqual(['thr_1'])
  })

  test('of the whole positioning: of any slot', () => {
    const all = impactOf(world, positioning)?.activities.map(({ activityId }) => activityId) ?? []
    expect(all.sort()).toEqual(['act_11', 'act_20', 'act_25', 'act_30'])
  })

  test('of a segment: also through what it feels', () => {
    const segment = impactOf(world, world.item('S2'))
    const direct = segment?.activities.filter(({ via }) => via === null).map(({ activityId }) => activityId)
    expect(direct?.sort()).toEqual(['act_25', 'act_27'])
    expect(segment?.activities.some(({ via }) => via === world.item('P2'))).toBe(true)
    expect(segment?.items.map(({ code }) => code)).toEqual(expect.arrayContaining(['P1', 'P6', 'D1']))
  })

  test('of a gap: its measure; of what is not there: nothing', () => {
    expect(impactOf(world, world.item('G2'))?.measures.map(({ id }) => id)).toEqual(['mea_02'])
    expect(impactOf(world, 'itm_00000000000000000000000000')).toBeNull()
  })

  test('a card carries the question until it is answered or ends', () => {
    const impact: Impact = {
      id: 'imp_1',
      workspaceId: 'ws_1',
      strategyId: 'str_1',
      serve: serve(positioning, 'whom'),
      was: 'any size',
      now: '10 to 300 stores',
      by: 'mem_1',
      at: new Date(0),
    }
    const question = (
      activityId: `act_${string}`,
      answer: ImpactQuestion['answer'] = null,
    ): ImpactQuestion => ({
      impactId: 'imp_1',
      activityId,
      answer,
      note: '',
      by: null,
      at: null,
    })
    const asked = [question('act_25'), question('act_16'), question('act_09', 'right')]
    const moved = movedCards([impact], asked, world.activities)
    expect(moved.map(({ activityId, impacts }) => [activityId, impacts[0]?.now])).toEqual([
      ['act_25', '10 to 300 stores'],
    ])
  })
})
