import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { newStrategyDocument } from '../build'
import { changesOf } from '../suggest/changes-of'
import { childrenOf } from '../walk'
import { heal } from './heal'
import { itemsOf } from './read-items'
import { setWords, wordsAt } from './set-words'

function strategy(): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, newStrategyDocument('restaurant-saas', 'en'))
  heal(doc, new Map())
  return doc
}
const idOf = (doc: Y.Doc, code: string) => {
  const item = itemsOf(doc).find((one) => one.code === code || one.kind === code)
  if (!item) throw new Error(code)
  return item.id
}

describe('words into a part of an item', () => {
  test('are the only thing that a branch proposes', () => {
    const main = strategy()
    const branch = new Y.Doc()
    Y.applyUpdate(branch, Y.encodeStateAsUpdate(main))
    const at = { itemId: idOf(branch, 'positioning'), part: 'whom', lang: 'en' as const }
    const before = branch.transact(() =>
      setWords(branch, at, 'restaurant chains with 20 to 300 similar stores'),
    )
    expect(before).toBe('restaurant chains with 10 to 300 similar stores')
    expect(wordsAt(branch, at)).toBe('restaurant chains with 20 to 300 similar stores')
    const changes = changesOf(main, branch)
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ kind: 'words' })
  })

  test('leave alone what a colleague types beside them, and marks', () => {
    const doc = strategy()
    const at = { itemId: idOf(doc, 'P3'), part: 'title', lang: null }
    const part = itemsOf(doc)
      .find(({ id }) => id === at.itemId)
      ?.node.toArray()
      .find(
        (child): child is Y.XmlElement =>
          child instanceof Y.XmlElement && child.getAttribute('name') === 'title',
      )
    const [text] = part ? childrenOf(part) : []
    if (!(text instanceof Y.XmlText)) throw new Error('a title is one text')
    text.format(0, 7, { bold: true })
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    setWords(other, { ...at, itemId: idOf(other, 'P3') }, 'Members join once and never return')
    expect(wordsAt(doc, at)).toBe('Members join and never return')
    setWords(doc, at, 'Regular Members join and never return')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(wordsAt(doc, at)).toBe('Regular Members join once and never return')
    expect(JSON.stringify(text.toDelta())).toContain('bold')
  })

  test('never split a sign of two halves', () => {
    const doc = strategy()
    const at = { itemId: idOf(doc, 'P3'), part: 'title', lang: null }
    for (const words of ['a😀b', 'a😁b', '😁', '中文😀']) {
      setWords(doc, at, words)
      expect(wordsAt(doc, at)).toBe(words)
    }
  })

  test('go nowhere when the item, the part or the language is not there', () => {
    const doc = strategy()
    const itemId = idOf(doc, 'P3')
    expect(setWords(doc, { itemId, part: 'whom', lang: null }, 'x')).toBeNull()
    expect(setWords(doc, { itemId, part: 'nonsense', lang: null }, 'x')).toBeNull()
    expect(
      setWords(doc, { itemId: 'itm_00000000000000000000000000', part: 'title', lang: null }, 'x'),
    ).toBeNull()
    expect(setWords(doc, { itemId: idOf(doc, 'positioning'), part: 'whom', lang: 'zh' }, 'x')).toBeNull()
  })
})
