import type { Node as PmNode } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import type { EditorView, NodeView, ViewMutationRecord } from '@tiptap/pm/view'
import { itemAttributes } from '@/lib/document/items/attributes'
import { isItemPart } from '@/lib/document/items/kinds'
import type { PartWords } from '@/lib/document/items/read-items'
import { type ItemFace, itemFace } from '@/lib/document/render/item-face'
import type { ItemWorld } from './world'

/** What a press on one of an item's buttons asks for. */
export interface ItemAct {
  readonly act: string
  readonly part: string | null
  readonly lang: string | null
}

export type Act = (view: EditorView, at: number, what: ItemAct, from: HTMLElement) => void

/** What the editor must not take for a press into its text. */
const OWN = '[data-act], .facts a, .served a, .face a, .face .kind, .face .code, .face .dm'

/** An item in the editor: its words are the editor's own, what is around them comes from the server's very function. */
export class ItemView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  private before: HTMLElement
  private after: HTMLElement
  private drawn: ItemFace
  /** Who works on it, under the rest; not there while nothing is known of that. */
  private served: HTMLElement | null = null
  private servedNow = ''
  private readonly leave: () => void

  constructor(
    private node: PmNode,
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly world: ItemWorld,
    private readonly act: Act,
  ) {
    this.drawn = this.face()
    this.dom = document.createElement('div')
    this.dom.className = 'item'
    this.contentDOM = document.createElement('div')
    this.contentDOM.className = 'parts'
    this.before = made(this.drawn.before)
    this.after = made(this.drawn.after)
    this.dom.append(this.before, this.contentDOM, this.after)
    this.drawServed()
    this.attributes({}, this.all(this.drawn))
    this.dom.addEventListener('mousedown', this.pressed)
    this.dom.addEventListener('click', this.clicked)
    this.leave = world.add(this)
  }

  update(node: PmNode): boolean {
    if (node.type !== this.node.type) return false
    const before = this.all(this.drawn)
    this.node = node
    this.draw(before)
    return true
  }

  redraw(): void {
    this.draw(this.all(this.drawn))
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest(OWN) !== null
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    if (mutation.type === 'selection') return false
    return mutation.target === this.dom || !this.contentDOM.contains(mutation.target)
  }

  destroy(): void {
    this.leave()
  }

  private draw(before: Readonly<Record<string, string>>): void {
    const next = this.face()
    this.attributes(before, this.all(next))
    if (next.before !== this.drawn.before) this.before = replaced(this.before, next.before)
    if (next.after !== this.drawn.after) this.after = replaced(this.after, next.after)
    this.drawn = next
    this.drawServed()
  }

  private drawServed(): void {
    const html = this.world.servedOf(this.node.attrs.id, this.node.attrs.kind)
    if (html === this.servedNow) return
    this.servedNow = html
    this.served?.remove()
    this.served = html === '' ? null : made(`<div class="served" contenteditable="false">${html}</div>`)
    if (this.served) this.dom.append(this.served)
  }

  private face(): ItemFace {
    const { node, world } = this
    return itemFace(node.attrs, wordsOf(node), world.dress, world.tongueOf(node.attrs.id))
  }

  private all(face: ItemFace): Record<string, string> {
    const own: Record<string, string> = {}
    for (const [name, value] of Object.entries(itemAttributes(this.node.attrs)))
      if (value !== null && name !== 'class') own[name] = value
    return { ...own, ...face.attributes }
  }

  /** Classes are left alone: the editor sets its own on the same tag. */
  private attributes(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): void {
    for (const name of Object.keys(before)) if (!(name in now)) this.dom.removeAttribute(name)
    for (const [name, value] of Object.entries(now))
      if (this.dom.getAttribute(name) !== value) this.dom.setAttribute(name, value)
  }

  /** The caret stays where it is while the mouse presses a button. What stands in the gutter selects the item. */
  private readonly pressed = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.button !== 0) return
    if (event.target.closest('[data-act]')) event.preventDefault()
    else if (event.target.closest('.face :is(.kind, .code, .dm)')) {
      const at = this.getPos()
      if (at === undefined) return
      event.preventDefault()
      this.view.focus()
      this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, at)))
    }
  }

  private readonly clicked = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null
    const at = this.getPos()
    if (at === undefined) return
    if (!button || !this.dom.contains(button)) return
    event.preventDefault()
    const { act = '', part = null, lang = null } = button.dataset
    this.act(this.view, at, { act, part, lang }, button)
  }
}

/** The parts of an item, as lib/document/items reads them from the document. */
export function wordsOf(item: PmNode): PartWords[] {
  const words: { name: PartWords['name']; lang: PartWords['lang']; text: string; refs: string[] }[] = []
  item.forEach((part) => {
    const { name, lang: language, refs } = part.attrs
    if (!isItemPart(name)) return
    const lang = language === 'en' || language === 'zh' ? language : null
    const cited = Array.isArray(refs) ? refs.filter((ref) => typeof ref === 'string') : []
    const text = part.textBetween(0, part.content.size, '\n', '\n').trim()
    if (text === '' && cited.length === 0) return
    const same = words.find((one) => one.name === name && one.lang === lang)
    if (same) {
      same.text = [same.text, text].filter((one) => one !== '').join(' ')
      same.refs = [...new Set([...same.refs, ...cited])]
    } else words.push({ name, lang, text, refs: [...new Set(cited)] })
  })
  return words
}

/** The one element of HTML we wrote ourselves; whatever people wrote in it is escaped. */
function made(html: string): HTMLElement {
  const holder = document.createElement('template')
  holder.innerHTML = html
  const element = holder.content.firstElementChild
  if (!(element instanceof HTMLElement)) throw new Error('the frame of an item is one element')
  return element
}

function replaced(old: HTMLElement, html: string): HTMLElement {
  const next = made(html)
  old.replaceWith(next)
  return next
}
