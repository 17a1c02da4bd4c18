import * as Y from 'yjs'
import { type Commented, carryComments, carryMoved, commentsOn } from './comments/carry'
import { align, type Pair } from './diff/align'
import { movesWith } from './diff/change-name'
import { diffStrategies } from './diff/diff'
import { holdsText, INERT, type PaperNode, readPaper, wordsOf } from './diff/read'
import { diffWords } from './diff/words'
import type { Json } from './json'
import { markName } from './mark-names'
import { META_ROOT, TEXT_ROOTS, type TextRoot } from './roots'
import { cleanAttrs, MARKS, mayHold, NODES } from './schema/spec'
import { childrenOf, plainOf } from './walk'

export interface RestoreOptions {
  /** Threads that still exist. Their marks come back with the words they lay on; marks of others stay away. */
  readonly threads: ReadonlySet<string>
  /** What is left as it is, and everything around it: see `heldBlocks`. */
  readonly held: ReadonlySet<unknown>
}

/** A place that was left alone because somebody is writing there. */
export interface Kept {
  readonly root: TextRoot
  readonly words: string
}

/**
 * Brings a document back to what another state of it looked like, as an edit forward: what is the same is not touched,
 * inside a changed paragraph only the words that differ are written, so that what others type into it meanwhile stays
 * where it is. Marks of comments on words that stay, stay. Run it inside one transaction of the live document.
 * @returns the blocks that were left alone
 */
export function restoreDocument(live: Y.Doc, target: Y.Doc, options: RestoreOptions): Kept[] {
  const work = new Restoring(options)
  for (const root of TEXT_ROOTS) {
    const now = live.getXmlFragment(root)
    work.children(root, now, readPaper(now), readPaper(target.getXmlFragment(root)))
  }
  work.settleItems(live)
  work.settleComments()
  restoreMeta(live, target)
  return work.kept
}

/**
 * Puts chosen changes back to what another state says, as an edit forward like `restoreDocument`; all the rest stays.
 * A change is called by what it says (see `changeName`): one that says something else by now is passed over.
 * @param target the older state, from which the changes were read
 * @returns how many were found, and what was left alone
 */
export function putBack(
  live: Y.Doc,
  target: Y.Doc,
  names: ReadonlySet<string>,
  options: RestoreOptions,
): { readonly found: number; readonly kept: readonly Kept[] } {
  const work = new Restoring(options)
  const { chapters } = diffStrategies(target, live)
  const chosen = movesWith(chapters, names)
  for (const { root, changes } of chapters) {
    // Read from the older to the newer state; written the other way round.
    const pairs = changes.map((change): Wanted => {
      const now = change.kind === 'removed' ? null : change.after
      const then = change.kind === 'added' ? null : change.before
      return { before: now, after: then, skip: !chosen.has(change) }
    })
    work.pairs(root, live.getXmlFragment(root), pairs)
  }
  work.settleItems(live)
  work.settleComments()
  return { found: chosen.size, kept: work.kept }
}

/** A pair, and whether it is to stay as it is now. */
type Wanted = Pair & { readonly skip?: boolean }

class Restoring {
  readonly kept: Kept[] = []
  /** Items written anew. One of them may still stand elsewhere, where somebody holds it. */
  private readonly made: { readonly root: TextRoot; readonly element: Y.XmlElement }[] = []
  /** Discussions of blocks that were taken out, and blocks that came: one may be the other, moved. */
  private readonly lost: Commented[] = []
  private readonly came: Y.XmlElement[] = []

  constructor(private readonly options: RestoreOptions) {}

  children(
    root: TextRoot,
    parent: Y.XmlFragment,
    now: readonly PaperNode[],
    wanted: readonly PaperNode[],
  ): void {
    this.pairs(root, parent, align(now, wanted, true))
  }

  pairs(root: TextRoot, parent: Y.XmlFragment, pairs: readonly Wanted[]): void {
    let last: Y.XmlElement | Y.XmlText | null = null
    for (const { before, after, skip } of pairs) {
      if (skip) {
        if (before) last = before.source
      } else if (before && after && before.key === after.key) last = before.source
      else if (before && after && this.change(root, before, after)) last = before.source
      else {
        const stays = before !== null && this.holds(root, before)
        if (before && stays) last = before.source
        const said =
          before && !stays && before.source instanceof Y.XmlElement ? commentsOn(before.source) : null
        // A held block that would have become another one stands for it.
        if (after && !(stays && before)) {
          const copy = this.copy(root, parent, after)
          if (copy) {
            parent.insertAfter(last, [copy])
            last = copy
            if (said) carryComments(said, copy)
            this.came.push(copy)
          }
        }
        if (before && !stays) {
          if (said) this.lost.push(said)
          remove(parent, before.source)
        }
      }
    }
  }

