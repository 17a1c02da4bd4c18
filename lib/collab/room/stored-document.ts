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

/** Throws StoredDocumentBroken where a row is missing. */
export function checkRows(stored: StoredDocument): void {
  let expected = stored.snapshot?.seq ?? 0
  for (const row of stored.tail) {
    expected += 1
    if (row.seq !== expected) throw new StoredDocumentBroken(`journal row ${expected} is missing`)
  }
  if (expected !== stored.seq)
    throw new StoredDocumentBroken(`journal ends at ${expected}, not ${stored.seq}`)
}

/** A document from what is stored. Throws StoredDocumentBroken rather than give back half of it. */
export function buildDoc(stored: StoredDocument, roots: Roots): Y.Doc {
  checkRows(stored)
  const rows = stored.tail.map((row) => row.bytes)
  return docOf(stored.snapshot ? [stored.snapshot.bytes, ...rows] : rows, roots)
}

/** The same, from the updates themselves. */
export function docOf(updates: readonly Uint8Array[], roots: Roots): Y.Doc {
  const doc = new Y.Doc()
  withoutCleanup(doc)
  defineRoots(doc, roots)
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    if (!isWhole(doc)) throw new StoredDocumentBroken('content is missing')
  } catch (error) {
    doc.destroy()
    if (error instanceof StoredDocumentBroken) throw error
    throw new StoredDocumentBroken('stored content cannot be applied', { cause: error })
  }
  return doc
}
