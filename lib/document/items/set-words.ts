import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { childrenOf, plainOf } from '../walk'
import { isItemPart } from './kinds'
import { itemsOf, textOfPart } from './read-items'

/**
 * Words into one part of an item, in a transaction of the caller's. Only what differs is written, so that marks, comments
 * and what a colleague types beside it stay. Answers what stood there; null: no such item, or it has no such part.
 */
export function setWords(
  doc: Y.Doc,
  at: { readonly itemId: string; readonly part: string; readonly lang: Language | null },
  words: string,
): string | null {
  const element = partElement(doc, at)
  if (!element) return null
  const before = textOfPart(element)
  if (before === words) return before
  const [only, ...more] = childrenOf(element)
  if (more.length === 0 && only instanceof Y.XmlText && isPlain(only)) rewrite(only, words)
  else {
    element.delete(0, element.length)
    element.insert(0, [new Y.XmlText(words)])
  }
  return before
}

/** What a part says; null: no such item, or it has no such part. */
export function wordsAt(
  doc: Y.Doc,
  at: { readonly itemId: string; readonly part: string; readonly lang: Language | null },
): string | null {
  const element = partElement(doc, at)
  return element && textOfPart(element)
}

function partElement(
  doc: Y.Doc,
  { itemId, part, lang }: { readonly itemId: string; readonly part: string; readonly lang: Language | null },
): Y.XmlElement | null {
  if (!isItemPart(part)) return null
  const item = itemsOf(doc).find(({ id }) => id === itemId)
  if (!item) return null
  const named = childrenOf(item.node).filter(
    (child): child is Y.XmlElement =>
      child instanceof Y.XmlElement && child.nodeName === 'itemPart' && child.getAttribute('name') === part,
  )
  return named.find((child) => (child.getAttribute('lang') ?? null) === lang) ?? null
}

// A text that holds nothing but letters and marks has its letters where a string has them.
function isPlain(text: Y.XmlText): boolean {
  return plainOf(text).length === text.length
}

function rewrite(text: Y.XmlText, words: string): void {
  const was = plainOf(text)
  let head = 0
  while (head < was.length && head < words.length && was[head] === words[head]) head++
  let tail = 0
  while (
    tail < was.length - head &&
    tail < words.length - head &&
    was[was.length - 1 - tail] === words[words.length - 1 - tail]
  )
    tail++
  // Never between the halves of one sign.
  if (head > 0 && isHigh(was.charCodeAt(head - 1))) head--
  if (tail > 0 && isLow(was.charCodeAt(was.length - tail))) tail--
  if (was.length - tail > head) text.delete(head, was.length - tail - head)
  if (words.length - tail > head) text.insert(head, words.slice(head, words.length - tail))
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
