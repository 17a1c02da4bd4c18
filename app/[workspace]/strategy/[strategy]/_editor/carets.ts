import type { EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import { toAbsolute } from './binding/relative'
import type { Chapter } from './chapter'
import type { Tab } from './people'

/** A name stands beside a caret this long after it moved, milliseconds (DESIGN.md). */
const NAMED = 3_000
/** Rectangles drawn for one selection; a whole chapter marked by somebody needs no more to be seen. */
const MOST_RECTS = 80
/** Pixels between pointer and caret at which the name returns. */
const NEAR = 10

interface Drawn {
  readonly caret: HTMLElement
  readonly label: HTMLElement
  /** Of the whole name, pixels; as a knob the label has another. */
  width: number
  rects: HTMLElement[]
  /** Text of the last position, to know a move from a redraw. */
  at: string
  hide: ReturnType<typeof setTimeout> | undefined
}

/**
 * The carets and selections of the others, drawn in a layer over the text and not in it: nothing moves when somebody
 * passes, a composition is not disturbed, a screen reader does not read names between the words, and what people copy
 * is what is written.
 */
export class Carets {
  private readonly layer: HTMLElement
  private readonly drawn = new Map<number, Drawn>()
  private tabs: readonly Tab[] = []
  private frame = 0

  constructor(private readonly chapter: Chapter) {
    this.layer = document.createElement('div')
    this.layer.className = 'carets'
    this.layer.setAttribute('aria-hidden', 'true')
    chapter.view.dom.after(this.layer)
    document.addEventListener('pointermove', this.pointed, { passive: true })
  }

  show(tabs: readonly Tab[]): void {
    this.tabs = tabs.filter((tab) => tab.caret?.root === this.chapter.root)
    this.redraw()
  }

  /** The text has moved. Drawn once before the next painting, however often it is asked. */
  redraw(): void {
    if (this.frame !== 0 || (this.tabs.length === 0 && this.drawn.size === 0)) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.draw()
    })
  }

  /** The caret's place on the screen, or null while it has none. */
  rectOf(tab: Tab): DOMRect | null {
    return this.drawn.get(tab.client)?.caret.getBoundingClientRect() ?? null
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    document.removeEventListener('pointermove', this.pointed)
    for (const one of this.drawn.values()) clearTimeout(one.hide)
    this.layer.remove()
  }

  private draw(): void {
    const { view } = this.chapter
    if (view.isDestroyed) return
    const box = this.layer.getBoundingClientRect()
    const gone = new Set(this.drawn.keys())
    // All is measured first and drawn afterwards, so that the page is laid out once.
    const places = this.tabs.map((tab) => ({ tab, place: this.place(view, tab) }))
    for (const { tab, place } of places) {
      // While this person composes here, the text stands still and so do the others' carets.
      if (!place) {
        if (this.chapter.binding.holding) gone.delete(tab.client)
        continue
      }
      gone.delete(tab.client)
      this.drawOne(tab, place, box)
    }
    for (const client of gone) this.remove(client)
  }

  private place(view: EditorView, tab: Tab) {
    const { binding } = this.chapter
    const at = (json: unknown) => {
      const relative = toRelativePosition(json)
      const position = relative && toAbsolute(binding.root, binding.mapping, relative)
      return position === null || position > view.state.doc.content.size ? null : position
    }
    const head = at(tab.caret?.head)
    const anchor = at(tab.caret?.anchor)
    if (head === null || binding.holding) return null
    try {
      const caret = view.coordsAtPos(head, -1)
      const from = Math.min(head, anchor ?? head)
      const to = Math.max(head, anchor ?? head)
      return {
        head,
        caret,
        end: lineEnd(view, head, caret),
        inSlot: elementAt(view, head)?.closest('.item[data-kind="positioning"]') != null,
        rects: from === to ? [] : rectsOf(view, from, to),
      }
    } catch {
      return null
    }
  }

  private drawOne(tab: Tab, place: NonNullable<ReturnType<Carets['place']>>, box: DOMRect): void {
    const one = this.drawn.get(tab.client) ?? this.make(tab)
    if (one.label.textContent !== tab.name) {
      one.label.textContent = tab.name
      one.caret.classList.remove('mini')
      one.width = one.label.offsetWidth
    }
    const { caret, end, rects } = place
    const height = caret.bottom - caret.top
    one.caret.style.transform = `translate(${caret.left - box.left}px, ${caret.top - box.top}px)`
    one.caret.style.height = `${height}px`
    // After the last word of its line, where it covers none. Where the page ends, only a knob stands on the caret.
    const room = box.right + roomBeside(this.layer) - (Math.max(end, caret.left) + 6)
    one.label.style.left = `${Math.max(end, caret.left) - caret.left + 6}px`
    // A slot has the name in its label; beside the words there is another slot.
    one.caret.classList.toggle('mini', place.inSlot || one.width > room)
    while (one.rects.length > rects.length) one.rects.pop()?.remove()
    for (const [i, rect] of rects.entries()) {
      let element = one.rects[i]
      if (!element) {
        element = document.createElement('i')
        element.dataset.who = String(tab.who)
        one.rects.push(element)
        this.layer.prepend(element)
      }
      element.style.transform = `translate(${rect.left - box.left}px, ${rect.top - box.top}px)`
      element.style.width = `${rect.width}px`
      element.style.height = `${rect.height}px`
    }
    const at = JSON.stringify([tab.caret?.anchor, tab.caret?.head])
    if (one.at === at) return
    one.at = at
    this.name(one)
  }

  private make(tab: Tab): Drawn {
    const caret = document.createElement('span')
    caret.className = 'cur peer'
    caret.dataset.who = String(tab.who)
    const label = document.createElement('b')
    caret.append(label)
    this.layer.append(caret)
    const one: Drawn = { caret, label, width: 0, rects: [], at: '', hide: undefined }
    this.drawn.set(tab.client, one)
    return one
  }

  private name(one: Drawn): void {
    clearTimeout(one.hide)
    one.caret.classList.remove('quiet')
    one.hide = setTimeout(() => one.caret.classList.add('quiet'), NAMED)
  }

  private remove(client: number): void {
    const one = this.drawn.get(client)
    if (!one) return
    clearTimeout(one.hide)
    one.caret.remove()
    for (const rect of one.rects) rect.remove()
    this.drawn.delete(client)
  }

  private readonly pointed = (event: PointerEvent): void => {
    for (const one of this.drawn.values()) {
      if (!one.caret.classList.contains('quiet')) continue
      const box = one.caret.getBoundingClientRect()
      const near =
        Math.abs(event.clientX - box.left) < NEAR &&
        event.clientY > box.top - NEAR &&
        event.clientY < box.bottom + NEAR
      if (near) this.name(one)
    }
  }
}