  /** A block that stood somewhere else has its discussions again, also those begun there. */
  settleComments(): void {
    if (this.lost.length === 0) return
    for (const element of this.came) if (element._item?.deleted === false) carryMoved(this.lost, element)
  }

  /** Whether a node is left alone; then it is reported. */
  private holds(root: TextRoot, node: PaperNode): boolean {
    if (!this.options.held.has(node.source)) return false
    this.kept.push({ root, words: wordsOf(node).trim().slice(0, 120) })
    return true
  }

  /** Changes a node into another in its place. False: it cannot become that one. */
  private change(root: TextRoot, before: PaperNode, after: PaperNode): boolean {
    const { source } = before
    if (!(source instanceof Y.XmlElement) || before.name !== after.name || before.name === INERT) return false
    if (before.name === 'item' && before.attrs.id !== after.attrs.id) return false
    if (!(after.source instanceof Y.XmlElement)) return false
    if (holdsText(before.name)) {
      if (this.holds(root, before)) return true
      const said = commentsOn(source)
      setAttributes(source, before, after)
      this.inline(source, after.source)
      // Among many lines that are alike one may have become another that stood elsewhere.
      if (said) this.lost.push(said)
      this.came.push(source)
      return true
    }
    setAttributes(source, before, after)
    this.children(root, source, before.children, after.children)
    return true
  }

  /** The words of a paragraph: text by text as long as both are built alike, the rest written anew. */
  private inline(now: Y.XmlElement, wanted: Y.XmlElement): void {
    const here = childrenOf(now)
    const there = childrenOf(wanted)
    let at = 0
    for (; at < here.length && at < there.length; at++) {
      const one = here[at]
      const other = there[at]
      if (one instanceof Y.XmlText && other instanceof Y.XmlText) this.text(one, other)
      else if (
        !(one instanceof Y.XmlElement && other instanceof Y.XmlElement && one.nodeName === other.nodeName)
      )
        break
    }
    for (const rest of here.slice(at)) remove(now, rest)
    let last = here[at - 1] ?? null
    for (const rest of there.slice(at)) {
      const copy = this.copyInline(now.nodeName, rest)
      if (!copy) continue
      now.insertAfter(last, [copy])
      last = copy
    }
  }

  private text(now: Y.XmlText, wanted: Y.XmlText): void {
    const before = plainOf(now)
    const after = plainOf(wanted)
    const old = formatsOf(now)
    const fresh = formatsOf(wanted)
    const delta: DeltaOp[] = []
    for (const span of diffWords(before, after)) {
      const [a, b] = span.before
      const [c, d] = span.after
      if (span.kind === 'removed') delta.push({ delete: b - a })
      else if (span.kind === 'added') {
        const around = commentsAround(old, a)
        for (const piece of slices(fresh, c, d))
          delta.push({
            insert: after.slice(piece.from, piece.to),
            attributes: { ...around, ...this.allowed(piece.format) },
          })
      } else {
        for (const piece of slices(old, a, b)) {
          // The same words lie `c - a` further on in the state that is wanted.
          for (const part of slices(fresh, piece.from + c - a, piece.to + c - a)) {
            const attributes = this.restyle(piece.format, part.format)
            delta.push({ retain: part.to - part.from, ...(attributes && { attributes }) })
          }
        }
      }
    }
    if (delta.some((op) => op.retain === undefined || op.attributes)) now.applyDelta(delta)
  }

  /** What to set and take away so that words look as wanted; marks of comments stay. Null: nothing. */
  private restyle(now: Format, wanted: Format): Format | null {
    const change: Record<string, Json> = {}
    const allowed = this.allowed(wanted)
    for (const key in now) if (markName(key) !== 'comment' && !(key in allowed)) change[key] = null
    for (const key in allowed)
      if (JSON.stringify(now[key]) !== JSON.stringify(allowed[key])) change[key] = allowed[key] ?? null
    return Object.keys(change).length > 0 ? change : null
  }

