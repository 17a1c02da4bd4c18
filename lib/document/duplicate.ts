import * as Y from 'yjs'
import { newId as newKindId } from '@/lib/kit/ids'
import { withoutComments } from './comments/without-comments'
import { fillRoot } from './fill'
import { adopt } from './items/remap'
import { withPictures } from './pictures'
import { propertiesOf, setProperties } from './properties'
import { readNodes } from './read-nodes'
import { TEXT_ROOTS } from './roots'

/**
 * The same words in a document of their own: no history, no client ids of the first, so that nothing written in
 * one can ever be taken for a part of the other. Items keep their codes and get ids of their own; what they cite
 * leads to the copies. Threads stay with the first.
 * @param state the whole state of a document as an update (V1), from our own journal
 * @param pictures files to show instead, by the id of those shown now
 * @param newId a fresh item id at each call
 * @returns the first update of the copy
 */
export function duplicateDocument(
  state: Uint8Array,
  client?: number,
  pictures: ReadonlyMap<string, string> = new Map(),
  newId: () => string = () => newKindId('itm'),
): Uint8Array {
  const from = new Y.Doc()
  Y.applyUpdate(from, state)
  // All at once: an item of one chapter names those of another.
  const whole = TEXT_ROOTS.map((root) => ({
    type: root,
    content: withoutComments(readNodes(from.getXmlFragment(root))),
  }))
  const adopted = adopt(whole, { newId, standing: new Set(), foreign: true, keepCodes: true })
  const to = new Y.Doc()
  if (client !== undefined) to.clientID = client
  to.transact(() => {
    TEXT_ROOTS.forEach((root, index) => {
      fillRoot(to.getXmlFragment(root), withPictures(adopted[index]?.content ?? [], pictures))
    })
    const properties = propertiesOf(from)
    if (properties.length > 0) setProperties(to, properties)
  })
  return Y.encodeStateAsUpdate(to)
}
