import * as Y from 'yjs'
import { cleanMarks } from '../clean-marks'
import { headingKey } from '../headings'
import { itemAttributes, partAttributes } from '../items/attributes'
import { partsOf } from '../items/read-items'
import type { Json } from '../json'
import { fileSource, safeHref } from '../links'
import { cleanAttrs, MAX_DEPTH, mayHold, NODES } from '../schema/spec'
import { taskLabel } from '../task-label'
import { childrenOf, type Piece, piecesOf, plainOf, textBelow, type YNode } from '../walk'
import { escapeAttribute, escapeText } from './escape'
import { type ItemDress, itemFace } from './item-face'

/**
 * A root as HTML, without DOM or ProseMirror: what the editor will draw in its place, tag by tag, plus an `id`
 * on every heading so that links into the page work before any script runs. Put it into an element with class
 * `ProseMirror` for the editor's own line breaking.
 *
 * Nothing in the document is believed: only nodes, marks and attributes of the schema become tags, addresses
 * pass `safeHref`, everything else is its text. Deeper than MAX_DEPTH is text too.
 * @param dress what is drawn around the words of items, as the editor's view of them does
 */
export function renderHtml(root: Y.XmlFragment, dress: ItemDress | null = null): string {
  const out: string[] = []
  blocks({ out, dress }, childrenOf(root), null, 0)
  return out.join('')
}

interface Drawing {
  readonly out: string[]
  /** Null: items are their words alone. */
  readonly dress: ItemDress | null
}

/** The filler the editor puts where a line would have no height. */
const FILLER = '<br class="ProseMirror-trailingBreak">'

function blocks(drawing: Drawing, children: readonly YNode[], parent: string | null, depth: number): void {
  for (const child of children) {
    const name = child instanceof Y.XmlText ? 'text' : child.nodeName
    if (child instanceof Y.XmlText || depth >= MAX_DEPTH || !mayHold(parent, name))
      inert(drawing.out, child, 'div')
    else block(drawing, child, name, depth)
  }
}

type Attrs = Readonly<Record<string, Json>>

function block(drawing: Drawing, node: Y.XmlElement, name: string, depth: number): void {
  const { out, dress } = drawing
  const spec = NODES[name]
  if (!spec) return
  const attrs = cleanAttrs(spec.attrs, node.getAttributes())
  if (spec.holds.length === 0) {
    out.push(leaf(name, attrs))
    return
  }
  const [open, close] = name === 'item' && dress ? dressed(attrs, node, dress) : frame(name, attrs, node)
  out.push(open)
  if (spec.holds.includes('inline')) inline(out, node, name)
  else if (spec.holds.includes('text')) code(out, node)
  else blocks(drawing, childrenOf(node), name, depth + 1)
  out.push(close)
}

/** The tags around the children of a node. */
function frame(name: string, attrs: Attrs, node: Y.XmlElement): readonly [open: string, close: string] {
  switch (name) {
    case 'paragraph':
      return ['<p>', '</p>']
    case 'heading': {
      const key = headingKey(node)
      return [`<h${attrs.level}${key ? ` id="${key}"` : ''}>`, `</h${attrs.level}>`]
    }
    case 'blockquote':
      return ['<blockquote>', '</blockquote>']
    case 'callout':
      return [`<div class="callout" data-callout="${attrs.kind}">`, '</div>']
    case 'bulletList':
      return ['<ul>', '</ul>']
    case 'orderedList':
      return [attrs.start === 1 ? '<ol>' : `<ol start="${attrs.start}">`, '</ol>']
    case 'listItem':
      return ['<li>', '</li>']
    case 'taskList':
      return ['<ul data-type="taskList">', '</ul>']
    case 'taskItem': {
      const checked = attrs.checked ? ' checked="checked"' : ''
      const box = `<input type="checkbox"${checked} aria-label="${escapeAttribute(taskName(node))}">`
      const label = `<label contenteditable="false">${box}</label>`
      return [`<li data-type="taskItem" data-checked="${attrs.checked}">${label}<div>`, '</div></li>']
    }
    case 'codeBlock': {
      const language =
        attrs.language === null ? '' : ` class="language-${escapeAttribute(`${attrs.language}`)}"`
      return [`<pre><code${language}>`, '</code></pre>']
    }
    case 'table':
      return ['<div class="tableWrapper"><table><tbody>', '</tbody></table></div>']
    case 'tableRow':
      return ['<tr>', '</tr>']
    case 'item':
      return [`<div${attributesOf(itemAttributes(attrs))}>`, '</div>']
    case 'itemPart':
      return [`<div${attributesOf(partAttributes(attrs))}>`, '</div>']
    case 'tableCell':
      return [`<td${cellAttributes(attrs)}>`, '</td>']
    case 'tableHeader':
      return [`<th${cellAttributes(attrs)}>`, '</th>']
    default:
      throw new Error(`no tags for a node of the schema: ${name}`)
  }
}

/** An item with what is drawn around its words. */
function dressed(attrs: Attrs, node: Y.XmlElement, dress: ItemDress): readonly [open: string, close: string] {
  const face = itemFace(attrs, partsOf(node), dress)
  const tag = attributesOf({ ...itemAttributes(attrs), ...face.attributes })
  return [`<div${tag}>${face.before}<div class="parts">`, `</div>${face.after}</div>`]
}

