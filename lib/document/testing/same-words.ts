import * as Y from 'yjs'
import { documentFromMarkdown } from '../build'
import { canonicalContent, contentHash } from '../content-hash'
import type { ThreadForExport } from '../exported'
import type { ReadFile } from '../read-file'

type Content = Pick<ReadFile, 'chapters' | 'properties'>

/** Every id by the place where it is first met: two documents that differ in nothing else become equal. */
function inOrder<T>(value: T): T {
  const names = new Map<string, string>()
  const text = JSON.stringify(value).replace(/\b(itm|thr)_[0-9a-z]{26}\b/g, (id, kind: string) => {
    const known = names.get(id) ?? `${kind}_${String(names.size).padStart(26, '0')}`
    names.set(id, known)
    return known
  })
  return JSON.parse(text) as T
}

function documentOf(content: Content): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(
    doc,
    documentFromMarkdown(inOrder({ chapters: content.chapters, properties: content.properties })),
  )
  return doc
}

/** The content hash of what would be imported, whatever ids its items and threads were given. */
export function wordsHash(content: Content): string {
  return contentHash(documentOf(content))
}

/** The same before it is hashed, for looking at a difference. */
export function wordsOf(content: Content): string {
  return canonicalContent(documentOf(content))
}

/** Threads with nothing that an import renews. */
export function saidIn(threads: readonly ThreadForExport[]): unknown {
  return threads.map(({ id: _, anchor, ...rest }) => ({
    ...rest,
    on: anchor.kind === 'words' ? anchor.quote : anchor.kind,
  }))
}
