import { DOMSerializer, Fragment, type Node as PmNode, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { itemAttributes } from '@/lib/document/items/attributes'
import { adopt } from '@/lib/document/items/remap'
import type { NodeJson } from '@/lib/document/json'
import { itemFace } from '@/lib/document/render/item-face'
import { newId } from '@/lib/kit/ids'
import { placeOf } from './place'
import { wordsOf } from './view'
import type { ItemWorld } from './world'

/** Names the strategy in copied HTML, so that where it is pasted one knows whether items are at home. */
export const FROM = 'data-strategy'

export interface Clipboard {
  readonly strategy: string
  readonly world: ItemWorld
  /** Ids of the items that stand in the strategy now. */
  standing(): ReadonlySet<string>
  /** Threads whose words stand in it. */
  threads(): ReadonlySet<string>
}

/** Copying and pasting of items: readable elsewhere, themselves when cut and pasted here, new when copied. */
export function itemClipboard(schema: Schema, { strategy, world, standing, threads }: Clipboard): Plugin {
  let from: string | null = null
  return new Plugin({
    key: new PluginKey('itemClipboard'),
    props: {
      transformPastedHTML(html) {
        from = new RegExp(`${FROM}="(str_[0-9a-z]{26})"`).exec(html)?.[1] ?? null
        return html
      },
      transformPasted(slice, view, plain) {
        const origin = from
        from = null
        // Dragged within the chapter, the original is still there and goes with the same step.
        if (view.dragging?.move) return slice
        if (plain) return slice
        const content: NodeJson[] | null = wordsOnly(slice).content.toJSON()
        if (!content) return slice
        const own = adopt(content, {
          newId: () => newId('itm'),
          standing: standing(),
          // Nothing says where words from another program come from; an id among them is then a coincidence or a trick.
          foreign: origin !== strategy,
          threads: threads(),
        })
        const { openStart, openEnd } = wordsOnly(slice)
        return new Slice(Fragment.fromJSON(schema, own), openStart, openEnd)
      },
      // Empty: without an item among it, copied text is written as everywhere else.
      clipboardTextSerializer: (slice) => (hasItem(slice.content) ? plainText(slice, world) : ''),
      clipboardSerializer: serializer(schema, strategy, world),
      handlePaste: (view, event, slice) =>
        pasteMarkdown(view, event, { standing, threads }) || pasteIntoItem(view, slice),
    },
  })
}

function hasItem(content: Fragment): boolean {
  let found = false
  content.descendants((node) => {
    if (node.type.name === 'item') found = true
    return !found
  })
  return found
}

/** A list entry that opens with a code in bold, as docs/markdown.md writes items. */
const CODED = /^\s{0,3}[-*+]\s+\*\*[A-Z](?:\d{1,6}|\?)/m

/** Plain text that holds items in Markdown: they are items here too, of their own. */
function pasteMarkdown(
  view: EditorView,
  event: ClipboardEvent,
  { standing, threads }: Pick<Clipboard, 'standing' | 'threads'>,
): boolean {
  const text = event.clipboardData?.getData('text/plain') ?? ''
  const html = event.clipboardData?.getData('text/html') ?? ''
  if (html !== '' || !CODED.test(text) || (placeOf(view.state)?.index ?? -1) >= 0) return false
  // Its parser is large and hardly ever wanted.
  void import('./read-pasted').then(({ readPasted }) => {
    if (view.isDestroyed || !view.editable) return
    const nodes = readPasted(text)
    if (!nodes) {
      view.dispatch(view.state.tr.insertText(text).setMeta('paste', true))
      return
    }
    const own = adopt(nodes, {
      newId: () => newId('itm'),
      standing: standing(),
      foreign: true,
      threads: threads(),
    })
    const content = Fragment.fromJSON(view.state.schema, own)
    view.dispatch(
      view.state.tr
        .replaceSelection(new Slice(content, 0, 0))
        .setMeta('paste', true)
        .scrollIntoView(),
    )
  })
  return true
}

/** Words out of the middle of one part are words, not another item. */
function wordsOnly(slice: Slice): Slice {
  const item = slice.content.firstChild
  const part = item?.firstChild
  const within =
    slice.content.childCount === 1 &&
    item?.type.name === 'item' &&
    item.childCount === 1 &&
    slice.openStart >= 2 &&
    slice.openEnd >= 2
  return within && part ? new Slice(part.content, 0, 0) : slice
}

/**
 * A part holds one run of words. Lines pasted into it stay lines of it, and items stand behind the one they were pasted
 * into; the editor's own fitting would cut that one in two.
 */
function pasteIntoItem(view: EditorView, slice: Slice): boolean {
  const { state } = view
  const place = placeOf(state)
  if (!place || place.index < 0 || !state.selection.$from.sameParent(state.selection.$to)) return false
  if (hasItem(slice.content)) {
    const items: PmNode[] = []
    slice.content.descendants((node) => {
      if (node.type.name === 'item') items.push(node)
      return node.type.name !== 'item'
    })
    view.dispatch(
      state.tr
        .insert(place.at + place.item.nodeSize, items)
        .setMeta('paste', true)
        .scrollIntoView(),
    )
    return true
  }
  const lines: Fragment[] = []
  slice.content.descendants((node) => {
    if (!node.isTextblock) return !node.isText
    lines.push(node.content)
    return false
  })
  if (lines.length === 0) return false
  const hardBreak = state.schema.nodes.hardBreak
  const words = lines.reduce((all, one, i) =>
    all.append(i > 0 && hardBreak ? Fragment.from(hardBreak.create()).append(one) : one),
  )
  view.dispatch(
    state.tr
      .replaceSelection(new Slice(words, 0, 0))
      .setMeta('paste', true)
      .scrollIntoView(),
  )
  return true
}

/** Items with their names and fields as words around them, which our own parser passes over. */
function serializer(schema: Schema, strategy: string, world: ItemWorld): DOMSerializer {
  const plain = DOMSerializer.fromSchema(schema)
  const made = new DOMSerializer(
    {
      ...plain.nodes,
      item(node) {
        const { label, facts } = spoken(node, world)
        const own: Record<string, string> = { [FROM]: strategy }
        for (const [name, value] of Object.entries(itemAttributes(node.attrs)))
          if (value !== null) own[name] = value
        return [
          'div',
          own,
          ['p', { class: 'face' }, ['b', label]],
          ['div', { class: 'parts' }, 0],
          ...(facts === '' ? [] : [['p', { class: 'facts' }, ['small', facts]] as const]),
        ]
      },
    },
    plain.marks,
  )
  const whole = made.serializeFragment.bind(made)
  made.serializeFragment = (fragment, options, target) => {
    const out = whole(fragment, options, target)
    const first = out instanceof DocumentFragment ? out.firstElementChild : null
    first?.setAttribute(FROM, strategy)
    return out
  }
  return made
}

function plainText(slice: Slice, world: ItemWorld): string {
  const blocks: string[] = []
  slice.content.forEach((node) => {
    blocks.push(
      node.type.name === 'item' && slice.content.childCount > 1 ? itemText(node, world) : textOf(node),
    )
  })
  return blocks.join('\n\n')
}

function itemText(node: PmNode, world: ItemWorld): string {
  const { label, facts } = spoken(node, world)
  const parts = wordsOf(node)
    .filter((part) => part.text !== '')
    .map((part) => part.text)
  return [[label, parts.join('\n')].join('\n'), facts].filter((one) => one.trim() !== '').join('\n')
}

function textOf(node: PmNode): string {
  return node.isText
    ? (node.text ?? '')
    : node.textBetween(0, node.content.size, '\n', (leaf) => (leaf.type.name === 'hardBreak' ? '\n' : ''))
}

/** What the frame says, as words. */
function spoken(node: PmNode, world: ItemWorld): { label: string; facts: string } {
  const face = itemFace(node.attrs, [], { ...world.dress, editable: false })
  const holder = document.createElement('template')
  holder.innerHTML = face.after
  const facts = [...holder.content.querySelectorAll('.fact')].map((one) => one.textContent ?? '').join(' · ')
  return { label: face.attributes['aria-label'] ?? '', facts }
}