function attributesOf(values: Readonly<Record<string, string | null>>): string {
  let out = ''
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) out += ` ${name}="${escapeAttribute(value)}"`
  }
  return out
}

function cellAttributes(attrs: Attrs): string {
  const colspan = attrs.colspan === 1 ? '' : ` colspan="${attrs.colspan}"`
  const rowspan = attrs.rowspan === 1 ? '' : ` rowspan="${attrs.rowspan}"`
  return colspan + rowspan + (attrs.align === null ? '' : ` data-align="${attrs.align}"`)
}

function leaf(name: string, attrs: Attrs): string {
  switch (name) {
    case 'horizontalRule':
      return '<hr>'
    case 'image': {
      const source = fileSource(attrs.fileId)
      const alt = typeof attrs.alt === 'string' ? attrs.alt : ''
      if (source === null) return `<p class="inert">${escapeText(alt)}</p>`
      const width = attrs.width === null ? '' : ` width="${attrs.width}"`
      return `<img src="${source}" alt="${escapeAttribute(alt)}"${width} loading="lazy">`
    }
    case 'foreign':
      return `<div class="inert">${escapeText(typeof attrs.text === 'string' ? attrs.text : '')}</div>`
    default:
      throw new Error(`no tag for a leaf of the schema: ${name}`)
  }
}

/** The words of something the schema has no place for. */
function inert(out: string[], node: YNode, tag: 'div' | 'span'): void {
  const text = textBelow(node)
  if (text !== '') out.push(`<${tag} class="inert">${escapeText(text)}</${tag}>`)
}

/** Same words as the editor's own label: the item's first line. */
function taskName(item: Y.XmlElement): string {
  const first = childrenOf(item)[0]
  let text = ''
  for (const child of first instanceof Y.XmlElement ? childrenOf(first) : []) {
    if (child instanceof Y.XmlText) text += plainOf(child)
  }
  return taskLabel(text)
}

function code(out: string[], node: Y.XmlElement): void {
  let last = ''
  const open: OpenMark[] = []
  for (const child of childrenOf(node)) {
    if (child instanceof Y.XmlText) {
      for (const { text, marks } of piecesOf(child)) {
        // Of all marks only discussions may lie on code.
        turnTo(out, open, { text, marks: marks.filter(({ name }) => name === 'comment') })
        out.push(escapeText(text))
        last = text
      }
      continue
    }
    last = textBelow(child)
    out.push(escapeText(last))
  }
  closeTo(out, open, 0)
  if (last === '' || last.endsWith('\n')) out.push(FILLER)
}

interface OpenMark {
  readonly name: string
  /** Tells two links apart. */
  readonly identity: string
  readonly close: string
}

function inline(out: string[], node: Y.XmlElement, name: string): void {
  const open: OpenMark[] = []
  let endsInText = false
  for (const child of childrenOf(node)) {
    if (child instanceof Y.XmlText) {
      for (const piece of piecesOf(child)) {
        turnTo(out, open, piece)
        out.push(escapeText(piece.text))
        endsInText = !piece.text.endsWith('\n')
      }
      continue
    }
    closeTo(out, open, 0)
    endsInText = false
    if (child.nodeName === 'hardBreak' && mayHold(name, 'hardBreak')) out.push('<br>')
    else {
      inert(out, child, 'span')
      endsInText = true
    }
  }
  closeTo(out, open, 0)
  if (!endsInText) out.push(FILLER)
}

/** Closes the marks a piece does not share with the one before it and opens its own, outermost first. */
function turnTo(out: string[], open: OpenMark[], piece: Piece): void {
  const wanted: Array<OpenMark & { tag: string }> = []
  for (const { name, attrs } of cleanMarks(piece)) wanted.push({ name, ...tagOf(name, attrs) })
  let same = 0
  while (
    same < open.length &&
    same < wanted.length &&
    open[same]?.name === wanted[same]?.name &&
    open[same]?.identity === wanted[same]?.identity
  ) {
    same += 1
  }
  closeTo(out, open, same)
  for (const mark of wanted.slice(same)) {
    out.push(mark.tag)
    open.push(mark)
  }
}

function closeTo(out: string[], open: OpenMark[], length: number): void {
  while (open.length > length) out.push(open.pop()?.close ?? '')
}

const TAGS: Record<string, string> = {
  bold: 'strong',
  code: 'code',
  italic: 'em',
  strike: 's',
  underline: 'u',
}

function tagOf(name: string, attrs: Attrs): { tag: string; close: string; identity: string } {
  if (name === 'comment') {
    const thread = escapeAttribute(`${attrs.thread}`)
    return { tag: `<mark class="c" data-thread="${thread}">`, close: '</mark>', identity: thread }
  }
  if (name !== 'link') {
    const tag = TAGS[name] ?? 'span'
    return { tag: `<${tag}>`, close: `</${tag}>`, identity: '' }
  }
  const href = safeHref(attrs.href)
  if (href === null) return { tag: '<span class="inert">', close: '</span>', identity: String(attrs.href) }
  const tag = `<a href="${escapeAttribute(href)}" target="_blank" rel="noopener noreferrer nofollow">`
  return { tag, close: '</a>', identity: href }
}
