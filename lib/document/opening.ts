import * as Y from 'yjs'
import { PREFACE } from './roots'
import { childrenOf, piecesOf, textBelow, type YNode } from './walk'

/** A stretch of the opening; `slot` marks the words of a positioning slot: for whom, which problem, which solution. */
export interface OpeningPiece {
  readonly text: string
  readonly slot: boolean
}

/** The words a strategy is known by outside its page. */
export type Opening =
  /** The positioning sentence, its slots marked where the sentence contains them. */
  | { readonly kind: 'sentence'; readonly pieces: readonly OpeningPiece[] }
  /** Three slots nobody has made a sentence of yet. */
  | { readonly kind: 'slots'; readonly whom: string; readonly problem: string; readonly solution: string }
  /** No positioning: how the policy, or else the preface, begins. */
  | { readonly kind: 'prose'; readonly text: string }

/** Characters of prose to quote: about three lines of the home page. */
const LONGEST_PROSE = 220

/** What the strategy opens with elsewhere, or null for one without words. Reads the policy and the preface only. */
export function openingOf(doc: Y.Doc): Opening | null {
  const policy = childrenOf(doc.getXmlFragment('policy'))
  const section = underPositioning(policy)
  const slots = section ? slotsOf(section) : []
  const sentence = section?.find((node) => named(node, 'blockquote'))
  const text = sentence ? textBelow(sentence) : ''
  if (text !== '') return { kind: 'sentence', pieces: mark(text, slots) }
  const [whom, problem, solution] = slots
  if (whom && problem && solution) return { kind: 'slots', whom, problem, solution }
  const prose = firstProse(policy) ?? firstProse(childrenOf(doc.getXmlFragment(PREFACE)))
  return prose === null ? null : { kind: 'prose', text: shorten(prose) }
}

const POSITIONING = /^(positioning|定位)$/i

/** What stands between the heading of the positioning and the next heading. */
function underPositioning(policy: readonly YNode[]): readonly YNode[] | null {
  const start = policy.findIndex((node) => named(node, 'heading') && POSITIONING.test(textBelow(node)))
  if (start < 0) return null
  const rest = policy.slice(start + 1)
  const end = rest.findIndex((node) => named(node, 'heading'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** The texts of list entries that open with a bold name: `**For whom** restaurant chains …`. */
function slotsOf(section: readonly YNode[]): string[] {
  const slots: string[] = []
  for (const list of section) {
    if (!named(list, 'bulletList') && !named(list, 'orderedList')) continue
    for (const item of childrenOf(list)) {
      const first = item instanceof Y.XmlElement ? childrenOf(item)[0] : undefined
      const line = first instanceof Y.XmlElement ? childrenOf(first)[0] : undefined
      if (!(line instanceof Y.XmlText)) continue
      const [name, ...rest] = piecesOf(line)
      if (!name?.marks.some((mark) => mark.name === 'bold')) continue
      const text = rest
        .map((piece) => piece.text)
        .join('')
        .replace(/^[\s:：]+/, '')
        .trim()
      if (text !== '') slots.push(text)
    }
  }
  return slots
}

/** Cuts the sentence at the slots it contains; a later slot never cuts into an earlier one. */
function mark(text: string, slots: readonly string[]): OpeningPiece[] {
  const found = slots
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
