import * as Y from 'yjs'
import { withoutCleanup } from '../protocol/no-cleanup'
import { defineRoots, isWhole } from './guard'
import type { Roots, StoredDocument } from './ports'

export class NoSuchDocument extends Error {}

/** What is stored cannot be read whole. Nothing is shown rather than half of it. */
export class StoredDocumentBroken extends Error {}

/** The stored document. Throws NoSuchDocument or StoredDocumentBroken. */
export function found(
  documentId: string,
  stored: StoredDocument | { readonly broken: string } | null,
): StoredDocument {
  if (!stored) throw new NoSuchDocument(documentId)
  if ('broken' in stored) throw new StoredDocumentBroken(stored.broken)
  return stored
}

/** A document from what is stored. Throws StoredDocumentBroken rather than give back half of it. */
export function buildDoc(stored: StoredDocument, roots: Roots): Y.Doc {
  const doc = new Y.Doc()
  withoutCleanup(doc)
  defineRoots(doc, roots)
  let expected = stored.snapshot?.seq ?? 0
  try {
    doc.transact(() => {
      if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes)
      for (const row of stored.tail) {
        expected += 1
        if (row.seq !== expected) throw new StoredDocumentBroken(`journal row ${expected} is missing`)
        Y.applyUpdate(doc, row.bytes)
      }
    })
    if (expected !== stored.seq)
      throw new StoredDocumentBroken(`journal ends at ${expected}, not ${stored.seq}`)
    if (!isWhole(doc)) throw new StoredDocumentBroken('content is missing')
  } catch (error) {
    doc.destroy()
    if (error instanceof StoredDocumentBroken) throw error
    throw new StoredDocumentBroken('stored content cannot be applied', { cause: error })
  }
  return doc
}
