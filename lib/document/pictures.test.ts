import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { duplicateDocument } from './duplicate'
import { fillRoot } from './fill'
import type { NodeJson } from './json'
import { picturesIn, picturesOf, withPictures } from './pictures'

const ONE = 'fil_01J00000000000000000000001'
const TWO = 'fil_01J00000000000000000000002'
const image = (fileId: string | null, alt = 'x'): NodeJson => ({ type: 'image', attrs: { fileId, alt } })
const quote = (...content: NodeJson[]): NodeJson => ({ type: 'blockquote', content })

test('are found wherever they stand, each once', () => {
  expect(picturesIn([image(ONE), quote(quote(image(TWO)), image(ONE)), image(null)])).toEqual([ONE, TWO])
})

test('are replaced by name, and nothing else is', () => {
  const nodes = [image(ONE, 'plan'), quote(image(TWO)), { type: 'paragraph' }]
  expect(withPictures(nodes, new Map([[ONE, 'fil_new']]))).toEqual([
    image('fil_new', 'plan'),
    quote(image(TWO)),
    { type: 'paragraph' },
  ])
})

test('a copy of a document shows what it is told to', () => {
  const doc = new Y.Doc()
  fillRoot(doc.getXmlFragment('policy'), [quote(image(ONE)), image(TWO)])
  const state = Y.encodeStateAsUpdate(doc)
  const copy = duplicateDocument(state, 7, new Map([[ONE, 'fil_01J00000000000000000000003']]))
  expect(picturesOf(copy)).toEqual(['fil_01J00000000000000000000003', TWO])
  expect(picturesOf(state)).toEqual([ONE, TWO])
})
