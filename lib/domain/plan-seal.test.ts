import { describe, expect, test } from 'vitest'
import { canonicalJson, hashOf, readSeal, sealOf } from './canonical'
import type { Measure } from './measure'
import { inScope, planOf, readPlan, sealPlan } from './plan-seal'

const id = <K extends 'act' | 'dep' | 'mea' | 'itm' | 'ver' | 'str'>(kind: K, n: number) =>
  `${kind}_${String(n).padStart(26, '0')}` as const

describe('canonical JSON', () => {
  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: { d: null, c: [3, { f: 1, e: 0 }] } }, '{"a":{"c":[3,{"e":0,"f":1}],"d":null}}'],
    [['b', 'a'], '["b","a"]'],
    ['勺"知', '"勺\\"知"'],
    [-0.5, '-0.5'],
    [{ é: 1, e: 2, 中: 3 }, '{"e":2,"é":1,"中":3}'],
  ])('%j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('numbers that JSON cannot say are our bug', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow('finite')
  })

  test('SHA-256 of the bytes', () => {
    expect(hashOf(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test('one bit of a seal changed is seen', () => {
    const seal = sealOf({ a: 1 })
    expect(readSeal(seal)).toEqual({ a: 1 })
    const bytes = Uint8Array.from(seal.bytes)
    bytes[5] = (bytes[5] ?? 0) ^ 1
    expect(() => readSeal({ ...seal, bytes })).toThrow('a seal is what was sealed')
  })
})

const measure: Measure = {
  id: id('mea', 1),
  workspaceId: 'ws_1',
  departmentId: null,
  name: 'Days to go live',
  unit: 'days',
  direction: 'down',
  baseline: 34,
  baselineOn: '2025-12-31',
  targets: [
    { cycle: '2026-Q2', value: 26 },
    { cycle: '2026-Q4', value: 20 },
  ],
  ownerId: null,
  cadence: 'weekly',
  serves: [],
  status: 'active',
  revision: 1,
}

const activity = (n: number, over: Partial<Parameters<typeof planOf>[0]['activities'][number]> = {}) => ({
  id: id('act', n),
  title: `Activity ${n}`,
  departmentId: id('dep', 1),
  ownerId: null,
  due: null,
  effort: 5,
  serves: [id('itm', 2), id('itm', 1)],
  measures: [],
  cycle: '2026-Q3',
  status: 'active' as const,
  halt: null,
  ...over,
})

const given = {
  cycle: '2026-Q3',
  strategy: { id: id('str', 1), title: 'S', versionId: id('ver', 1), version: 14, contentHash: 'c0ffee' },
  items: [],
  language: 'en' as const,
  activities: [activity(2), activity(1)],
  measures: [measure],
}

describe('a plan', () => {
  test.each([
    ['of the quarter', {}, true],
    ['blocked', { halt: 'blocked' as const }, true],
    ['archived: tidied away, not dropped', { status: 'archived' as const }, true],
    ['stopped', { halt: 'stopped' as const }, false],
    ['in the trash', { status: 'trashed' as const }, false],
    ['of another quarter', { cycle: '2026-Q4' }, false],
    ['of none', { cycle: null }, false],
  ])('an activity %s', (_title, over, expected) => {
    expect(inScope(activity(1, over), '2026-Q3')).toBe(expected)
  })

  test('takes the target of the quarter or the last one before it', () => {
    expect(planOf(given).targets.map(({ value }) => value)).toEqual([26])
    expect(planOf({ ...given, cycle: '2026-Q1' }).targets).toEqual([])
  })

  test('gives the same bytes in whatever order its parts were read', () => {
    const one = sealPlan(planOf(given))
    const other = sealPlan(planOf({ ...given, activities: [...given.activities].reverse() }))
    expect(other.hash).toBe(one.hash)
    expect(Buffer.from(other.bytes).equals(Buffer.from(one.bytes))).toBe(true)
  })

  test('another word of it gives another hash', () => {
    const hashes = new Set(
      [
        given,
        { ...given, strategy: { ...given.strategy, contentHash: 'decaf' } },
        { ...given, activities: [activity(1)] },
        { ...given, activities: [activity(1, { effort: 6 }), activity(2)] },
        { ...given, measures: [{ ...measure, targets: [{ cycle: '2026-Q3', value: 22 }] }] },
      ].map((one) => sealPlan(planOf(one)).hash),
    )
    expect(hashes.size).toBe(5)
  })

  test('is read back as it was', () => {
    const plan = planOf(given)
    expect(readPlan(sealPlan(plan))).toEqual(plan)
  })
})
