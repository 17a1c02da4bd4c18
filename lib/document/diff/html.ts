import { whoOf } from '@/lib/domain/who'
import type { Json } from '../json'
import { fileSource, safeHref } from '../links'
import { escapeAttribute, escapeText } from '../render/escape'
import type { AttrChange, Change, Run } from './diff'
import type { Hand } from './ledger'
import { holdsText, INERT, type Origin, type PaperNode, type ShownMark } from './read'

/** Which of the two states is drawn: both in one text, or one of them. */
export type Side = 'both' | 'before' | 'after'

/** How fields and kinds are called in the reader's language. Everything it answers is escaped here. */
export interface Labels {
  kind(kind: Json): string
  part(name: Json, lang: Json): string
  field(name: string): string
  value(name: string, value: Json): string
  /** What became of a block besides its words ("now a heading"), or null when it can be seen. */
  form(change: AttrChange): string | null
  /** For a field that has no value. */
  nothing(): string
}

/** What is asked about: a run of words, or a node as a whole. */
export interface Asked {
  readonly at: Origin | null
  readonly beside?: Origin | null
}

/** Who is behind each change. */
export interface Hands {
  added(change: Asked): Hand | null
  removed(change: Asked): Hand | null
  /** Of the present value of an attribute. */
  attribute(node: PaperNode, name: string): Hand | null
  /** False: somebody the reader does not ask about. Shown as if it had always been so. */
  counts(hand: Hand | null): boolean
}

type Mode = 'plain' | 'added' | 'removed'

/**
 * Changes as HTML. Nothing in a document is believed: only nodes, marks and attributes of the schema become tags,
 * addresses pass `safeHref`, everything else is its words.
 */
export class DiffHtml {
  private out: string[] = []

  constructor(
    private readonly side: Side,
    private readonly hands: Hands,
    private readonly labels: Labels,
  ) {}

  draw(changes: readonly Change[]): string {
    this.out = []
    for (const change of changes) this.change(change)
    return this.out.join('')
  }

  drawNodes(nodes: readonly PaperNode[]): string {
    this.out = []
    for (const node of nodes) this.node(node, 'plain')
    return this.out.join('')
  }

  private change(change: Change): void {
    switch (change.kind) {
      case 'same':
        this.node(this.side === 'before' ? change.before : change.after, 'plain')
        return
      case 'added':
        if (this.side !== 'before') this.node(change.after, change.moved ? 'plain' : 'added')
        return
      case 'removed':
        // What moved is shown where it is now; side by side, also where it was.
        if (this.side !== 'after' && !(change.moved && this.side === 'both'))
          this.node(change.before, change.moved ? 'plain' : 'removed')
        return
      case 'changed':
        this.changed(change)
    }
  }

  private changed({ before, after, attrs, runs, children }: Extract<Change, { kind: 'changed' }>): void {
    const node = this.side === 'before' ? before : after
    const [open, close] = this.frame(node)
    this.out.push(open)
    if (holdsText(node.name)) this.runs(runs, node.name === 'codeBlock')
    else {
      if (node.name === 'item') this.fields(after, attrs)
      for (const child of children) this.change(child)
    }
    if (this.side !== 'before' && node.name !== 'item')
      for (const one of attrs) {
        const said = this.labels.form(one)
        const hand = this.hands.attribute(after, one.name)
        if (said !== null && this.hands.counts(hand))
          this.out.push(`<span class="form"${who(hand)}>${escapeText(said)}</span>`)
      }
    this.out.push(close)
    if (node.children.length === 0 && !holdsText(node.name)) this.leaf(node, 'added')
  }

