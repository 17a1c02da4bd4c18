import type { Fragment, Node as PmNode } from '@tiptap/pm/model'
import { type Command, NodeSelection, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { type ItemKind, type ItemPart, kinds, slots } from '@/lib/document/items/kinds'
import type { Json } from '@/lib/document/json'
import type { Language } from '@/lib/domain/language'
import { makeItem } from './make'
import {
  caretInto,
  type InSight,
  isEmptyItem,
  kindOf,
  missingParts,
  type Place,
  partStart,
  placeOf,
} from './place'

/** What the commands have to know of the page. */
export interface Around {
  /** The strategy's language. */
  readonly written: Language
  /** The language of the slots in sight. */
  tongue(item: PmNode): Language
  /** What a new item of this kind begins with at a place of the chapter, such as the heading's area. */
  begin(kind: ItemKind, doc: PmNode, at: number): Readonly<Record<string, Json>>
}

const FELT: readonly ItemKind[] = ['pain', 'itch', 'delight']

export const inSight =
  (around: Around): InSight =>
  (item, part) =>
    kindOf(item) !== 'positioning' || (part.attrs.lang ?? around.written) === around.tongue(item)

/** Puts an item where the caret is: in place of an empty line or item, else after the block one is in. */
export function insertItem(kind: ItemKind, around: Around): Command {
  return (state, dispatch) => {
    const { tr, schema, doc } = state
    const place = placeOf(state)
    const { $from } = state.selection
    if (place && isEmptyItem(place.item)) {
      if (place.kind === kind) return true
      if (place.kind && FELT.includes(place.kind) && FELT.includes(kind)) {
        dispatch?.(changeKind(tr, place, kind).scrollIntoView())
        return true
      }
    }
    const line = $from.depth > 0 ? $from.node(1) : null
    const from = place ? place.at : $from.depth > 0 ? $from.before(1) : $from.pos
    const whole = place ? place.item.nodeSize : (line?.nodeSize ?? 0)
    const empty = place ? isEmptyItem(place.item) : line?.isTextblock === true && line.content.size === 0
    const at = empty ? from : from + whole
    const made = makeItem(schema, kind, around.written, around.begin(kind, doc, from))
    if (!dispatch) return true
    if (empty) tr.replaceWith(from, from + whole, made)
    else tr.insert(at, made)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView())
    return true
  }
}

/** Another kind for the item at a place. It gets a new code, because codes begin with the letter of their kind. */
export function changeKind(tr: Transaction, { item, at }: Place, kind: ItemKind): Transaction {
  return tr.setNodeMarkup(at, null, { ...item.attrs, kind, code: null })
}

/** Enter: onwards through the parts, then the next item of the same kind; out of an empty one. */
export function enterInItem(around: Around): Command {
  return (state, dispatch) => {
    const place = placeOf(state)
    if (!place) return false
    const { tr, selection } = state
    if (place.index < 0) {
      if (place.item.childCount === 0) return false
      dispatch?.(caretInto(tr, place, 0, 'end'))
      return true
    }
    if (!selection.empty) {
      if (selection.$from.sameParent(selection.$to)) dispatch?.(tr.deleteSelection().scrollIntoView())
      return selection.$from.sameParent(selection.$to)
    }
    if (isEmptyItem(place.item)) return toParagraph(place, dispatch, tr)
    const { $head } = selection
    const part = place.item.child(place.index)
    const name: unknown = part.attrs.name
    const atEnd = $head.parentOffset === part.content.size
    if (place.kind === 'positioning') return onwards(around)(state, dispatch)
    if (name === 'title') {
      const text = indexOf(place.item, 'text')
      if (atEnd) {
        if (text >= 0) dispatch?.(caretInto(tr, place, text, 'start'))
        else if (dispatch) addPart(tr, place, 'text', dispatch)
        return true
      }
      if (dispatch) splitTitle(tr, place, $head.pos, text, dispatch)
      return true
    }
    const sees = inSight(around)
    let after = place.index + 1
    while (after < place.item.childCount && !filled(place.item, after, sees)) after += 1
    if (atEnd && after < place.item.childCount) {
      dispatch?.(caretInto(tr, place, after, 'end'))
      return true
    }
    if (!place.kind) return false
    if (!atEnd && name !== 'text') {
      dispatch?.(
        tr
          .replaceSelectionWith(state.schema.nodes.hardBreak?.create() ?? state.schema.text(' '))
          .scrollIntoView(),
      )
      return true
    }
    return nextItem(place, atEnd ? null : $head.pos, around, tr, dispatch)
  }
}