  /** Of the marks on words of a version, those that may be written: what arrived by Yjs never passed a parser. */
  private allowed(format: Format): Format {
    const allowed: Record<string, Json> = {}
    for (const key in format) {
      const name = markName(key)
      const spec = Object.hasOwn(MARKS, name) ? MARKS[name] : undefined
      const given = format[key]
      if (!spec || given === null || given === undefined) continue
      const attrs = cleanAttrs(spec.attrs, typeof given === 'object' && !Array.isArray(given) ? given : null)
      if (name === 'comment' && !this.options.threads.has(`${attrs.thread}`)) continue
      allowed[key] = attrs
    }
    return allowed
  }

  /** A node of the version, written anew: only what the schema knows. */
  private copy(root: TextRoot, parent: Y.XmlFragment, node: PaperNode): Y.XmlElement | null {
    const inside = parent instanceof Y.XmlElement ? parent.nodeName : null
    if (node.name === INERT) {
      if (!mayHold(inside, 'paragraph')) return null
      const line = new Y.XmlElement('paragraph')
      line.insert(0, [new Y.XmlText(wordsOf(node))])
      return line
    }
    const made = new Y.XmlElement<Record<string, Json>>(node.name)
    for (const [name, value] of Object.entries(node.attrs)) if (value !== null) made.setAttribute(name, value)
    const element = made as Y.XmlElement
    if (holdsText(node.name)) {
      const content = node.source instanceof Y.XmlElement ? childrenOf(node.source) : []
      const copies = content.flatMap((child) => this.copyInline(node.name, child) ?? [])
      if (copies.length > 0) element.insert(0, copies)
    } else {
      const copies = node.children.flatMap((child) => this.copy(root, element, child) ?? [])
      if (copies.length > 0) element.insert(0, copies)
    }
    if (node.name === 'item') this.made.push({ root, element })
    return element
  }

  private copyInline(parent: string, node: Y.XmlElement | Y.XmlText): Y.XmlElement | Y.XmlText | null {
    if (node instanceof Y.XmlElement)
      return node.nodeName === 'hardBreak' && mayHold(parent, 'hardBreak')
        ? new Y.XmlElement('hardBreak')
        : null
    const words = plainOf(node)
    if (words === '') return null
    const text = new Y.XmlText()
    text.applyDelta(
      slices(formatsOf(node), 0, words.length).map(({ from, to, format }) => ({
        insert: words.slice(from, to),
        attributes: parent === 'codeBlock' ? {} : this.allowed(format),
      })),
    )
    return text
  }

  /** An item that somebody holds in another place stays there, and is not there twice. */
  settleItems(live: Y.Doc): void {
    if (this.made.length === 0) return
    const count = new Map<unknown, number>()
    for (const root of TEXT_ROOTS)
      for (const item of itemsBelow(live.getXmlFragment(root))) {
        const id = item.getAttribute('id')
        count.set(id, (count.get(id) ?? 0) + 1)
      }
    for (const { root, element } of this.made) {
      const id = element.getAttribute('id')
      const { parent } = element
      if (id === undefined || (count.get(id) ?? 0) < 2 || !(parent instanceof Y.XmlFragment)) continue
      count.set(id, (count.get(id) ?? 0) - 1)
      this.kept.push({
        root,
        words: childrenOf(element)
          .map((part) => part.toString())
          .join(' ')
          .replace(/<[^>]*>/g, '')
          .slice(0, 120),
      })
      remove(parent, element)
    }
  }
}

type Format = Readonly<Record<string, Json>>

interface DeltaOp {
  insert?: string
  delete?: number
  retain?: number
  attributes?: Format
}

interface Formatted {
  readonly from: number
  readonly to: number
  readonly format: Format
}

/** The marks of a text by ranges, under the names they have in Yjs. */
function formatsOf(text: Y.XmlText): Formatted[] {
  const out: Formatted[] = []
  let at = 0
  const delta: Array<{ insert?: unknown; attributes?: Record<string, Json> }> = text.toDelta()
  for (const { insert, attributes } of delta) {
    if (typeof insert !== 'string' || insert === '') continue
    out.push({ from: at, to: at + insert.length, format: attributes ?? {} })
    at += insert.length
  }
  return out
}

function slices(formats: readonly Formatted[], from: number, to: number): Formatted[] {
  return formats.flatMap((one) => {
    const a = Math.max(one.from, from)
    const b = Math.min(one.to, to)
    return a < b ? [{ from: a, to: b, format: one.format }] : []
  })
}