  /** "Valid until: 31 August → 31 December". */
  private fields(item: PaperNode, attrs: readonly AttrChange[]): void {
    const rows = attrs.flatMap(({ name, before, after }) => {
      if (!isField(name)) return []
      const hand = this.hands.attribute(item, name)
      if (!this.hands.counts(hand)) return []
      const was = before === null ? this.labels.nothing() : this.labels.value(name, before)
      const is = after === null ? this.labels.nothing() : this.labels.value(name, after)
      const del = `<del${who(hand)}>${escapeText(was)}</del>`
      const ins = `<ins${who(hand)}>${escapeText(is)}</ins>`
      const shown =
        this.side === 'both'
          ? `${del} <span aria-hidden="true">→</span> ${ins}`
          : this.side === 'before'
            ? del
            : ins
      return `<div><dt>${escapeText(this.labels.field(name))}</dt><dd>${shown}</dd></div>`
    })
    if (rows.length > 0) this.out.push(`<dl class="fields">${rows.join('')}</dl>`)
  }

  private node(node: PaperNode, mode: Mode): void {
    if (holdsText(node.name)) {
      const [open, close] = this.frame(node)
      this.out.push(open)
      const kind = mode === 'plain' ? 'same' : mode
      this.runs(
        node.text.map(({ text, marks, at }) => ({ kind, text, marks, at, beside: null, restyled: false })),
        node.name === 'codeBlock',
      )
      this.out.push(close)
      return
    }
    if (node.name === 'horizontalRule' || node.name === 'image' || node.name === 'foreign') {
      this.leaf(node, mode)
      return
    }
    const [open, close] = this.frame(node)
    this.out.push(open)
    if (node.name === 'item' && mode !== 'plain') this.wholeFields(node, mode)
    for (const child of node.children) this.node(child, mode)
    this.out.push(close)
  }

  /** All fields of an item that came or went as a whole. */
  private wholeFields(item: PaperNode, mode: 'added' | 'removed'): void {
    const hand = mode === 'added' ? this.hands.added(item) : this.hands.removed(item)
    const tag = mode === 'added' ? 'ins' : 'del'
    const rows = Object.entries(item.attrs).flatMap(([name, value]) =>
      value === null || !isField(name)
        ? []
        : `<div><dt>${escapeText(this.labels.field(name))}</dt><dd><${tag}${who(hand)}>${escapeText(this.labels.value(name, value))}</${tag}></dd></div>`,
    )
    if (rows.length > 0) this.out.push(`<dl class="fields">${rows.join('')}</dl>`)
  }

