import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { extensions } from './extensions'
import { MARK_ORDER, MARKS, mayHold, NODES } from './spec'

const schema = getSchema(extensions())
const structural = new Set(['doc', 'text'])

test('the editor knows the nodes of the spec, no more and no fewer, with the same attributes and defaults', () => {
  const ours = Object.fromEntries(
    Object.entries(NODES).map(([name, spec]) => [
      name,
      Object.fromEntries(Object.entries(spec.attrs).map(([attr, { default: value }]) => [attr, value])),
    ]),
  )
  const theirs = Object.fromEntries(
    Object.values(schema.nodes)
      .filter((type) => !structural.has(type.name))
      .map((type) => [
        type.name,
        Object.fromEntries(Object.entries(type.spec.attrs ?? {}).map(([attr, spec]) => [attr, spec.default])),
      ]),
  )
  expect(theirs).toEqual(ours)
})

test('marks: the same names, attributes and order', () => {
  expect(Object.keys(schema.marks)).toEqual(MARK_ORDER)
  for (const [name, spec] of Object.entries(MARKS)) {
    expect(Object.keys(schema.marks[name]?.spec.attrs ?? {})).toEqual(Object.keys(spec.attrs))
  }
})

test('no mark shuts out another: two people may each set one', () => {
  for (const one of Object.values(schema.marks)) {
    for (const other of Object.values(schema.marks)) {
      expect(one.excludes(other), `${one.name} excludes ${other.name}`).toBe(
        one === other && !MARKS[one.name]?.several,
      )
    }
  }
})

test('the editor lets a node hold what the spec says, and none needs a child', () => {
  for (const parent of Object.values(schema.nodes)) {
    if (structural.has(parent.name)) continue
    expect(parent.contentMatch.validEnd, `${parent.name} may be empty`).toBe(true)
    for (const child of Object.values(schema.nodes)) {
      if (child.name === 'doc') continue
      const held = parent.contentMatch.matchType(child)
      expect(held !== null, `${child.name} in ${parent.name}`).toBe(mayHold(parent.name, child.name))
      // Any number in any order: what one merge brings beside another is never wrong.
      if (held) expect(held.matchType(child), `${child.name} twice in ${parent.name}`).not.toBeNull()
    }
  }
})

test('a root holds blocks only', () => {
  for (const child of Object.values(schema.nodes)) {
    if (child.name === 'doc') continue
    expect(schema.topNodeType.contentMatch.matchType(child) !== null, child.name).toBe(
      mayHold(null, child.name),
    )
  }
})
