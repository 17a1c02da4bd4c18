import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { node, paragraph } from '@/lib/document/testing/sample'
import { must } from '@/lib/kit/assert'
import { openHeadless } from './headless'
import { toAbsolute, toRelative } from './relative'

it('says every place of a text to another editor, and back', () => {
  const a = new Y.Doc()
  const b = new Y.Doc()
  fillRoot(a.getXmlFragment('policy'), [
    paragraph('one'),
    node(
      'bulletList',
      node('listItem', paragraph('two'), node('bulletList', node('listItem', paragraph('three')))),
    ),
    paragraph(),
    paragraph('four'),
  ])
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  const here = openHeadless(a.getXmlFragment('policy'))
  const there = openHeadless(b.getXmlFragment('policy'))
  // A letter written here stands in a text of both.
  here.type(2, 2, 'x')
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
  here.view.state.doc.descendants((block, at) => {
    if (!block.isTextblock) return true
    for (let i = 0; i <= block.content.size; i += 1) {
      const place = at + 1 + i
      const relative = must(
        toRelative(here.binding.root, here.binding.mapping, place),
        `a place for ${place}`,
      )
      const sent = Y.createRelativePositionFromJSON(JSON.parse(JSON.stringify(relative)))
      expect(toAbsolute(there.binding.root, there.binding.mapping, sent), `place ${place}`).toBe(place)
    }
    return true
  })
})