function nextItem(
  place: Place,
  split: number | null,
  around: Around,
  tr: Transaction,
  dispatch: ((tr: Transaction) => void) | undefined,
): boolean {
  const { item, at, kind, index } = place
  if (!kind) return false
  if (!dispatch) return true
  let tail: Fragment | undefined
  if (split !== null) {
    const end = partStart(place, index) + item.child(index).nodeSize - 1
    tail = tr.doc.slice(split, end).content
    tr.delete(split, end)
  }
  // The rest of a divided item stays with its first half, so only the words after the caret go on.
  const after = tr.mapping.map(at + item.nodeSize)
  const made = makeItem(item.type.schema, kind, around.written, around.begin(kind, tr.doc, after), tail)
  tr.insert(after, made)
  dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 2)).scrollIntoView())
  return true
}

function splitTitle(
  tr: Transaction,
  place: Place,
  caret: number,
  text: number,
  dispatch: (tr: Transaction) => void,
): void {
  const { item, index } = place
  const end = partStart(place, index) + item.child(index).nodeSize - 1
  const tail = tr.doc.slice(caret, end).content
  tr.delete(caret, end)
  if (text >= 0) {
    const into = tr.mapping.map(partStart(place, text) + 1)
    tr.insert(into, tail)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, into)).scrollIntoView())
    return
  }
  const made = item.type.schema.nodes.itemPart?.create({ name: 'text' }, tail)
  if (!made) return
  const into = tr.mapping.map(end + 1)
  tr.insert(into, made)
  dispatch(tr.setSelection(TextSelection.create(tr.doc, into + 1)).scrollIntoView())
}

function addPart(tr: Transaction, place: Place, name: ItemPart, dispatch: (tr: Transaction) => void): void {
  const { item, kind } = place
  const part = item.type.schema.nodes.itemPart?.create({ name })
  if (!part) return
  const order: readonly unknown[] = kind ? kinds[kind].parts : []
  // Before the first part that comes later on the page.
  let index = 0
  while (index < item.childCount && order.indexOf(item.child(index).attrs.name) < order.indexOf(name))
    index += 1
  const at = partStart(place, index)
  tr.insert(at, part)
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
}

/** The caret into a part; makes it when the item lacks it. */
export function goToPart(at: number, name: ItemPart): Command {
  return (state, dispatch) => {
    const place = placeBefore(state.doc, at)
    if (!place) return false
    const index = indexOf(place.item, name)
    if (index >= 0) dispatch?.(caretInto(state.tr, place, index, 'end'))
    else if (dispatch) addPart(state.tr, place, name, dispatch)
    return true
  }
}

export function placeBefore(doc: PmNode, at: number): Place | null {
  const item = doc.nodeAt(at)
  return item?.type.name === 'item' ? { item, at, kind: kindOf(item), index: -1 } : null
}

/** Adds what the slots of one language lack, so that there is somewhere to write, and goes to the first. */
export function openTongue(at: number, lang: Language, around: Around): Command {
  return (state, dispatch) => {
    const place = placeBefore(state.doc, at)
    if (place?.kind !== 'positioning') return false
    const part = state.schema.nodes.itemPart
    const { tr } = state
    const has = (name: string) =>
      childIndex(place.item, (one) => one.attrs.name === name && (one.attrs.lang ?? around.written) === lang)
    const missing = slots.filter((name) => has(name) < 0)
    if (!dispatch || !part) return true
    for (const name of missing)
      tr.insert(tr.mapping.map(at + place.item.nodeSize - 1), part.create({ name, lang }))
    const now = placeBefore(tr.doc, at)
    if (now) {
      const first = childIndex(
        now.item,
        (one) => one.attrs.name === 'whom' && (one.attrs.lang ?? around.written) === lang,
      )
      if (first >= 0) caretInto(tr, now, first, 'end')
    }
    dispatch(tr)
    return true
  }
}

