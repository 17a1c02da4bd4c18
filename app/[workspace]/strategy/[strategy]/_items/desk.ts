import type { AnyExtension } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type * as Y from 'yjs'
import type { Say } from '@/app/_i18n/say'
import { type Advice, adviceOn } from '@/lib/document/items/advice'
import { agreementOf } from '@/lib/document/items/compose'
import { areaNamed, departmentNamed } from '@/lib/document/items/headings'
import { type ItemKind, isItemPart, type Slot, slots } from '@/lib/document/items/kinds'
import { type Item, itemsOf } from '@/lib/document/items/read-items'
import type { Json } from '@/lib/document/json'
import { dayIn } from '@/lib/document/render/day-words'
import { companyOf } from '@/lib/document/render/dress'
import { type DepartmentInPage, itemFace, type SayItem } from '@/lib/document/render/item-face'
import type { Chapter as ChapterName, TextRoot } from '@/lib/document/roots'
import type { EffortAudit } from '@/lib/domain/effort'
import type { Language } from '@/lib/domain/language'
import type { MessageKey } from '@/lib/i18n/messages'
import type { Chapter } from '../_editor/chapter'
import type { Tab } from '../_editor/people'
import { type Store, store } from '../_editor/store'
import type { Box } from '../_editor/tools'
import { type Around, changeKind, insertItem, openTongue, placeBefore } from './commands'
import { itemsExtension } from './keys'
import { kindOf, partStart, placeAt, placeOf } from './place'
import { type ItemAct, wordsOf } from './view'
import { ItemWorld } from './world'
import { placeOfCaret, showWriters, type Writer } from './writers'

export interface DeskOptions {
  readonly strategyId: string
  readonly doc: Y.Doc
  readonly say: Say
  readonly language: Language
  readonly written: Language
  readonly zone: string
  readonly departments: readonly DepartmentInPage[]
  readonly editable: boolean
  readonly chapters: ReadonlyMap<TextRoot, Chapter>
}

/** The fields of one item, open beside it. */
export interface OpenFields {
  readonly root: TextRoot
  readonly id: string
  /** What was asked for: a field, or what a slot cites. */
  readonly first: string | null
  readonly cite: Slot | null
  readonly box: Box
}

export interface ItemsNow {
  readonly items: readonly Item[]
  readonly advice: readonly Advice[]
  readonly today: string
}

const NOTHING: ItemsNow = { items: [], advice: [], today: '' }

/** Everything the page does with items besides typing in them. One per open strategy. */
export class ItemDesk implements Around {
  readonly world: ItemWorld
  readonly now: Store<ItemsNow> = store(NOTHING)
  readonly fields: Store<OpenFields | null> = store<OpenFields | null>(null)
  /** Where the person-days go; null until it is known, or where nobody works yet. */
  readonly effort: Store<EffortAudit | null> = store<EffortAudit | null>(null)
  /** Said by a screen reader when the caret has come into another part. */
  readonly here: Store<string> = store('')
  private spot = ''
  private tabs: readonly Tab[] = []
  private frame = 0

  constructor(private readonly options: DeskOptions) {
    const { say, language, written, departments, editable } = options
    const items = itemsOf(options.doc)
    const today = dayIn(options.zone, Date.now())
    this.world = new ItemWorld({
      // The same keys, of which lib/document knows only the namespace.
      say: (key, values) => say(key as MessageKey, values),
      language,
      written,
      today,
      departments,
      editable,
      ...companyOf(items, today, written),
    })
    this.now.set({ items, today, advice: adviceOn(items, today, written) })
  }

  get written(): Language {
    return this.options.written
  }

  get say(): SayItem {
    return this.world.dress.say
  }

  tongue(item: PmNode): Language {
    return this.world.tongueOf(item.attrs.id)
  }

