import type { CSSProperties } from 'react'
import type { Say } from '@/app/_i18n/say'
import { itemKinds, itemParts } from '@/lib/document/items/kinds'

/**
 * Labels and hints of the lines of items, as texts for the style sheet: they stand beside words that people write, in
 * the reader's language, and are no part of the text, which has its own.
 */
export function partWords(t: Say): CSSProperties {
  const words: Record<string, string> = {}
  for (const part of itemParts) words[`--l-${part}`] = quoted(t(`items.part_${part}`))
  for (const kind of itemKinds)
    if (kind !== 'positioning') words[`--h-${kind}`] = quoted(t(`items.hint_${kind}`))
  for (const slot of ['whom', 'problem', 'solution', 'text'] as const)
    words[`--h-${slot}`] = quoted(t(`items.hint_${slot}`))
  return words
}

/** As CSS writes a text. */
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`
