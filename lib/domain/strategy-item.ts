import type { Id } from '@/lib/kit/ids'

/** The kinds of items, in the order in which people meet them in the page. */
export const itemKinds = [
  'factor',
  'segment',
  'pain',
  'itch',
  'delight',
  'gap',
  'positioning',
  'principle',
  'tradeoff',
  'intent',
  'handoff',
] as const
export type ItemKind = (typeof itemKinds)[number]

/** Characters of one part that a row keeps. The document keeps the rest. */
export const MOST_WORDS = 10_000

/** What the fields say, null where nothing is written or it cannot be read. Dates are `2026-12-31`. */
export interface ItemFields {
  readonly area:
    | 'politics'
    | 'economy'
    | 'society'
    | 'technology'
    | 'market'
    | 'competitors'
    | 'customers'
    | 'ourselves'
    | null
  readonly confidence: 'high' | 'medium' | 'low' | null
  readonly checkedOn: string | null
  readonly validUntil: string | null
  readonly focus: 'yes' | 'no' | null
  /** Ids of items. */
  readonly feltBy: readonly string[]
  readonly severity: 'high' | 'medium' | 'low' | null
  readonly frequency: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'rarely' | null
  readonly gapKind: 'future' | 'past' | 'risk' | null
  readonly from: number | null
  readonly to: number | null
  readonly unit: string | null
  readonly by: string | null
  readonly measure: string | null
  /** A department of the workspace (`dep_…`), or one of those a file names (`product`, `sales`), or any words. */
  readonly fromDepartment: string | null
  readonly toDepartment: string | null
  readonly department: string | null
}

/** What an item says besides its title and text. */
export interface ItemDetails {
  readonly parts: readonly {
    readonly name: string
    readonly lang: 'en' | 'zh' | null
    readonly text: string
    /** Ids of the items these words cite. */
    readonly refs: readonly string[]
  }[]
  /** Fields as somebody wrote them, readable or not. */
  readonly written: Readonly<Record<string, string>>
  /** Properties of a file that no field stands for. */
  readonly extra: readonly (readonly [key: string, value: string])[]
  /** The language of a positioning that stayed behind when the other one was changed. */
  readonly behind: 'en' | 'zh' | null
}

/** An item as it stands in the document, without what only a row knows. */
export interface ProjectedItem {
  readonly id: Id<'itm'>
  readonly kind: ItemKind
  /** `P2`; null for a positioning and an intent, and for an item that has just been written. */
  readonly code: string | null
  /** The root it lies in: `preface` or a chapter. */
  readonly chapter: string
  /** Of all items of the strategy, from 0. */
  readonly position: number
  readonly title: string
  /** Of a positioning: its sentence, in the strategy's language. */
  readonly text: string
  readonly fields: ItemFields
  readonly details: ItemDetails
  /** Every item it names, also those that are gone. */
  readonly refs: readonly string[]
}

/** An item of a strategy as a row. The document is what counts; rows follow it within half a second. */
export interface StrategyItem extends ProjectedItem {
  readonly strategyId: Id<'str'>
  /** The journal row with which it came to be as it is. */
  readonly seq: number
  /** When it left the document; null: it is there. A row is kept, for its code is never given to another item. */
  readonly removedAt: Date | null
}

/** A row as far as it matters for what has to be written. */
export interface KnownRow {
  readonly hash: string
  readonly removedAt: Date | null
}

/** What has to be written so that the rows are the items: those that are new, other or back, and the ids of those gone. */
export function changesOf<T extends { readonly id: string; readonly hash: string }>(
  known: ReadonlyMap<string, KnownRow>,
  items: readonly T[],
): { readonly changed: readonly T[]; readonly gone: readonly string[] } {
  const here = new Set(items.map(({ id }) => id))
  return {
    changed: items.filter(({ id, hash }) => {
      const row = known.get(id)
      return row?.hash !== hash || row.removedAt !== null
    }),
    gone: [...known].flatMap(([id, row]) => (row.removedAt === null && !here.has(id) ? [id] : [])),
  }
}
