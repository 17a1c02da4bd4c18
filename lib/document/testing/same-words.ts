import * as Y from 'yjs'
import { documentFromMarkdown } from '../build'
import { canonicalContent, contentHash } from '../content-hash'
import type { ThreadForExport } from '../exported'
import type { ReadFile } from '../read-file'

type Content = Pick<ReadFile, 'chapters' | 'properties'>

/** Every id by the places where it stands: two documents that differ in nothing else become equal. */
function inOrder<T>(value: T): T {
  const text = JSON.stringify(value)
  const places = new Map<string, number[]>()
  // Marks on the same words have no order of their own, so a place is a node, not a character.
  text.split('"type":"text"').forEach((part, place) => {
    for (const [id] of part.matchAll(ID)) places.set(id, [...(places.get(id) ?? []), place])
  })
  const key = (id: string) => (places.get(id) ?? []).map((place) => String(place).padStart(7, '0')).join()
  const items = [...places.keys()].filter((id) => id.startsWith('itm'))
  const threads = [...places.keys()].filter((id) => id.startsWith('thr'))
  threads.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
  const names = new Map(
    [items, threads].flatMap((ids) =>
      ids.map((id, number) => [id, `${id.slice(0, 3)}_${String(number).padStart(26, '0')}`] as const),
    ),
  )
  return JSON.parse(text.replace(ID, (id) => names.get(id) ?? id)) as T
}

const ID = /\b(?:itm|thr)_[0-9a-z]{26}\b/g

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
    until: rest.until ?? null,
    measure: rest.measure ?? null,
    comments: rest.comments.map((comment) => ({ ...comment, reactions: comment.reactions ?? [] })),
    on: anchor.kind === 'words' ? anchor.quote.replace(/\s+/g, '') : anchor.kind,
  }))
}
