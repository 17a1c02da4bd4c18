import * as Y from 'yjs'
import type { Json } from '../json'
import { cleanAttrs, MARK_ORDER, MARKS, MAX_DEPTH, mayHold, NODES } from '../schema/spec'
import { childrenOf, textBelow, type YNode } from '../walk'

/** The Yjs id of one character or element: who put it there, and its number among all that client wrote. */
export interface Origin {
  readonly client: number
  readonly clock: number
}

export interface ShownMark {
  readonly name: string
  readonly attrs: Readonly<Record<string, Json>>
}

/** Characters one client wrote in one go, with one set of marks. A hard break is a stretch of one line end. */
export interface Stretch {
  readonly text: string
  readonly marks: readonly ShownMark[]
  /** Equal for equal marks. */
  readonly look: string
  /** Of its first character; the others follow by number. */
  readonly at: Origin | null
}

/**
 * A node as two states are compared by it: only what the schema knows, with who wrote it. Marks of comments are left
 * out, for a thread is no change of the text. Whatever the schema has no place for is `inert`: its words.
 */
export interface PaperNode {
  readonly name: string
  readonly at: Origin | null
  readonly attrs: Readonly<Record<string, Json>>
  readonly children: readonly PaperNode[]
  /** Inline content; empty for nodes that hold blocks. */
  readonly text: readonly Stretch[]
  /** Equal for nodes that look the same. */
  readonly key: string
  readonly source: YNode
}

/** Name of what the schema has no place for. */
export const INERT = 'inert'

/** @param nameOf gives what an item is called in place of its id, for states whose items have ids of their own */
export function readPaper(root: Y.XmlFragment, nameOf: NameOf | null = null): PaperNode[] {
  return below(childrenOf(root), null, 0, nameOf)
}

export type NameOf = (itemId: string) => string

function withoutIds(name: string, attrs: Record<string, Json>, nameOf: NameOf): Record<string, Json> {
  const named = (value: Json) =>
    Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? nameOf(one) : one)) : value
  if (name === 'item') return { ...attrs, id: null, feltBy: named(attrs.feltBy ?? null) }
  return name === 'itemPart' ? { ...attrs, refs: named(attrs.refs ?? null) } : attrs
}

/** Whether a node holds words itself rather than blocks. */
export function holdsText(name: string): boolean {
  const holds = NODES[name]?.holds ?? []
  return name === INERT || holds.includes('inline') || holds.includes('text')
}

export function wordsOf(node: PaperNode): string {
  if (node.text.length > 0) return node.text.map((stretch) => stretch.text).join('')
  return node.children.map(wordsOf).join(' ')
}

function below(
  children: readonly YNode[],
  parent: string | null,
  depth: number,
  nameOf: NameOf | null,
): PaperNode[] {
  const nodes: PaperNode[] = []
  for (const child of children) {
    const name = child instanceof Y.XmlElement ? child.nodeName : 'text'
    const spec = child instanceof Y.XmlElement ? NODES[name] : undefined
    if (!(child instanceof Y.XmlElement) || !spec || depth >= MAX_DEPTH || !mayHold(parent, name)) {
      const words = textBelow(child)
      if (words === '') continue
      const text = [{ text: words, marks: [], look: '', at: firstOf(child) }]
      nodes.push({
        name: INERT,
        at: originOf(child),
        attrs: {},
        children: [],
        text,
        key: `${INERT}${words}`,
        source: child,
      })
      continue
    }
    const given = cleanAttrs(spec.attrs, child.getAttributes())
    const attrs = nameOf ? withoutIds(name, given, nameOf) : given
    const text = holdsText(name) ? inlineOf(child, name) : []
    const inside = holdsText(name) ? [] : below(childrenOf(child), name, depth + 1, nameOf)
    const content = holdsText(name)
      ? text.map((stretch) => `${stretch.look}\u0001${stretch.text}`).join('\u0002')
      : inside.map((node) => node.key).join('\u0003')
    nodes.push({
      name,
      at: originOf(child),
      attrs,
      children: inside,
      text,
      key: `${name}${JSON.stringify(attrs)}\u0004${joined(text) ?? content}\u0005`,
      source: child,
    })
  }
  return nodes
}

/** Two people's letters with the same marks make the same key as one person's. */
function joined(text: readonly Stretch[]): string | null {
  if (text.length === 0) return null
  let out = ''
  let look: string | null = null
  for (const stretch of text) {
    if (stretch.look !== look) out += `\u0002${stretch.look}\u0001`
    look = stretch.look
    out += stretch.text
  }
  return out
}

function inlineOf(element: Y.XmlElement, name: string): Stretch[] {
  const stretches: Stretch[] = []
  for (const child of childrenOf(element)) {
    if (child instanceof Y.XmlText) stretchesOf(stretches, child, name === 'codeBlock')
    else if (child.nodeName === 'hardBreak' && mayHold(name, 'hardBreak'))
      stretches.push({ text: '\n', marks: [], look: '', at: originOf(child) })
    else {
      const words = textBelow(child)
      if (words !== '') stretches.push({ text: words, marks: [], look: '', at: firstOf(child) })
    }
  }
  return stretches
}

function stretchesOf(out: Stretch[], text: Y.XmlText, plain: boolean): void {
  const open = new Map<string, unknown>()
  let marks: readonly ShownMark[] = []
  let look = ''
  let turned = false
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) open.delete(content.key)
      else open.set(content.key, content.value)
      turned = true
    } else if (content instanceof Y.ContentString) {
      if (turned) {
        marks = plain ? [] : shownMarks(open)
        look = marks.length === 0 ? '' : JSON.stringify(marks)
        turned = false
      }
      out.push({ text: content.str, marks, look, at: { client: item.id.client, clock: item.id.clock } })
    }
  }
}

function shownMarks(open: ReadonlyMap<string, unknown>): ShownMark[] {
  const marks: ShownMark[] = []
  if (open.size === 0) return marks
  for (const name of MARK_ORDER) {
    if (name === 'comment') continue
    const given = open.get(name)
    if (given === undefined) continue
    marks.push({
      name,
      attrs: cleanAttrs(
        MARKS[name]?.attrs ?? {},
        typeof given === 'object' && given !== null ? { ...given } : null,
      ),
    })
  }
  return marks
}

function originOf(node: YNode): Origin | null {
  const id = node._item?.id
  return id ? { client: id.client, clock: id.clock } : null
}

/** Of the first character below a node, for words that lie deeper than we read. */
function firstOf(node: YNode): Origin | null {
  const open: YNode[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next instanceof Y.XmlText)) {
      open.push(...childrenOf(next).reverse())
      continue
    }
    for (let item = next._start; item !== null; item = item.right)
      if (!item.deleted && item.content instanceof Y.ContentString)
        return { client: item.id.client, clock: item.id.clock }
  }
  return originOf(node)
}

/** What Yjs holds for an attribute of a node, the last value that was taken away included. */
export function attributeItem({ source }: PaperNode, name: string): Y.Item | null {
  return source instanceof Y.XmlElement ? (source._map.get(name) ?? null) : null
}