  extension(): AnyExtension {
    return itemsExtension({
      strategy: this.options.strategyId,
      world: this.world,
      written: this.written,
      tongue: (item) => this.tongue(item),
      begin: (kind, doc, at) => this.begin(kind, doc, at),
      standing: () => this.standing(),
      threads: () => this.threads(),
      act: (view, at, what, from) => this.act(view, at, what, from),
      fields: (view) => this.openHere(view),
    })
  }

  /** After a pause: what the items say of one another, and what the method says of them. */
  read(): void {
    const { doc, written, zone } = this.options
    const items = itemsOf(doc)
    const today = dayIn(zone, Date.now())
    const company = companyOf(items, today, written)
    const { dress } = this.world
    if (dress.today !== today || !sameCompany(company, dress)) this.world.set({ ...dress, ...company, today })
    this.now.set({ items, today, advice: adviceOn(items, today, written) })
    const open = this.fields.get()
    if (open && !this.find(open.root, open.id)) this.fields.set(null)
  }

  setEditable(editable: boolean): void {
    const { dress } = this.world
    if (dress.editable === editable) return
    this.world.set({ ...dress, editable })
    if (!editable) this.fields.set(null)
  }

  /** The caret is somewhere else: says where, once per part. */
  moved(chapter: Chapter): void {
    const place = placeOf(chapter.view.state)
    const part = place && place.index >= 0 ? place.item.child(place.index) : null
    const spot = place ? `${place.item.attrs.id} ${part?.attrs.name ?? ''} ${part?.attrs.lang ?? ''}` : ''
    if (spot === this.spot) return
    const sameItem = place !== null && this.spot.startsWith(`${place.item.attrs.id} `)
    this.spot = spot
    if (!place) {
      this.here.set('')
      return
    }
    const face = itemFace(place.item.attrs, wordsOf(place.item), { ...this.world.dress, editable: false })
    const item = face.attributes['aria-label'] ?? ''
    const name: unknown = part?.attrs.name
    const words = isItemPart(name) ? this.say(`items.part_${name}`) : ''
    const facts = sameItem ? '' : factsOf(face.after)
    this.here.set(
      facts === ''
        ? this.say('items.here', { item, part: words })
        : this.say('items.here_fields', { item, part: words, facts }),
    )
  }

  /** Who is writing in which slot; said in its label, so that no word is covered. */
  present(tabs: readonly Tab[]): void {
    this.tabs = tabs
    this.nameWriters()
  }

