import * as Y from 'yjs'
import { markName } from './mark-names'

/** One mark of a piece, its name without the hash under which the binding keeps marks that may overlap. */
export interface PieceMark {
  readonly name: string
  /** As it lies in the document; nobody has checked it. */
  readonly attrs: unknown
}

/** A piece of text with one set of marks, as a Y.XmlText holds it. */
export interface Piece {
  readonly text: string
  /** In an order that is the same in every replica; several comments on the same words are all there. */
  readonly marks: readonly PieceMark[]
}

export type YNode = Y.XmlElement | Y.XmlText

/** The children that are elements or texts. Anything else a raw write put there is passed over. */
export function childrenOf(parent: Y.XmlFragment): YNode[] {
  const children: YNode[] = []
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlElement || child instanceof Y.XmlText) children.push(child)
  }
  return children
}

/** The pieces of a text in order; embedded objects, which no editor of ours writes, are left out. */
export function piecesOf(text: Y.XmlText): Piece[] {
  const pieces: Piece[] = []
  const delta: Array<{ insert?: unknown; attributes?: Record<string, unknown> }> = text.toDelta()
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string' || insert === '') continue
    pieces.push({ text: insert, marks: marksOf(attributes) })
  }
  return pieces
}

function marksOf(attributes: Record<string, unknown> | undefined): PieceMark[] {
  const marks: PieceMark[] = []
  // The order of the names is that of arrival, which differs between replicas.
  for (const name of Object.keys(attributes ?? {}).sort()) {
    const attrs = attributes?.[name]
    if (attrs !== null && attrs !== undefined) marks.push({ name: markName(name), attrs })
  }
  return marks
}

/** The characters of a text without its marks; half the work of `piecesOf`. */
export function plainOf(text: Y.XmlText): string {
  let plain = ''
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) plain += item.content.str
  }
  return plain
}

/** All text below a node, blocks apart by a space. Any depth: it keeps its own stack. */
export function textBelow(node: YNode): string {
  if (node instanceof Y.XmlText) return plainOf(node)
  let out = ''
  const open: YNode[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Y.XmlText) {
      out += plainOf(next)
      continue
    }
    if (out !== '' && !out.endsWith(' ')) out += ' '
    open.push(...childrenOf(next).reverse())
  }
  return out.trim()
}
