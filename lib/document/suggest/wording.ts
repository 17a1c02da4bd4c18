import { digest } from 'lib0/hash/sha256'
import type * as Y from 'yjs'
import { languages } from '@/lib/domain/language'
import { sentenceOf, slotWords } from '../items/compose'
import { slots } from '../items/kinds'
import { itemsOf } from '../items/read-items'

/**
 * A short name for the words of the positioning in both languages: what a partner signs. Changes with any of them.
 * Null: nothing is said yet that anybody could stand behind.
 */
export function wordingOf(doc: Y.Doc): string | null {
  const item = itemsOf(doc).find(({ kind }) => kind === 'positioning')
  if (!item || languages.every((language) => sentenceOf(item, language) === null)) return null
  const words = languages.flatMap((language) => {
    const filled = slotWords(item, language)
    return [...slots.map((slot) => filled[slot]), sentenceOf(item, language) ?? '']
  })
  const text = words.map((one) => one.normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n')
  const bytes = digest(new TextEncoder().encode(text))
  return Array.from(bytes.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