function toRelativePosition(json: unknown): Y.RelativePosition | null {
  try {
    return Y.createRelativePositionFromJSON(json)
  } catch {
    return null
  }
}

/** Where the words of the caret's line end, in pixels of the window. */
function lineEnd(
  view: EditorView,
  head: number,
  caret: { top: number; bottom: number; left: number },
): number {
  const $head = view.state.doc.resolve(head)
  if (!$head.parent.isTextblock) return caret.left
  const end = view.coordsAtPos($head.end(), -1)
  if (end.top < caret.bottom && end.bottom > caret.top) return end.left
  return (
    elementAt(view, $head.start())?.closest('p, h3, h4, h5, li, td, th, pre, .part')?.getBoundingClientRect()
      .right ?? caret.left
  )
}

function elementAt(view: EditorView, position: number): Element | null {
  const { node } = view.domAtPos(position)
  return node instanceof Element ? node : node.parentElement
}

function rectsOf(view: EditorView, from: number, to: number): DOMRect[] {
  const start = view.domAtPos(from, 1)
  const end = view.domAtPos(to, -1)
  const range = document.createRange()
  range.setStart(start.node, start.offset)
  range.setEnd(end.node, end.offset)
  const rects: DOMRect[] = []
  for (const rect of range.getClientRects()) {
    if (rect.width === 0 || rects.length >= MOST_RECTS) continue
    // A block that lies wholly inside is reported besides its lines.
    const inside = [...rects].some((other) => contains(rect, other))
    if (!inside) rects.push(rect)
  }
  return rects
}

function contains(outer: DOMRect, inner: DOMRect): boolean {
  return (
    outer.left <= inner.left &&
    outer.right >= inner.right &&
    outer.top <= inner.top &&
    outer.bottom >= inner.bottom &&
    outer.height > inner.height
  )
}

/** Pixels of paper right of the text. */
function roomBeside(layer: HTMLElement): number {
  const page = layer.closest('.page')
  if (!page) return 0
  return Math.max(0, page.getBoundingClientRect().right - layer.getBoundingClientRect().right - 4)
}
