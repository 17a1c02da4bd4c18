import * as Y from 'yjs'
import { cleanQuote } from '@/lib/domain/thread'
import { isId } from '@/lib/kit/ids'
import { isItemPart } from '../items/kinds'
import type { TextRoot } from '../roots'
import { childrenOf, plainOf, textBelow } from '../walk'
import { threadsIn } from './mark'
import { walkAll } from './stretches'

/** Where the words of one thread lie now. */
export interface Anchor {
  readonly root: TextRoot
  /** The words themselves, on one line and not longer than MAX_QUOTE. */
  readonly quote: string
  readonly itemId: string | null
  readonly part: string | null
  /** In the positioning: its item, or, in a strategy without one, under its heading. */
  readonly positioning: boolean
  /** Place in the order of the text. */
  readonly place: number
}

export interface Anchors {
  /** By thread: those that have words. */
  readonly threads: ReadonlyMap<string, Anchor>
  /** By item: what a thread about the item as a whole hangs on. `quote` is its title, or how it begins. */
  readonly items: ReadonlyMap<string, Anchor>
}

const POSITIONING = /^(?:positioning|定位)(?:$|[\s:：·—-])/i

/** All anchors of a document. Reads only; a document of 100,000 characters takes a few milliseconds. */
export function anchorsOf(doc: Y.Doc): Anchors {
  const threads = new Map<string, Anchor & { words: string[]; last: Y.XmlText }>()
  const items = new Map<string, Anchor>()
  let place = 0
  let root: TextRoot | null = null
  // The level of the heading "Positioning" we are under.
  let under: number | null = null
  walkAll(doc, {
    element(element, at) {
      place += 1
      if (at !== root) {
        root = at
        under = null
      }
      if (element.nodeName === 'heading' && element.parent === doc.getXmlFragment(at)) {
        const level = Number(element.getAttribute('level') ?? 3)
        if (at === 'policy' && POSITIONING.test(textBelow(element).trim())) under = level
        else if (under !== null && level <= under) under = null
      } else if (element.nodeName === 'item') {
        const itemId: unknown = element.getAttribute('id')
        if (!isId('itm', itemId) || items.has(itemId)) return
        const positioning = isPositioning(element)
        items.set(itemId, { root: at, quote: nameOf(element), itemId, part: null, positioning, place })
      }
    },
    text({ root: at, text, item, part }) {
      place += 1
      if (!hasComments(text)) return
      const delta: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta()
      for (const { insert, attributes } of delta) {
        if (typeof insert !== 'string' || insert === '') continue
        for (const thread of threadsIn(attributes)) {
          const known = threads.get(thread)
          if (known) {
            if (known.last !== text) known.words.push(' ')
            known.words.push(insert)
            known.last = text
            continue
          }
          const itemId: unknown = item?.getAttribute('id') ?? null
          const name: unknown = part?.getAttribute('name') ?? null
          threads.set(thread, {
            root: at,
            quote: '',
            itemId: isId('itm', itemId) ? itemId : null,
            part: isItemPart(name) ? name : null,
            positioning: item ? isPositioning(item) : at === 'policy' && under !== null,
            place,
            words: [insert],
            last: text,
          })
        }
      }
    },
  })
  return {
    items,
    threads: new Map(
      [...threads].map(([id, { words, last: _, ...anchor }]) => [
        id,
        { ...anchor, quote: cleanQuote(words.join('')) },
      ]),
    ),
  }
}

function isPositioning(item: Y.XmlElement): boolean {
  const kind: unknown = item.getAttribute('kind')
  return kind === 'positioning'
}

/** What the item is called, or how it begins. */
function nameOf(item: Y.XmlElement): string {
  const parts = childrenOf(item).filter((child) => child instanceof Y.XmlElement)
  const named = (name: string) =>
    parts.find((part) => String(part.getAttribute('name')) === name && textBelow(part).trim() !== '')
  const found = named('title') ?? named('text') ?? parts.find((part) => textBelow(part).trim() !== '')
  return found ? cleanQuote(textBelow(found)) : ''
}

/** Most texts have none; reading all formats of a long chapter for nothing would be felt. */
function hasComments(text: Y.XmlText): boolean {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat && item.content.key.startsWith('comment'))
      return true
  return false
}

/** Where a stretch of words stands, if it stands exactly once and nowhere else. */
export function onlyPlaceOf(
  doc: Y.Doc,
  words: string,
): { readonly text: Y.XmlText; readonly from: number } | null {
  let found: { text: Y.XmlText; from: number } | null = null
  let several = false
  walkAll(doc, {
    text({ text }) {
      const plain = plainOf(text)
      const from = plain.indexOf(words)
      if (from < 0) return
      if (found || plain.indexOf(words, from + 1) >= 0) several = true
      found = { text, from }
    },
  })
  return several ? null : found
}
