import * as Y from 'yjs'
import { withoutComments } from './comments/without-comments'
import { fillRoot } from './fill'
import { withPictures } from './pictures'
import { propertiesOf, setProperties } from './properties'
import { readNodes } from './read-nodes'
import { TEXT_ROOTS } from './roots'

/**
 * The same words in a document of their own: no history, no client ids of the first, so that nothing written in
 * one can ever be taken for a part of the other.
 * @param state the whole state of a document as an update (V1), from our own journal
 * @param pictures files to show instead, by the id of those shown now
 * @returns the first update of the copy
 */
export function duplicateDocument(
  state: Uint8Array,
  client?: number,
  pictures: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  const from = new Y.Doc()
  Y.applyUpdate(from, state)
  const to = new Y.Doc()
  if (client !== undefined) to.clientID = client
  to.transact(() => {
    for (const root of TEXT_ROOTS) {
      fillRoot(
        to.getXmlFragment(root),
        withPictures(withoutComments(readNodes(from.getXmlFragment(root))), pictures),
      )
    }
    const properties = propertiesOf(from)
    if (properties.length > 0) setProperties(to, properties)
  })
  return Y.encodeStateAsUpdate(to)
}
