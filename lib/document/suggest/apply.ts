import * as Y from 'yjs'
import { carryComments, carryMoved, commentsOn } from '../comments/carry'
import { holdsText, INERT, type PaperNode, type ShownMark, type Stretch } from '../diff/read'
import type { Json } from '../json'
import { markName } from '../mark-names'
import { mayHold, NODES } from '../schema/spec'
import { childrenOf, plainOf, textBelow } from '../walk'
import type { Change, Part, Range } from './changes-of'

/**
 * Writes chosen changes into the strategy, as edits forward at their places: what they do not name is not touched, what
 * others type meanwhile stays. Only what the schema knows is written, whatever lies in the proposal. Run it inside a
 * transaction of the very document the changes were read against.
 */
export function acceptChanges(changes: readonly Change[]): void {
  writeWithComments(changes, forward)
}

/** Takes chosen changes out of the proposal: there it then reads as the strategy does. */
export function rejectChanges(changes: readonly Change[]): void {
  writeWithComments(changes, backward)
}

/**
 * Takes only what chosen changes brought out of the proposal, and puts nothing back: the strategy has taken them and
 * brings its own copy of the same words.
 */
export function dropBrought(changes: readonly Change[]): void {
  const edits: Edit[] = []
  for (const part of changes.flatMap(({ parts }) => parts)) {
    if (part.kind === 'words')
      edits.push({
        kind: 'words',
        target: part.after,
        at: part.is,
        model: part.before,
        from: [part.was[0], part.was[0]],
      })
    else if (part.kind === 'in') edits.push({ kind: 'out', target: part.after, holder: part.holder })
  }
  write(edits)
}

/** A part seen from the document it is written into. */
type Edit =
  | {
      readonly kind: 'words'
      readonly target: PaperNode
      readonly at: Range
      readonly model: PaperNode
      readonly from: Range
    }
  | {
      readonly kind: 'look'
      readonly target: PaperNode
      readonly at: Range
      readonly model: PaperNode
      readonly from: Range
    }
  | {
      readonly kind: 'attribute'
      readonly target: PaperNode
      readonly model: PaperNode
      readonly name: string
    }
  | {
      readonly kind: 'in'
      readonly model: PaperNode
      readonly parent: Y.XmlFragment
      readonly after: PaperNode | null
    }
  | { readonly kind: 'out'; readonly target: PaperNode; readonly holder: Y.XmlFragment }

function forward(part: Part): Edit {
  switch (part.kind) {
    case 'words':
    case 'look':
      return { kind: part.kind, target: part.before, at: part.was, model: part.after, from: part.is }
    case 'attribute':
      return { kind: 'attribute', target: part.before, model: part.after, name: part.name }
    case 'in':
      return {
        kind: 'in',
        model: part.after,
        parent: part.place.parent,
        after: part.place.after,
      }
    case 'out':
      return { kind: 'out', target: part.before, holder: part.holder }
  }
}

function backward(part: Part): Edit {
  switch (part.kind) {
    case 'words':
    case 'look':
      return { kind: part.kind, target: part.after, at: part.is, model: part.before, from: part.was }
    case 'attribute':
      return { kind: 'attribute', target: part.after, model: part.before, name: part.name }
    case 'in':
      return { kind: 'out', target: part.after, holder: part.holder }
    case 'out':
      return {
        kind: 'in',
        model: part.before,
        parent: part.place.parent,
        after: part.place.after,
      }
  }
}

/**
 * Writes changes, and hands the discussions of blocks that stop being themselves - a heading made of a paragraph, a
 * paragraph divided, joined or moved - to those that stand for them.
 */
function writeWithComments(changes: readonly Change[], turn: (part: Part) => Edit): void {
  const turned = changes.map(({ kind, parts }) => {
    const edits = parts.map(turn)
    const said = edits.flatMap((edit) => {
      if (edit.kind !== 'out' && edit.kind !== 'words') return []
      const { source } = edit.target
      return (source instanceof Y.XmlElement ? commentsOn(source) : null) ?? []
    })
    return { kind, edits, said }
  })
  const made = write(turned.flatMap(({ edits }) => edits))
  const said = turned.flatMap((one) => one.said)
  if (said.length === 0) return
  for (const { kind, edits, said: own } of turned)
    for (const edit of edits) {
      const into = edit.kind === 'in' ? made.get(edit) : edit.kind === 'words' ? edit.target.source : null
      if (!(into instanceof Y.XmlElement)) continue
      // Two lines that are one another, changed; everything else has to say the same.
      const [one] = own
      const turned = kind === 'rebuild' && edits.some((other) => other.kind === 'out')
      if (turned && edit.kind === 'in' && one) carryComments(one, into)
      else carryMoved(said, into)
    }
}