/** Tab: to the next part, to one that is not there yet, then out of the item. Never caught: past the end it is the browser's. */
export function onwards(around: Around): Command {
  return (state, dispatch) => {
    const place = placeOf(state)
    if (!place) return false
    const { tr, schema, doc } = state
    const sees = inSight(around)
    const next = sibling(place, 1, sees)
    if (next >= 0) {
      dispatch?.(caretInto(tr, place, next, 'end'))
      return true
    }
    const [missing] = missingParts(place.item).filter((name) => later(place, name))
    if (missing && !isEmptyItem(place.item)) {
      if (dispatch) addPart(tr, place, missing, dispatch)
      return true
    }
    const end = place.at + place.item.nodeSize
    const beyond = Selection.findFrom(doc.resolve(end), 1)
    if (beyond) {
      dispatch?.(tr.setSelection(beyond).scrollIntoView())
      return true
    }
    const line = schema.nodes.paragraph
    if (!line || isEmptyItem(place.item)) return false
    dispatch?.(
      tr
        .insert(end, line.create())
        .setSelection(TextSelection.create(tr.doc, end + 1))
        .scrollIntoView(),
    )
    return true
  }
}

/** Shift+Tab: to the part before, then out. */
export function backwards(around: Around): Command {
  return (state, dispatch) => {
    const place = placeOf(state)
    if (!place) return false
    const { tr, doc } = state
    const before = place.index < 0 ? -1 : sibling(place, -1, inSight(around))
    if (before >= 0) {
      dispatch?.(caretInto(tr, place, before, 'end'))
      return true
    }
    const beyond = Selection.findFrom(doc.resolve(place.at), -1)
    if (!beyond) return false
    dispatch?.(tr.setSelection(beyond).scrollIntoView())
    return true
  }
}

/** Backspace at the beginning of a part: joins what Enter divided, never more than one sees. */
export function backspaceInItem(around: Around): Command {
  return (state, dispatch) => {
    const { selection, tr, doc } = state
    if (!selection.empty || selection instanceof NodeSelection) return false
    const { $head } = selection
    if ($head.parentOffset > 0) return false
    const place = placeOf(state)
    if (!place) return backIntoItem(around)(state, dispatch)
    if (place.index < 0) return false
    if (isEmptyItem(place.item)) return toParagraph(place, dispatch, tr)
    const part = place.item.child(place.index)
    const before = sibling(place, -1, inSight(around))
    if (before >= 0) {
      const start = partStart(place, place.index)
      const name: unknown = part.attrs.name
      if (!dispatch) return true
      const end = partStart(place, before) + place.item.child(before).nodeSize - 1
      const joins =
        name === 'text' && place.item.child(before).attrs.name === 'title' && before === place.index - 1
      // The emptied line stays: it is where the field is written, by whomever.
      if (joins && part.content.size > 0) {
        tr.delete(start + 1, start + part.nodeSize - 1)
        tr.insert(end, part.content)
      }
      dispatch(tr.setSelection(TextSelection.create(tr.doc, end)).scrollIntoView())
      return true
    }
    const $at = doc.resolve(place.at)
    const previous = $at.nodeBefore
    if (
      previous &&
      previous.type === place.item.type &&
      previous.attrs.kind === place.item.attrs.kind &&
      isLoose(place.item)
    ) {
      if (!dispatch) return true
      const into = placeBefore(doc, place.at - previous.nodeSize)
      const target = into ? lastWords(into.item) : -1
      if (!into || target < 0) return false
      const end = partStart(into, target) + into.item.child(target).nodeSize - 1
      tr.delete(place.at, place.at + place.item.nodeSize)
      tr.insert(end, part.content)
      dispatch(tr.setSelection(TextSelection.create(tr.doc, end)).scrollIntoView())
      return true
    }
    // First it is selected, so that one sees what the next stroke would take away.
    dispatch?.(tr.setSelection(NodeSelection.create(doc, place.at)))
    return true
  }
}

