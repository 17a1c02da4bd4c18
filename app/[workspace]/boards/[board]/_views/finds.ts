import { spell } from '@/lib/kit/pinyin'

/** Case and accents do not matter: `tomas` finds Tomás. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

interface Spelled {
  readonly plain: string
  /** `shen yu bai` as `shenyubai`, and each later beginning: `yubai`, `bai`. Empty without Chinese. */
  readonly full: readonly string[]
  /** `syb`, Latin letters left as they are. */
  readonly initials: string
}

/** Spelling is the dear part, and a board asks for the same titles at every key. */
const known = new Map<string, Spelled>()
const KEEP = 20_000

function spelled(text: string): Spelled {
  const before = known.get(text)
  if (before) return before
  if (known.size >= KEEP) known.clear()
  const plain = fold(text)
  const syllables = spell(text)
  const letters = syllables.map((syllable) => syllable.text)
  const full = letters.flatMap((_, i) => (syllables[i]?.han ? [letters.slice(i, i + 12).join('')] : []))
  const initials = syllables.map(({ text, han }) => (han ? text.charAt(0) : text)).join('')
  const made = { plain, full, initials: full.length > 0 ? initials : '' }
  known.set(text, made)
  return made
}

/** Whether every word of the query stands in one of the texts: as written, in pinyin, or by its initials. */
export function finds(query: string, texts: readonly string[]): boolean {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return words.every((word) => texts.some((text) => findsWord(word, spelled(text))))
}

function findsWord(word: string, { plain, full, initials }: Spelled): boolean {
  if (plain.includes(word)) return true
  // Input methods write an apostrophe between syllables; one letter begins too many of them.
  const letters = word.replaceAll("'", '')
  if (letters.length < 2 || !/^[a-z0-9]+$/.test(letters)) return false
  return initials.includes(letters) || full.some((from) => from.startsWith(letters))
}
