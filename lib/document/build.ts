import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { fillRoot } from './fill'
import { type ReadStrategy, readMarkdown } from './markdown/read'
import { setProperties } from './properties'
import { TEXT_ROOTS } from './roots'
import { BLANK, type Blank, type TemplateId } from './templates'
import { readTemplate } from './templates/read'

export type { Blank, TemplateId } from './templates'

/**
 * The first update of a new strategy. A blank one is an update without content: its chapters are really empty, so
 * that two people who open it do not each bring a first paragraph.
 * @param client the Yjs client id the content is written under; random when left out. The same id gives the same
 *   bytes when the items get the same ids, too.
 */
export function newStrategyDocument(
  template: TemplateId | Blank,
  language: Language,
  client?: number,
  newItemId?: () => string,
): Uint8Array {
  if (template === BLANK) return Y.encodeStateAsUpdate(new Y.Doc())
  const read = readMarkdown(readTemplate(template, language), newItemId)
  if (!read.ok) throw new Error(`assertion failed: the template ${template} cannot be read`)
  // The properties of a template are those of an invented company.
  return documentFromMarkdown({ ...read.strategy, properties: [] }, client)
}

/** A document with the content of a file that `readMarkdown` has read, as one update. */
export function documentFromMarkdown(
  strategy: Pick<ReadStrategy, 'chapters' | 'properties'>,
  client?: number,
): Uint8Array {
  const doc = new Y.Doc()
  if (client !== undefined) doc.clientID = client
  doc.transact(() => {
    for (const root of TEXT_ROOTS) fillRoot(doc.getXmlFragment(root), strategy.chapters[root])
    if (strategy.properties.length > 0) setProperties(doc, strategy.properties)
  })
  return Y.encodeStateAsUpdate(doc)
}