/** Comments that lie on both sides of a place lie on what is written there too. */
function commentsAround(formats: readonly Formatted[], at: number): Format {
  const left = formats.find(({ from, to }) => from < at && at <= to)?.format ?? {}
  const right = formats.find(({ from, to }) => from <= at && at < to)?.format ?? {}
  const around: Record<string, Json> = {}
  for (const key in left) if (markName(key) === 'comment' && key in right) around[key] = left[key] ?? null
  return around
}

function setAttributes(element: Y.XmlElement, before: PaperNode, after: PaperNode): void {
  // Yjs's types know attributes as strings only; it stores any JSON, and the editor relies on that.
  const target = element as Y.XmlElement<Record<string, Json>>
  for (const name of Object.keys(NODES[after.name]?.attrs ?? {})) {
    // A code is never taken back: another item may have been counted past it meanwhile.
    if (after.name === 'item' && name === 'code') continue
    const value = after.attrs[name] ?? null
    if (JSON.stringify(before.attrs[name] ?? null) === JSON.stringify(value)) continue
    if (value === null) target.removeAttribute(name)
    else target.setAttribute(name, value)
  }
}

function remove(parent: Y.XmlFragment, child: Y.XmlElement | Y.XmlText): void {
  const at = parent.toArray().indexOf(child)
  if (at >= 0) parent.delete(at, 1)
}

function itemsBelow(root: Y.XmlFragment): Y.XmlElement[] {
  const items: Y.XmlElement[] = []
  const open = childrenOf(root)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next instanceof Y.XmlElement)) continue
    if (next.nodeName === 'item') items.push(next)
    open.push(...childrenOf(next))
  }
  return items
}

/** What an import brought along: small values nobody types in. */
function restoreMeta(live: Y.Doc, target: Y.Doc): void {
  const now = live.getMap(META_ROOT)
  const wanted = target.getMap(META_ROOT)
  for (const key of now.keys()) if (!wanted.has(key)) now.delete(key)
  for (const [key, value] of wanted.entries()) {
    if (value instanceof Y.AbstractType) continue
    if (JSON.stringify(now.get(key)) !== JSON.stringify(value)) now.set(key, value)
  }
}

/**
 * What restoring leaves alone: every block in which somebody's caret stands, and every block that was changed by one
 * of these updates, together with all they lie in.
 * @param carets relative positions as presence brings them, unchecked
 * @param recent journal rows of the last seconds
 */
export function heldBlocks(
  live: Y.Doc,
  carets: readonly unknown[],
  recent: readonly Uint8Array[],
): ReadonlySet<unknown> {
  const held = new Set<unknown>()
  const hold = (type: unknown) => {
    for (let at = type; at instanceof Y.AbstractType && at._item !== null; at = at._item.parent) held.add(at)
  }
  for (const caret of carets) {
    try {
      const place = Y.createAbsolutePositionFromRelativePosition(
        Y.createRelativePositionFromJSON(caret),
        live,
      )
      if (place) hold(place.type)
    } catch {
      // Not a position of this document: it holds nothing.
    }
  }
  const touched = rangesOf(recent)
  if (touched.size === 0) return held
  for (const root of TEXT_ROOTS) {
    const open = childrenOf(live.getXmlFragment(root))
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (isTouched(touched, next._item)) hold(next)
      if (next instanceof Y.XmlElement) open.push(...childrenOf(next))
      else {
        // Deleted letters are still in the chain: taking words out is writing, too.
        for (let item = next._start; item !== null; item = item.right) {
          if (!isTouched(touched, item)) continue
          hold(next)
          break
        }
      }
    }
  }
  return held
}

type Ranges = ReadonlyMap<number, readonly (readonly [from: number, to: number])[]>

function rangesOf(updates: readonly Uint8Array[]): Ranges {
  const ranges = new Map<number, [number, number][]>()
  const add = (client: number, from: number, length: number) => {
    const known = ranges.get(client)
    if (known) known.push([from, from + length])
    else ranges.set(client, [[from, from + length]])
  }
  for (const update of updates) {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const struct of structs) add(struct.id.client, struct.id.clock, struct.length)
    for (const [client, deletes] of ds.clients) for (const { clock, len } of deletes) add(client, clock, len)
  }
  return ranges
}

function isTouched(ranges: Ranges, item: Y.Item | null): boolean {
  if (!item) return false
  const { client, clock } = item.id
  return ranges.get(client)?.some(([from, to]) => clock < to && from < clock + item.length) ?? false
}