/** @returns the blocks that came, by what brought them */
function write(edits: readonly Edit[]): ReadonlyMap<Edit, Y.XmlElement> {
  const made = new Map<Edit, Y.XmlElement>()
  // From the end of a block to its beginning, so that no edit moves the place of another.
  const inText = edits.filter((edit) => edit.kind === 'words' || edit.kind === 'look')
  for (const edit of [...inText].sort((a, b) => b.at[0] - a.at[0] || b.at[1] - a.at[1])) {
    const { source } = edit.target
    if (!(source instanceof Y.XmlElement)) continue
    if (edit.kind === 'words') replaceWords(source, edit.at, piecesOf(edit.model, edit.from))
    else restyle(source, edit.at, piecesOf(edit.model, edit.from))
  }
  const lastAfter = new Map<unknown, Y.XmlElement>()
  const lastAtHead = new Map<unknown, Y.XmlElement>()
  for (const edit of edits) {
    if (edit.kind === 'attribute') setAttribute(edit.target, edit.model, edit.name)
    else if (edit.kind === 'in') {
      const inside = edit.parent instanceof Y.XmlElement ? edit.parent.nodeName : null
      const copy = copyOf(inside, edit.model)
      if (!copy) continue
      // Behind what came to the same place just now, else behind its neighbour as it stands.
      const neighbour = edit.after?.source ?? null
      const [last, key] = neighbour ? [lastAfter, neighbour] : [lastAtHead, edit.parent]
      const behind = last.get(key) ?? neighbour
      edit.parent.insert(behind === null ? 0 : edit.parent.toArray().indexOf(behind) + 1, [copy])
      last.set(key, copy)
      made.set(edit, copy)
    }
  }
  for (const edit of edits) {
    if (edit.kind !== 'out') continue
    const at = edit.holder.toArray().indexOf(edit.target.source)
    if (at >= 0) edit.holder.delete(at, 1)
  }
  return made
}

/** Words with one set of marks; a line end is a hard break. */
type Piece = { readonly text: string; readonly marks: readonly ShownMark[] }

function piecesOf(node: PaperNode, [from, to]: Range): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const stretch of node.text) {
    const a = Math.max(from, start)
    const b = Math.min(to, start + stretch.text.length)
    if (a < b) pieces.push({ text: stretch.text.slice(a - start, b - start), marks: stretch.marks })
    start += stretch.text.length
  }
  return pieces
}

interface Segment {
  readonly node: Y.XmlElement | Y.XmlText
  readonly from: number
  readonly to: number
}

/** The children of a block by the places their words have in it; must count as `readPaper` does. */
function segmentsOf(element: Y.XmlElement): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const node of childrenOf(element)) {
    const isBreak =
      node instanceof Y.XmlElement && node.nodeName === 'hardBreak' && mayHold(element.nodeName, 'hardBreak')
    const length = isBreak ? 1 : textBelow(node).length
    segments.push({ node, from: at, to: at + length })
    at += length
  }
  return segments
}

function replaceWords(element: Y.XmlElement, [from, to]: Range, pieces: readonly Piece[]): void {
  const plain = element.nodeName === 'codeBlock'
  const breaks = !plain && mayHold(element.nodeName, 'hardBreak')
  // Comments that lie on both sides of a place lie on what is written there.
  const around = plain ? {} : commentsAround(element, from, to)
  if (pieces.length > 0) {
    let place = placeAt(element, to)
    for (const piece of pieces) {
      const lines = breaks ? piece.text.split('\n') : [piece.text]
      lines.forEach((line, i) => {
        if (i > 0) place = breakAt(element, place)
        if (line === '') return
        place.text.insert(place.index, line, plain ? {} : { ...around, ...formatOf(piece.marks) })
        place = { text: place.text, index: place.index + line.length }
      })
    }
  }
  if (to > from) removeWords(element, from, to)
}

interface TextPlace {
  readonly text: Y.XmlText
  readonly index: number
}

/** A text in the block that a place of its words lies in; one is made where there is none. */
function placeAt(element: Y.XmlElement, at: number): TextPlace {
  const segments = segmentsOf(element)
  for (const { node, from, to } of segments)
    if (node instanceof Y.XmlText && from <= at && at <= to) return { text: node, index: at - from }
  const before = segments.filter(({ to }) => to <= at).at(-1)?.node ?? null
  const text = new Y.XmlText()
  element.insertAfter(before, [text])
  return { text, index: 0 }
}

/** Puts a hard break at a place. What stands behind it in the same text goes into a text of its own. */
function breakAt(element: Y.XmlElement, { text, index }: TextPlace): TextPlace {
  const rest: { insert?: unknown; attributes?: Record<string, Json> }[] = []
  let at = 0
  const delta: { insert?: unknown; attributes?: Record<string, Json> }[] = text.toDelta()
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string') continue
    const cut = insert.slice(Math.max(0, index - at))
    at += insert.length
    if (at > index && cut !== '') rest.push({ insert: cut, ...(attributes && { attributes }) })
  }
  const { length } = plainOf(text)
  if (length > index) text.delete(index, length - index)
  const tail = new Y.XmlText()
  element.insertAfter(text, [new Y.XmlElement('hardBreak'), tail])
  if (rest.length > 0) tail.applyDelta(rest)
  return { text: tail, index: 0 }
}