/** Backspace at the beginning of a line below an item. */
function backIntoItem(around: Around): Command {
  return (state, dispatch) => {
    const { $head } = state.selection
    if ($head.depth !== 1) return false
    const at = $head.before(1)
    const previous = state.doc.resolve(at).nodeBefore
    if (previous?.type.name !== 'item') return false
    const place = placeBefore(state.doc, at - previous.nodeSize)
    const index = place ? lastInSight(place.item, inSight(around)) : -1
    if (!place || index < 0) return false
    const { tr } = state
    caretInto(tr, place, index, 'end')
    if ($head.parent.content.size === 0) tr.delete(at, at + $head.parent.nodeSize)
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** Delete at the end of a part or of a line above an item: goes on instead of pulling words over the border. */
export function deleteInItem(around: Around): Command {
  return (state, dispatch) => {
    const { selection, tr, doc } = state
    if (!selection.empty || selection instanceof NodeSelection) return false
    const { $head } = selection
    if ($head.parentOffset < $head.parent.content.size) return false
    const place = placeOf(state)
    if (place) {
      if (place.index < 0) return false
      const next = sibling(place, 1, inSight(around))
      if (next >= 0) dispatch?.(caretInto(tr, place, next, 'start'))
      else {
        const beyond = Selection.findFrom(doc.resolve(place.at + place.item.nodeSize), 1)
        if (beyond) dispatch?.(tr.setSelection(beyond).scrollIntoView())
      }
      return true
    }
    if ($head.depth !== 1) return false
    const after = $head.after(1)
    const next = doc.nodeAt(after)
    if (next?.type.name !== 'item') return false
    if ($head.parent.content.size === 0) tr.delete($head.before(1), after)
    const at = tr.mapping.map(after)
    dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1), 1)).scrollIntoView())
    return true
  }
}

/** Alt+Shift+Up and Down: the item past the block beside it. */
export function moveItem(way: -1 | 1): Command {
  return (state, dispatch) => {
    const place = placeOf(state)
    if (!place) return false
    const { tr, doc, selection } = state
    const { at, item } = place
    const $at = doc.resolve(at)
    const parent = $at.parent
    const index = $at.index()
    const other = index + way
    // Told as handled also at the edge: the browser would move the caret by this key.
    if (other < 0 || other >= parent.childCount) return true
    const beside = parent.child(other)
    if (!dispatch) return true
    const to = way < 0 ? at - beside.nodeSize : at + beside.nodeSize
    const inside = selection.head - at
    tr.delete(at, at + item.nodeSize)
    tr.insert(to, item)
    tr.setSelection(
      place.index < 0 ? NodeSelection.create(tr.doc, to) : TextSelection.create(tr.doc, to + inside),
    )
    dispatch(tr.scrollIntoView())
    return true
  }
}

/** The words of an item as ordinary lines; its fields go. */
function toParagraph(
  { item, at }: Place,
  dispatch: ((tr: Transaction) => void) | undefined,
  tr: Transaction,
): boolean {
  const line = item.type.schema.nodes.paragraph
  if (!line) return false
  if (!dispatch) return true
  tr.replaceWith(at, at + item.nodeSize, line.create())
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  return true
}

function childIndex(item: PmNode, is: (part: PmNode) => boolean): number {
  for (let i = 0; i < item.childCount; i += 1) if (is(item.child(i))) return i
  return -1
}

const indexOf = (item: PmNode, name: string) => childIndex(item, (part) => part.attrs.name === name)

function sibling(place: Place, way: -1 | 1, sees: InSight): number {
  for (let i = place.index + way; i >= 0 && i < place.item.childCount; i += way)
    if (sees(place.item, place.item.child(i))) return i
  return -1
}

function filled(item: PmNode, index: number, sees: InSight): boolean {
  const part = item.child(index)
  return part.content.size > 0 && sees(item, part)
}

function lastInSight(item: PmNode, sees: InSight): number {
  for (let i = item.childCount - 1; i >= 0; i -= 1) if (filled(item, i, sees)) return i
  return item.childCount > 0 ? 0 : -1
}

/** Whether a missing part comes after the one the caret is in. */
function later({ item, index, kind }: Place, name: ItemPart): boolean {
  if (!kind) return false
  const order: readonly unknown[] = kinds[kind].parts
  return order.indexOf(name) > order.indexOf(index < 0 ? null : item.child(index).attrs.name)
}

const NO_FIELD = new Set(['id', 'kind', 'code', 'area', 'department'])

/** Just words, as after Enter: nothing would be lost in joining it to the one before. */
function isLoose(item: PmNode): boolean {
  for (let i = 1; i < item.childCount; i += 1) if (item.child(i).content.size > 0) return false
  return Object.entries(item.attrs).every(([name, value]) => value === null || NO_FIELD.has(name))
}

/** The line whose words are the last to be read: the text if there is one. */
function lastWords(item: PmNode): number {
  const text = indexOf(item, 'text')
  const title = indexOf(item, 'title')
  return text >= 0 && (item.child(text).content.size > 0 || title < 0) ? text : title
}
