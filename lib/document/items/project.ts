import { digest } from 'lib0/hash/sha256'
import type * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { MOST_WORDS, type ProjectedItem } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'
import { behindOf, sentenceOf } from './compose'
import { type Item, itemsOf, wordsOf } from './read-items'

/** Raised when the same document would come to other rows than before: all rows are then made again at the start. */
export const PROJECTION_VERSION = 1

/** People have under a hundred; beyond this somebody is trying how much the house bears. */
const MOST_ITEMS = 5_000

export type HashedItem = ProjectedItem & { readonly hash: string }

/** The items of a document as rows. Follows from the document and the language alone. */
export function projectionOf(doc: Y.Doc, language: Language): HashedItem[] {
  return rowsOf(itemsOf(doc), language)
}

/** The same of items that have been read already. */
export function rowsOf(items: readonly Item[], language: Language): HashedItem[] {
  return items.slice(0, MOST_ITEMS).map((item) => {
    const projected = projectItem(item, language)
    return { ...projected, hash: hashOf(projected) }
  })
}

function projectItem(item: Item, language: Language): ProjectedItem {
  const text = item.kind === 'positioning' ? (sentenceOf(item, language) ?? '') : wordsOf(item, 'text')
  return {
    id: item.id as Id<'itm'>,
    kind: item.kind,
    code: item.code,
    chapter: item.chapter,
    position: item.position,
    title: clean(wordsOf(item, 'title')),
    text: clean(text),
    fields: {
      ...item.fields,
      unit: cleanOrNull(item.fields.unit),
      measure: cleanOrNull(item.fields.measure),
      fromDepartment: cleanOrNull(item.fields.fromDepartment),
      toDepartment: cleanOrNull(item.fields.toDepartment),
      department: cleanOrNull(item.fields.department),
    },
    details: {
      parts: item.parts.map((part) => ({ ...part, text: clean(part.text) })),
      written: Object.fromEntries(Object.entries(item.written).map(([name, value]) => [name, clean(value)])),
      extra: item.extra.map(([key, value]) => [clean(key), clean(value)] as const),
      behind: behindOf(item),
    },
    refs: item.refs,
  }
}

/** Text that PostgreSQL takes: no zero character, no half of a pair, and not without end. */
function clean(text: string): string {
  const short = text.length > MOST_WORDS ? text.slice(0, MOST_WORDS) : text
  return short.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

function cleanOrNull(text: string | null): string | null {
  return text === null ? null : clean(text)
}

function hashOf(item: ProjectedItem): string {
  const bytes = digest(new TextEncoder().encode(JSON.stringify(item)))
  return Array.from(bytes.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
