import { digest } from 'lib0/hash/sha256'
import type { Language } from '@/lib/domain/language'
import { languages } from '@/lib/domain/language'
import { type Slot, slots } from './kinds'
import { type Item, wordsOf } from './read-items'

/** A stretch of the sentence; `slot` names the slot whose words it is. */
export interface SentencePiece {
  readonly text: string
  readonly slot: Slot | null
}

type Filled = Readonly<Record<Slot, string>>

const SHAPES: Readonly<Record<Language, ReadonlyArray<string | { readonly slot: Slot }>>> = {
  en: ['For ', { slot: 'whom' }, ', we solve ', { slot: 'problem' }, ' through ', { slot: 'solution' }, '.'],
  zh: ['我们通过', { slot: 'solution' }, '，为', { slot: 'whom' }, '解决', { slot: 'problem' }, '。'],
}

/** The sentence the slots make, in pieces; an empty slot is an empty piece. */
export function composePieces(words: Filled, language: Language): SentencePiece[] {
  return SHAPES[language].map((part) =>
    typeof part === 'string' ? { text: part, slot: null } : { text: words[part.slot], slot: part.slot },
  )
}

/** The sentence, or null while a slot is empty. */
export function compose(words: Filled, language: Language): string | null {
  if (slots.some((slot) => words[slot] === '')) return null
  return composePieces(words, language)
    .map((piece) => piece.text)
    .join('')
}

/** What a positioning says: its own sentence, else the one its slots make; empty while it is not whole. */
export function wholeSentence(
  positioning: (Filled & { readonly sentence: string }) | null,
  language: Language,
): string {
  if (positioning === null) return ''
  return positioning.sentence === '' ? (compose(positioning, language) ?? '') : positioning.sentence
}

/** The words of the slots in one language. */
export function slotWords(item: Pick<Item, 'parts'>, language: Language): Filled {
  return {
    whom: wordsOf(item, 'whom', language),
    problem: wordsOf(item, 'problem', language),
    solution: wordsOf(item, 'solution', language),
  }
}

/** The positioning as one sentence: somebody's own wording if there is one, else composed; null: neither. */
export function sentenceOf(item: Pick<Item, 'parts'>, language: Language): string | null {
  return wordsOf(item, 'sentence', language) || compose(slotWords(item, language), language)
}

/** A short name for the words of all slots in one language: changes when any of them does. */
export function slotsHash(item: Pick<Item, 'parts'>, language: Language): string {
  const words = slotWords(item, language)
  const text = slots.map((slot) => words[slot].normalize('NFC').replace(/\s+/g, ' ').trim()).join('\n')
  const bytes = digest(new TextEncoder().encode(text))
  return Array.from(bytes.slice(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * What to write into `agreed` when somebody says that both languages say the same.
 * Both have to be there: nothing agrees with an empty sentence.
 */
export function agreementOf(item: Pick<Item, 'parts'>): { en: string; zh: string } | null {
  const written = languages.every((language) => compose(slotWords(item, language), language) !== null)
  return written ? { en: slotsHash(item, 'en'), zh: slotsHash(item, 'zh') } : null
}

/**
 * The language that has stayed behind: since somebody said that both agree, only the other one changed. Null when
 * they agree, when both changed (nobody can say which is right), and when they never agreed.
 */
export function behindOf(item: Pick<Item, 'parts' | 'agreed'>): Language | null {
  const { agreed } = item
  if (!agreed) return null
  const changed = languages.filter((language) => slotsHash(item, language) !== agreed[language])
  if (changed.length !== 1) return null
  return changed[0] === 'en' ? 'zh' : 'en'
}