  /** A caret is often told of before the letter it stands behind has come. */
  textChanged(): void {
    if (this.frame !== 0 || !this.tabs.some((tab) => tab.caret !== null)) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.nameWriters()
    })
  }

  private nameWriters(): void {
    const { tabs } = this
    for (const [root, { view, binding }] of this.options.chapters) {
      if (view.isDestroyed) continue
      const writers: Writer[] = []
      for (const { caret, name, who } of tabs) {
        if (caret?.root !== root) continue
        const at = placeOfCaret(caret.head, binding)
        const place =
          at === null || at > view.state.doc.content.size ? null : placeAt(view.state.doc.resolve(at))
        if (place && place.kind === 'positioning' && place.index >= 0)
          writers.push({ at: partStart(place, place.index), name, who })
      }
      // What is composed stands still, and so does everything around it.
      if (!view.composing) showWriters(view, writers)
    }
  }

  /** Puts an item where the caret is. */
  insert(chapter: Chapter, kind: ItemKind): void {
    const { view } = chapter
    view.focus()
    insertItem(kind, this)(view.state, view.dispatch, view)
  }

  /** Puts an item at the end of a chapter: from a prompt or the read-back, where there is no caret. */
  append(root: ChapterName, kind: ItemKind): void {
    const chapter = this.options.chapters.get(root)
    if (!chapter) return
    const { view } = chapter
    view.focus()
    const { tr } = view.state
    view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)))
    this.insert(chapter, kind)
  }

  /** Leads to an item, wherever it is. Answers whether it is there. */
  goTo(id: string): boolean {
    for (const [root, chapter] of this.options.chapters) {
      const found = this.find(root, id)
      if (!found) continue
      const { view } = chapter
      const dom = view.nodeDOM(found.at)
      view.focus()
      const inside = found.item.childCount > 0
      view.dispatch(
        view.state.tr.setSelection(
          inside
            ? TextSelection.create(view.state.doc, found.at + 1 + (found.item.firstChild?.nodeSize ?? 2) - 1)
            : NodeSelection.create(view.state.doc, found.at),
        ),
      )
      if (dom instanceof HTMLElement)
        dom.scrollIntoView({ block: 'center', behavior: calm() ? 'auto' : 'smooth' })
      return true
    }
    return false
  }

  find(root: TextRoot, id: string): { item: PmNode; at: number } | null {
    const doc = this.options.chapters.get(root)?.view.state.doc
    let found: { item: PmNode; at: number } | null = null
    doc?.descendants((node, at) => {
      if (found || node.isTextblock) return false
      if (node.type.name === 'item') {
        if (node.attrs.id === id) found = { item: node, at }
        return false
      }
      return true
    })
    return found
  }

  rootOf(view: EditorView): TextRoot | null {
    for (const [root, chapter] of this.options.chapters) if (chapter.view === view) return root
    return null
  }

  // --- fields

  openHere(view: EditorView): boolean {
    const place = placeOf(view.state)
    if (!place) return false
    const slot: unknown = place.index >= 0 ? place.item.child(place.index).attrs.name : null
    return this.open(view, place.at, null, isSlot(slot) ? slot : null)
  }

  open(view: EditorView, at: number, first: string | null, cite: Slot | null): boolean {
    const root = this.rootOf(view)
    const item = view.state.doc.nodeAt(at)
    const id: unknown = item?.attrs.id
    const dom = view.nodeDOM(at)
    if (!root || !item || typeof id !== 'string' || !(dom instanceof HTMLElement)) return false
    if (kindOf(item) === 'positioning' && !cite) return this.open(view, at, first, 'whom')
    const { left, top, right, bottom } = dom.getBoundingClientRect()
    this.fields.set({ root, id, first, cite, box: { left, top, right, bottom } })
    return true
  }

  close(back: boolean): void {
    const open = this.fields.get()
    this.fields.set(null)
    if (back && open) this.options.chapters.get(open.root)?.view.focus()
  }

  setField(root: TextRoot, id: string, name: string, value: Json): void {
    const found = this.find(root, id)
    const view = this.options.chapters.get(root)?.view
    if (!found || !view?.editable) return
    view.dispatch(view.state.tr.setNodeAttribute(found.at, name, value))
  }

  setKind(root: TextRoot, id: string, kind: ItemKind): void {
    const found = this.find(root, id)
    const view = this.options.chapters.get(root)?.view
    const place = view && found ? placeBefore(view.state.doc, found.at) : null
    if (view?.editable && place) view.dispatch(changeKind(view.state.tr, place, kind))
  }

  /** What the words of a slot rest on. Kept beside the strategy's own language; both languages cite the same. */
  setCited(root: TextRoot, id: string, slot: Slot, refs: readonly string[]): void {
    const found = this.find(root, id)
    const view = this.options.chapters.get(root)?.view
    if (!found || !view?.editable) return
    const { tr, schema } = view.state
    let first = true
    found.item.forEach((part, offset) => {
      if (part.attrs.name !== slot) return
      tr.setNodeAttribute(found.at + 1 + offset, 'refs', first && refs.length > 0 ? [...refs] : null)
      first = false
    })
    const part = schema.nodes.itemPart
    if (first && part)
      tr.insert(
        found.at + found.item.nodeSize - 1,
        part.create({ name: slot, lang: this.written, refs: [...refs] }),
      )
    view.dispatch(tr)
  }

  // --- within

  private act(view: EditorView, at: number, what: ItemAct, _from: HTMLElement): void {
    const item = view.state.doc.nodeAt(at)
    if (!item) return
    const { act, part, lang } = what
    if (act === 'tongue' && (lang === 'en' || lang === 'zh')) {
      this.world.turn(item.attrs.id, lang)
      if (view.editable) {
        view.focus()
        openTongue(at, lang, this)(view.state, view.dispatch)
      }
      return
    }
    if (!view.editable) return
    switch (act) {
      case 'fields':
        this.open(view, at, null, null)
        return
      case 'cite':
        this.open(view, at, null, isSlot(part) ? part : 'whom')
        return
      case 'check':
        view.dispatch(view.state.tr.setNodeAttribute(at, 'checkedOn', this.world.dress.today))
        this.open(view, at, 'validUntil', null)
        return
      case 'agree': {
        const agreed = agreementOf({ parts: wordsOf(item) })
        if (agreed) view.dispatch(view.state.tr.setNodeAttribute(at, 'agreed', agreed))
        return
      }
    }
  }

  /** A factor below "Economy" is about the economy, an intent below "Sales" is that of sales. */
  begin(kind: ItemKind, doc: PmNode, at: number): Readonly<Record<string, Json>> {
    if (kind !== 'factor' && kind !== 'intent' && kind !== 'handoff') return {}
    let heading = ''
    const taken = new Set<unknown>()
    let beside: PmNode | null = null
    doc.forEach((block, offset) => {
      if (block.type.name === 'item' && block.attrs.kind === 'intent') taken.add(block.attrs.department)
      if (offset >= at) return
      if (block.type.name === 'heading' && block.attrs.level === 3) {
        heading = block.textContent
        beside = null
      } else if (block.type.name === 'item' && block.attrs.kind === 'intent') beside = block
    })
    const intent: PmNode | null = beside
    const $at = doc.resolve(Math.min(at, doc.content.size))
    const previous = placeAt($at)?.item ?? $at.nodeBefore
    if (kind === 'factor') {
      const area =
        areaNamed(heading) ?? (previous && kindOf(previous) === 'factor' ? textOf(previous.attrs.area) : null)
      return area ? { area } : {}
    }
    const named = departmentNamed(heading)
    if (kind === 'handoff') {
      const from = intent ? textOf((intent as PmNode).attrs.department) : named
      return from ? { fromDepartment: from } : {}
    }
    const free = named && !taken.has(named) ? named : this.chain().find((one) => !taken.has(one))
    return free ? { department: free } : {}
  }

  /** The departments in the order of the chain, as an item names them. */
  private chain(): string[] {
    const { departments } = this.world.dress
    return departments.map(({ kind, id }) => kind ?? id)
  }

  private standing(): ReadonlySet<string> {
    const ids = new Set<string>()
    for (const { view } of this.options.chapters.values())
      view.state.doc.descendants((node) => {
        if (node.type.name === 'item' && typeof node.attrs.id === 'string') ids.add(node.attrs.id)
        return !node.isTextblock && node.type.name !== 'item'
      })
    return ids
  }

  private threads(): ReadonlySet<string> {
    const ids = new Set<string>()
    for (const { view } of this.options.chapters.values())
      view.state.doc.descendants((node) => {
        for (const mark of node.marks)
          if (mark.type.name === 'comment' && typeof mark.attrs.thread === 'string')
            ids.add(mark.attrs.thread)
      })
    return ids
  }
}

function sameCompany(one: ReturnType<typeof companyOf>, other: ReturnType<typeof companyOf>): boolean {
  if (one.named.size !== other.named.size) return false
  if (!sameSet(one.broken, other.broken) || !sameSet(one.atHome, other.atHome)) return false
  for (const [id, { code, title, kind }] of one.named) {
    const known = other.named.get(id)
    if (!known || known.code !== code || known.title !== title || known.kind !== kind) return false
  }
  return true
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id))
}

function factsOf(html: string): string {
  const holder = document.createElement('template')
  holder.innerHTML = html
  return [...holder.content.querySelectorAll('.fact')].map((one) => one.textContent ?? '').join('. ')
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isSlot(value: unknown): value is Slot {
  return slots.some((slot) => slot === value)
}
