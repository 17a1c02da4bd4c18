import type { Node as PmNode, ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { type ItemKind, type ItemPart, isItemKind, kinds } from '@/lib/document/items/kinds'

/** The item a caret stands in. */
export interface Place {
  readonly item: PmNode
  /** Position before the item. */
  readonly at: number
  readonly kind: ItemKind | null
  /** Which of its parts; -1 when the item itself is selected. */
  readonly index: number
}

export function placeOf(state: EditorState): Place | null {
  const { selection } = state
  if (selection instanceof NodeSelection && selection.node.type.name === 'item')
    return { item: selection.node, at: selection.from, kind: kindOf(selection.node), index: -1 }
  return placeAt(selection.$head)
}

export function placeAt($at: ResolvedPos): Place | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const item = $at.node(depth)
    if (item.type.name !== 'item') continue
    return {
      item,
      at: $at.before(depth),
      kind: kindOf(item),
      index: depth < $at.depth ? $at.index(depth) : -1,
    }
  }
  return null
}

export function kindOf(item: PmNode): ItemKind | null {
  return isItemKind(item.attrs.kind) ? item.attrs.kind : null
}

/** Position before the n-th part of an item. */
export function partStart({ item, at }: Place, index: number): number {
  let position = at + 1
  for (let i = 0; i < index; i += 1) position += item.child(i).nodeSize
  return position
}

export function caretInto(tr: Transaction, place: Place, index: number, end: 'start' | 'end'): Transaction {
  const before = partStart(place, index)
  const part = place.item.child(index)
  const head = end === 'start' ? before + 1 : before + part.nodeSize - 1
  return tr.setSelection(TextSelection.create(tr.doc, head)).scrollIntoView()
}

/** Nothing is written in it and no field is set that somebody would miss. */
export function isEmptyItem(item: PmNode): boolean {
  let empty = true
  item.forEach((part) => {
    if (part.content.size > 0) empty = false
  })
  return empty
}

/** Whether a part is on the page in this language; all are, but the other language's slots. */
export type InSight = (item: PmNode, part: PmNode) => boolean

/** Names of parts the kind has and this item lacks, in the order of the page. */
export function missingParts(item: PmNode): ItemPart[] {
  const kind = kindOf(item)
  if (!kind || kinds[kind].bilingual) return []
  const has = new Set<unknown>()
  item.forEach((part) => {
    has.add(part.attrs.name)
  })
  return kinds[kind].parts.filter((name) => !has.has(name))
}
