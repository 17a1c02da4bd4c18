import * as Y from 'yjs'
import { type Language, languages } from '@/lib/domain/language'
import { compose, composePieces, slotWords } from './items/compose'
import { type Item, itemsOf, wordsOf } from './items/read-items'
import { PREFACE } from './roots'
import { childrenOf, textBelow, type YNode } from './walk'

/** A stretch of the opening; `slot` marks the words of a positioning slot: for whom, which problem, which solution. */
export interface OpeningPiece {
  readonly text: string
  readonly slot: boolean
}

/** The words a strategy is known by outside its page. */
export type Opening =
  /** The positioning sentence, its slots marked where the sentence contains them. */
  | { readonly kind: 'sentence'; readonly pieces: readonly OpeningPiece[] }
  /** No positioning: how the policy, or else the preface, begins. */
  | { readonly kind: 'prose'; readonly text: string }

/** Characters of prose to quote: about three lines of the home page. */
const LONGEST_PROSE = 220

/**
 * What the strategy opens with elsewhere, or null for one without words: its first positioning that says anything, in
 * `language` if it can, else how the policy or the preface begins.
 */
export function openingOf(doc: Y.Doc, language: Language = 'en'): Opening | null {
  const positionings = itemsOf(doc).filter(({ kind }) => kind === 'positioning')
  for (const lang of [language, ...languages.filter((other) => other !== language)]) {
    for (const item of positionings) {
      const opening = positioningIn(item, lang)
      if (opening) return opening
    }
  }
  const policy = childrenOf(doc.getXmlFragment('policy'))
  const prose = firstProse(policy) ?? firstProse(childrenOf(doc.getXmlFragment(PREFACE)))
  return prose === null ? null : { kind: 'prose', text: shorten(prose) }
}

function positioningIn(item: Item, language: Language): Opening | null {
  const words = slotWords(item, language)
  const own = wordsOf(item, 'sentence', language)
  if (own !== '') return { kind: 'sentence', pieces: mark(own, Object.values(words)) }
  if (compose(words, language) === null) return null
  const pieces = composePieces(words, language)
  return { kind: 'sentence', pieces: pieces.map(({ text, slot }) => ({ text, slot: slot !== null })) }
}

/** Cuts the sentence at the slots it contains; a later slot never cuts into an earlier one. */
function mark(text: string, slots: readonly string[]): OpeningPiece[] {
  const found = slots
    .filter((slot) => slot !== '')
    .map((slot) => ({ from: text.indexOf(slot), to: text.indexOf(slot) + slot.length }))
    .filter(({ from }) => from >= 0)
    .sort((a, b) => a.from - b.from)
  const pieces: OpeningPiece[] = []
  let at = 0
  for (const { from, to } of found) {
    if (from < at) continue
    if (from > at) pieces.push({ text: text.slice(at, from), slot: false })
    pieces.push({ text: text.slice(from, to), slot: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), slot: false })
  return pieces
}

function firstProse(nodes: readonly YNode[]): string | null {
  for (const node of nodes) {
    if (!named(node, 'paragraph')) continue
    const text = textBelow(node)
    if (text.trim() !== '') return text.trim()
  }
  return null
}

/** At most LONGEST_PROSE characters, ended at a full stop if there is one in reach, else between words. */
function shorten(text: string): string {
  const characters = [...text]
  if (characters.length <= LONGEST_PROSE) return text
  const cut = characters.slice(0, LONGEST_PROSE).join('')
  const stop = Math.max(...['. ', '。', '！', '？', '? '].map((end) => cut.lastIndexOf(end)))
  if (stop > LONGEST_PROSE / 3) return cut.slice(0, stop + 1)
  return `${cut.replace(/\s+\S*$/, '')}…`
}

function named(node: YNode, name: string): node is Y.XmlElement {
  return node instanceof Y.XmlElement && node.nodeName === name
}
