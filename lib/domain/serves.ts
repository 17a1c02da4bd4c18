import { type Id, isId } from '@/lib/kit/ids'
import { Refusal } from './refusal'

/** The three slots of the positioning. */
export const slots = ['whom', 'problem', 'solution'] as const
export type Slot = (typeof slots)[number]

/**
 * What an activity or a measure is for: an item of the strategy (`itm_…`), or one slot of its positioning
 * (`itm_…/problem`). As one text, so that a row holds them in an array and an index finds them.
 */
export type Serve = Id<'itm'> | `${Id<'itm'>}/${Slot}`

export const MAX_SERVES = 30

export function serve(itemId: Id<'itm'>, slot: Slot | null = null): Serve {
  return slot === null ? itemId : `${itemId}/${slot}`
}

export function readServe(text: string): { readonly itemId: Id<'itm'>; readonly slot: Slot | null } | null {
  const cut = text.indexOf('/')
  const itemId = cut < 0 ? text : text.slice(0, cut)
  if (!isId('itm', itemId)) return null
  if (cut < 0) return { itemId, slot: null }
  const slot = slots.find((name) => name === text.slice(cut + 1))
  return slot ? { itemId, slot } : null
}

/** Each once, in the order given. Whether the item is there is for the command to ask. */
export function cleanServes(texts: readonly string[]): Serve[] {
  const clean = [...new Set(texts)].map((text) => {
    const read = readServe(text)
    if (!read) throw new Refusal('invalid_input', { field: 'serves' })
    return serve(read.itemId, read.slot)
  })
  if (clean.length > MAX_SERVES) throw new Refusal('too_many', { field: 'serves', max: MAX_SERVES })
  return clean
}

/** The ids of the items, each once. */
export function itemsServed(serves: readonly Serve[]): Id<'itm'>[] {
  return [...new Set(serves.flatMap((text) => readServe(text)?.itemId ?? []))]
}
