import * as Y from 'yjs'

/** The first content of a tortured strategy: one paragraph, in which everybody types. */
export function onePage(): Uint8Array {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText()])
  doc.getXmlFragment('situation').insert(0, [paragraph])
  return Y.encodeStateAsUpdate(doc)
}

/** The text of that paragraph; null before it has arrived. */
export function pageText(doc: Y.Doc): Y.XmlText | null {
  const paragraph = doc.getXmlFragment('situation').firstChild
  const text = paragraph instanceof Y.XmlElement ? paragraph.firstChild : null
  return text instanceof Y.XmlText ? text : null
}
