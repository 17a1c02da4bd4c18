import * as Y from 'yjs'
import { headingKey } from './headings'
import { TEXT_ROOTS, type TextRoot } from './roots'
import { cleanAttrs, NODES } from './schema/spec'
import { childrenOf, plainOf, textBelow, type YNode } from './walk'

/** The words of a root: one line per paragraph, heading, code block or picture (its alt text). */
export function plainText(root: Y.XmlFragment): string {
  const lines: string[] = []
  let line: string | null = null
  // null on the stack ends the line of the block below it.
  const open: Array<YNode | null> = childrenOf(root).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null) {
      if (line !== null) lines.push(line)
      line = null
    } else if (next instanceof Y.XmlText) line = (line ?? '') + plainOf(next)
    else if (next.nodeName === 'hardBreak') line = `${line ?? ''}\n`
    else if (next.nodeName === 'image' || next.nodeName === 'foreign') {
      const words: unknown = next.getAttribute(next.nodeName === 'image' ? 'alt' : 'text')
      if (typeof words === 'string' && words !== '') lines.push(words)
    } else {
      const holds = NODES[next.nodeName]?.holds ?? ['inline']
      if (holds.includes('inline') || holds.includes('text')) open.push(null)
      open.push(...childrenOf(next).reverse())
    }
  }
  if (line !== null) lines.push(line)
  return lines.join('\n')
}

export interface Count {
  /** Chinese characters (and kana) one each; elsewhere what stands between spaces and punctuation. */
  readonly words: number
  /** Characters as people see them typed, line ends not counted. */
  readonly characters: number
  readonly charactersWithoutSpaces: number
}

export const NOTHING: Count = { words: 0, characters: 0, charactersWithoutSpaces: 0 }

export function addCounts(one: Count, other: Count): Count {
  return {
    words: one.words + other.words,
    characters: one.characters + other.characters,
    charactersWithoutSpaces: one.charactersWithoutSpaces + other.charactersWithoutSpaces,
  }
}

/** Counts a text in one pass: 100,000 characters take a few milliseconds. */
export function countText(text: string): Count {
  let words = 0
  let characters = 0
  let spaces = 0
  let inWord = false
  // `it's`, `1,250.5`, `day-to-day`: a sign between two letters or digits does not end the word.
  let joining = false
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at += 1
    const kind = kindOf(code)
    if (kind === LINE_END) {
      inWord = false
      joining = false
      continue
    }
    if (kind === COMBINING) continue
    characters += 1
    if (kind === LETTER) {
      if (!inWord && !joining) words += 1
      inWord = true
      joining = false
    } else if (kind === JOINER && inWord) {
      inWord = false
      joining = true
    } else {
      if (kind === SPACE) spaces += 1
      if (kind === IDEOGRAPH) words += 1
      inWord = false
      joining = false
    }
  }
  return { words, characters, charactersWithoutSpaces: characters - spaces }
}

const OTHER = 0
const LETTER = 1
const IDEOGRAPH = 2
const JOINER = 3
const SPACE = 4
const LINE_END = 5
const COMBINING = 6

/** Kinds of the first 65,536 characters as they come up; asking the regular expressions each time costs 20 ms. */
const kinds = new Uint8Array(0x10000).fill(255)

function kindOf(code: number): number {
  if (code > 0xffff) return kindByClass(code)
  const known = kinds[code] ?? 255
  if (known !== 255) return known
  const kind = kindByClass(code)
  kinds[code] = kind
  return kind
}

function kindByClass(code: number): number {
  const char = String.fromCodePoint(code)
  if (char === '\n' || char === '\r') return LINE_END
  // Variation selectors and the joiner of emoji belong to the character before them.
  if (/\p{M}|\u200d/u.test(char)) return COMBINING
  if (/\s/.test(char)) return SPACE
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(char) && /[\p{L}\p{N}]/u.test(char)) {
    return IDEOGRAPH
  }
  if (/[\p{L}\p{N}]/u.test(char)) return LETTER
  return /['’.,:_\-‐@/]/.test(char) ? JOINER : OTHER
}

export interface OutlineHeading {
  /** Where a link to it leads: the `id` of the heading in the server's HTML. */
  readonly key: string
  readonly level: 3 | 4 | 5
  readonly text: string
  /** Which heading of its root it is, from 0, counted in the order of the page: the editor's n-th h3, h4 or h5. */
  readonly index: number
}

/** The headings of one root in reading order. */
export function outlineOf(root: Y.XmlFragment): OutlineHeading[] {
  const headings: OutlineHeading[] = []
  const open = childrenOf(root).reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Y.XmlText) continue
    if (next.nodeName !== 'heading') {
      if (NODES[next.nodeName]?.holds.includes('inline') !== true) open.push(...childrenOf(next).reverse())
      continue
    }
    const { level } = cleanAttrs(NODES.heading?.attrs ?? {}, next.getAttributes())
    headings.push({
      key: headingKey(next) ?? '',
      level: level === 4 || level === 5 ? level : 3,
      text: textBelow(next),
      index: headings.length,
    })
  }
  return headings
}

/** The headings of the whole strategy, root by root. */
export function outlineOfDocument(doc: Y.Doc): Array<{ root: TextRoot; headings: OutlineHeading[] }> {
  return TEXT_ROOTS.map((root) => ({ root, headings: outlineOf(doc.getXmlFragment(root)) }))
}

/** Words and characters of the whole strategy. */
export function countDocument(doc: Y.Doc): Count {
  return TEXT_ROOTS.reduce(
    (sum, root) => addCounts(sum, countText(plainText(doc.getXmlFragment(root)))),
    NOTHING,
  )
}