function removeWords(element: Y.XmlElement, from: number, to: number): void {
  for (const segment of segmentsOf(element).reverse()) {
    const a = Math.max(from, segment.from)
    const b = Math.min(to, segment.to)
    if (a >= b) continue
    if (segment.node instanceof Y.XmlText) segment.node.delete(a - segment.from, b - a)
    else if (a === segment.from && b === segment.to) {
      const at = element.toArray().indexOf(segment.node)
      if (at >= 0) element.delete(at, 1)
    }
  }
}

function restyle(element: Y.XmlElement, [from, to]: Range, pieces: readonly Piece[]): void {
  let at = from
  for (const piece of pieces) {
    const end = Math.min(to, at + piece.text.length)
    const wanted = formatOf(piece.marks)
    for (const { node, from: start, to: stop } of segmentsOf(element)) {
      const a = Math.max(at, start)
      const b = Math.min(end, stop)
      if (!(node instanceof Y.XmlText) || a >= b) continue
      let place = 0
      const delta: { insert?: unknown; attributes?: Record<string, Json> }[] = node.toDelta()
      for (const { insert, attributes } of delta) {
        if (typeof insert !== 'string') continue
        const low = Math.max(a - start, place)
        const high = Math.min(b - start, place + insert.length)
        place += insert.length
        if (low >= high) continue
        const change: Record<string, Json> = {}
        for (const key of Object.keys(attributes ?? {}))
          if (markName(key) !== 'comment' && !(key in wanted)) change[key] = null
        for (const [key, value] of Object.entries(wanted))
          if (JSON.stringify(attributes?.[key]) !== JSON.stringify(value)) change[key] = value
        if (Object.keys(change).length > 0) node.format(low, high - low, change)
      }
    }
    at = end
  }
}

function formatOf(marks: readonly ShownMark[]): Record<string, Json> {
  return Object.fromEntries(marks.map(({ name, attrs }) => [name, { ...attrs }]))
}

/** Marks of comments that lie on the words replaced, or on both sides of where words come in. */
function commentsAround(element: Y.XmlElement, from: number, to: number): Record<string, Json> {
  const at = (place: number): Record<string, Json> => {
    for (const { node, from: start, to: end } of segmentsOf(element)) {
      if (!(node instanceof Y.XmlText) || place < start || place >= end) continue
      let index = start
      const delta: { insert?: unknown; attributes?: Record<string, Json> }[] = node.toDelta()
      for (const { insert, attributes } of delta) {
        if (typeof insert !== 'string') continue
        if (place >= index && place < index + insert.length) return attributes ?? {}
        index += insert.length
      }
    }
    return {}
  }
  // Replaced words hand their comments on; otherwise the thread would lose its words by being agreed with.
  const [left, right] = to > from ? [at(from), at(to - 1)] : [at(from - 1), at(from)]
  const around: Record<string, Json> = {}
  for (const [key, value] of Object.entries(left))
    if (markName(key) === 'comment' && key in right) around[key] = value
  return around
}

function setAttribute({ source, name: node }: PaperNode, model: PaperNode, name: string): void {
  if (!(source instanceof Y.XmlElement) || !Object.hasOwn(NODES[node]?.attrs ?? {}, name)) return
  // Yjs's types know attributes as strings only; it stores any JSON, and the editor relies on that.
  const target = source as Y.XmlElement<Record<string, Json>>
  const value = model.attrs[name] ?? null
  if (value === null) target.removeAttribute(name)
  else target.setAttribute(name, value)
}

/** A block written anew: only what the schema knows. Null: it has no place there. */
function copyOf(inside: string | null, node: PaperNode): Y.XmlElement | null {
  const name = node.name === INERT ? 'paragraph' : node.name
  if (!mayHold(inside, name)) return null
  const made = new Y.XmlElement<Record<string, Json>>(name)
  if (node.name !== INERT)
    for (const [key, value] of Object.entries(node.attrs)) if (value !== null) made.setAttribute(key, value)
  const element = made as Y.XmlElement
  if (holdsText(name)) {
    const content = inlineOf(name, node.text)
    if (content.length > 0) element.insert(0, content)
  } else {
    const content = node.children.flatMap((child) => copyOf(name, child) ?? [])
    if (content.length > 0) element.insert(0, content)
  }
  return element
}

function inlineOf(parent: string, stretches: readonly Stretch[]): (Y.XmlElement | Y.XmlText)[] {
  const plain = parent === 'codeBlock'
  const out: (Y.XmlElement | Y.XmlText)[] = []
  let delta: { insert: string; attributes: Record<string, Json> }[] = []
  const close = () => {
    if (delta.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(delta)
    out.push(text)
    delta = []
  }
  for (const { text, marks } of stretches) {
    const lines = plain || !mayHold(parent, 'hardBreak') ? [text] : text.split('\n')
    lines.forEach((line, i) => {
      if (i > 0) {
        close()
        out.push(new Y.XmlElement('hardBreak'))
      }
      if (line !== '') delta.push({ insert: line, attributes: plain ? {} : formatOf(marks) })
    })
  }
  close()
  return out
}
