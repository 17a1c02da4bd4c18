import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { mergeUpdates } from '@/lib/kit/merge-updates'
import { rng } from '../testing/rng'

test.each([1, 2, 32, 33, 1_024, 1_025, 5_000])('%i updates become one that says the same', (count) => {
  const chance = rng(count)
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  const text = doc.getText('text')
  while (updates.length < count) {
    const at = chance.below(text.length + 1)
    if (chance.below(3) === 0 && at < text.length) text.delete(at, 1)
    else text.insert(at, chance.pick(['a', 'b', '战']))
  }
  const read = new Y.Doc()
  Y.applyUpdate(read, mergeUpdates(updates))
  expect(read.getText('text').toString()).toBe(text.toString())
  expect(Y.encodeStateVector(read)).toEqual(Y.encodeStateVector(doc))
})
