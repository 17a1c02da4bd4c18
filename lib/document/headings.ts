import type * as Y from 'yjs'

/**
 * The name of a heading for links and the outline: the id of its element in Yjs. It holds while the words
 * change, while the heading moves with its neighbours and over restarts, needs nothing in the document, and two
 * headings never share one. It goes when the heading is deleted or its paragraph made a heading anew.
 */
export function headingKey(heading: Y.XmlElement): string | null {
  const id = heading._item?.id
  return id ? `h-${id.client.toString(36)}-${id.clock.toString(36)}` : null
}
