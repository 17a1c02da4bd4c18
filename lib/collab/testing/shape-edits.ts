import * as Y from 'yjs'
import type { Rng } from './rng'

const BLOCKS = 2_000

let thick: Uint8Array | null = null

/** A document of 2,000 blocks, always the same one. */
export function thickDocument(): Uint8Array {
  if (thick) return thick
  const doc = new Y.Doc()
  doc.clientID = 2_000
  doc.getXmlFragment('page').insert(
    0,
    Array.from({ length: BLOCKS }, (_, i) => block('paragraph', `block ${i}`)),
  )
  thick = Y.encodeStateAsUpdate(doc)
  return thick
}

/**
 * One edit of structure, as an editor or a board makes it: blocks split and joined, a table, a cell, attributes, cards
 * moved between places, undo and redo.
 */
export function shapeEdit(doc: Y.Doc, undo: Y.UndoManager, chance: Rng): void {
  const page = doc.getXmlFragment('page')
  const board = doc.getArray<Y.Map<unknown>>('board')
  // Yjs walks a list from an end: near the beginning keeps a thick document as quick as a thin one.
  const at = chance.below(Math.min(page.length, 60) + 1)
  const edits: (() => void)[] = [
    () => page.insert(at, [block('paragraph', `p${chance.below(100)}`)]),
    () => splitBlock(doc, page, at, chance),
    () => joinBlocks(doc, page, at),
    () => page.insert(at, [table()]),
    () => {
      const node = page.length > 0 ? page.get(Math.min(at, page.length - 1)) : null
      if (node instanceof Y.XmlElement) node.setAttribute('level', `${chance.below(4)}`)
    },
    () => {
      if (page.length > 4) page.delete(chance.below(4), 1)
    },
    () => board.insert(chance.below(board.length + 1), [card(chance.below(1_000))]),
    () => moveCard(doc, board, chance),
    () => {
      if (board.length > 0) board.get(chance.below(board.length)).set('status', chance.below(5))
    },
    () => void undo.undo(),
    () => void undo.redo(),
  ]
  chance.pick(edits)()
}

function block(name: string, words: string): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(0, [new Y.XmlText(words)])
  return element
}

function table(): Y.XmlElement {
  const rows = [0, 1].map(() => {
    const row = new Y.XmlElement('tableRow')
    row.insert(0, [block('tableCell', 'a'), block('tableCell', 'b')])
    return row
  })
  const element = new Y.XmlElement('table')
  element.insert(0, rows)
  return element
}

function card(value: number): Y.Map<unknown> {
  return new Y.Map<unknown>([['id', value]])
}

/** Yjs has no move: a card is taken out and an equal one put in, in one transaction. */
function moveCard(doc: Y.Doc, board: Y.Array<Y.Map<unknown>>, chance: Rng): void {
  if (board.length < 2) return
  const from = chance.below(board.length)
  doc.transact(() => {
    const moved = new Y.Map<unknown>(Object.entries(board.get(from).toJSON()))
    board.delete(from, 1)
    board.insert(chance.below(board.length + 1), [moved])
  })
}

function textOf(node: unknown): Y.XmlText | null {
  const first = node instanceof Y.XmlElement && node.length > 0 ? node.get(0) : null
  return first instanceof Y.XmlText ? first : null
}

function splitBlock(doc: Y.Doc, page: Y.XmlFragment, at: number, chance: Rng): void {
  const text = at < page.length ? textOf(page.get(at)) : null
  if (!text || text.length < 2) return
  const cut = 1 + chance.below(text.length - 1)
  doc.transact(() => {
    const rest = text.toString().slice(cut)
    text.delete(cut, text.length - cut)
    page.insert(at + 1, [block('paragraph', rest)])
  })
}

function joinBlocks(doc: Y.Doc, page: Y.XmlFragment, at: number): void {
  const first = at < page.length ? textOf(page.get(at)) : null
  const second = at + 1 < page.length ? textOf(page.get(at + 1)) : null
  if (!first || !second) return
  doc.transact(() => {
    first.insert(first.length, second.toString())
    page.delete(at + 1, 1)
  })
}
