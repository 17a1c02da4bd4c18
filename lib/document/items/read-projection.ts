import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { needsHealing, type UsedCodes } from './heal'
import { type HashedItem, rowsOf } from './project'
import { itemsOf } from './read-items'

export interface Reading {
  /** The whole document, as one Yjs update. */
  readonly update: Uint8Array
  readonly language: Language
  readonly used: UsedCodes
}

export interface Read {
  readonly items: readonly HashedItem[]
  /** False: `heal` would write. */
  readonly whole: boolean
}

/** What a document's items are, off its bytes. 60 ms of work for 100,000 characters. */
export function readProjection({ update, language, used }: Reading): Read {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, update)
    const items = itemsOf(doc)
    return { items: rowsOf(items, language), whole: !needsHealing(items, used) }
  } finally {
    doc.destroy()
  }
}