  private frame(node: PaperNode): readonly [open: string, close: string] {
    const { name, attrs } = node
    switch (name) {
      case 'paragraph':
        return ['<p>', '</p>']
      case INERT:
        return ['<p class="inert">', '</p>']
      case 'heading':
        return [`<h${attrs.level}>`, `</h${attrs.level}>`]
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
        const box = `<span class="box" role="img" aria-label="${attrs.checked ? '☑' : '☐'}">${attrs.checked ? '☑' : '☐'}</span>`
        return [`<li data-type="taskItem" data-checked="${attrs.checked}">${box}<div>`, '</div></li>']
      }
      case 'codeBlock':
        return ['<pre><code>', '</code></pre>']
      case 'table':
        return ['<div class="tableWrapper"><table><tbody>', '</tbody></table></div>']
      case 'tableRow':
        return ['<tr>', '</tr>']
      case 'tableCell':
        return [`<td${spans(attrs)}>`, '</td>']
      case 'tableHeader':
        return [`<th${spans(attrs)}>`, '</th>']
      case 'item': {
        const code =
          typeof attrs.code === 'string' ? ` <span class="code">${escapeText(attrs.code)}</span>` : ''
        const kind = typeof attrs.kind === 'string' ? ` data-kind="${escapeAttribute(attrs.kind)}"` : ''
        return [
          `<div class="piece"${kind}><p class="what">${escapeText(this.labels.kind(attrs.kind ?? null))}${code}</p>`,
          '</div>',
        ]
      }
      case 'itemPart': {
        const lang = attrs.lang === 'zh' ? ' lang="zh-Hans"' : attrs.lang === 'en' ? ' lang="en"' : ''
        const label = escapeText(this.labels.part(attrs.name ?? null, attrs.lang ?? null))
        return [
          `<div class="slot" data-part="${escapeAttribute(String(attrs.name))}"><span class="name">${label}</span><div${lang}>`,
          '</div></div>',
        ]
      }
      default:
        return ['', '']
    }
  }

  private leaf(node: PaperNode, mode: Mode): void {
    const hand =
      mode === 'added' ? this.hands.added(node) : mode === 'removed' ? this.hands.removed(node) : null
    const counts = mode !== 'plain' && this.hands.counts(hand)
    if (mode === 'removed' && !counts) return
    const tag = counts ? (mode === 'added' ? 'ins' : 'del') : null
    if (tag) this.out.push(`<${tag} class="whole"${who(hand)}>`)
    if (node.name === 'horizontalRule') this.out.push('<hr>')
    else if (node.name === 'image') {
      const source = fileSource(node.attrs.fileId)
      const alt = typeof node.attrs.alt === 'string' ? node.attrs.alt : ''
      if (source === null) this.out.push(`<p class="inert">${escapeText(alt)}</p>`)
      else this.out.push(`<img src="${source}" alt="${escapeAttribute(alt)}" loading="lazy">`)
    } else if (node.name === 'foreign')
      this.out.push(
        `<p class="inert">${escapeText(typeof node.attrs.text === 'string' ? node.attrs.text : '')}</p>`,
      )
    if (tag) this.out.push(`</${tag}>`)
  }

  private runs(runs: readonly Run[], code: boolean): void {
    let open: string | null = null
    let close = ''
    const turn = (tag: string | null, end: string, more = '') => {
      if (tag === open) return
      this.out.push(close)
      if (tag !== null) this.out.push(more === '' ? tag : tag.replace('>', `${more}>`))
      open = tag
      close = end
    }
    // Words that came right after words that went need a gap the text itself does not have.
    let gone = ''
    for (const run of runs) {
      if (run.kind === 'added') {
        if (this.side === 'before') continue
        const hand = this.hands.added(run)
        const gap = WORD_END.test(gone) && WORD_START.test(run.text) ? ' class="next"' : ''
        if (this.hands.counts(hand)) turn(`<ins${who(hand)}>`, '</ins>', gap)
        else turn(null, '')
        gone = ''
      } else if (run.kind === 'removed') {
        if (this.side === 'after') continue
        const hand = this.hands.removed(run)
        if (!this.hands.counts(hand)) continue
        turn(`<del${who(hand)}>`, '</del>')
        gone = run.text
      } else if (run.restyled && this.side !== 'before') turn('<span class="restyled">', '</span>')
      else turn(null, '')
      if (run.kind === 'same') gone = ''
      this.out.push(marked(run.text, code ? [] : run.marks, code))
    }
    turn(null, '')
    if (runs.length === 0) this.out.push('<br>')
  }
}

const WORD_END = /(?!\p{Script=Han})[\p{L}\p{N}]$/u
const WORD_START = /^(?!\p{Script=Han})[\p{L}\p{N}]/u

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  code: 'code',
  italic: 'em',
  strike: 's',
  underline: 'u',
}

function marked(text: string, marks: readonly ShownMark[], code: boolean): string {
  const words = code ? escapeText(text) : escapeText(text).replaceAll('\n', '<br>')
  return marks.reduceRight((inside, { name, attrs }) => {
    if (name === 'link') {
      const href = safeHref(attrs.href)
      if (href === null) return `<span class="inert">${inside}</span>`
      return `<a href="${escapeAttribute(href)}" target="_blank" rel="noopener noreferrer nofollow">${inside}</a>`
    }
    const tag = TAGS[name]
    return tag ? `<${tag}>${inside}</${tag}>` : inside
  }, words)
}

/** Attributes of an item that people fill in; the others are its identity. */
export function isField(name: string): boolean {
  return name !== 'id' && name !== 'code' && name !== 'agreed' && name !== 'extra' && name !== 'node'
}

function who(hand: Hand | null): string {
  return hand?.userId ? ` data-who="${whoOf(hand.userId)}"` : ''
}

function spans(attrs: Readonly<Record<string, Json>>): string {
  const columns = attrs.colspan === 1 ? '' : ` colspan="${attrs.colspan}"`
  const rows = attrs.rowspan === 1 ? '' : ` rowspan="${attrs.rowspan}"`
  return columns + rows + (attrs.align === null ? '' : ` data-align="${attrs.align}"`)
}
