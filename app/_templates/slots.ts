import type { Language } from '@/lib/domain/language'

/** A piece of a positioning sentence; `slot` marks the words that answer whom, which problem, which solution. */
export interface Piece {
  readonly text: string
  readonly slot: boolean
}

const patterns: Record<Language, RegExp> = {
  en: /^(For )(.+?)(, we solve )(.+?)( through )(.+?)(\.)$/,
  zh: /^(我们通过)(.+)(，为)(.+?)(解决)(.+?)(。)$/,
}

/** A positioning sentence taken apart at its three slots, or in one piece when it is built another way. */
export function slotsOf(sentence: string, language: Language): Piece[] {
  const found = patterns[language].exec(sentence)
  if (!found) return [{ text: sentence, slot: false }]
  return found.slice(1).map((text, i) => ({ text, slot: i % 2 === 1 }))
}
