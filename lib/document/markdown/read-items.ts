import type * as Md from 'mdast'
import type { Language } from '@/lib/domain/language'
import { isId } from '@/lib/kit/ids'
import { compose } from '../items/compose'
import { areaNamed, departmentNamed } from '../items/headings'
import {
  type Area,
  fileDepartments,
  type ItemField,
  type ItemKind,
  type ItemPart,
  isItemPart,
  itemFields,
  kindOfLetter,
  readDay,
  readNumber,
  type Slot,
} from '../items/kinds'
import { newItem } from '../items/new-item'
import type { Json, NodeJson } from '../json'
import type { TextRoot } from '../roots'
import { NODES } from '../schema/spec'
import { inlineOf, joined, plainText, type Reading } from './inline'
import { isIntent, propertyNamed, saysNone, slotNamed, valueRead } from './item-words'

/** What the items of one file share while it is read. */
export interface ItemReading {
  readonly newId: () => string
  /** Codes found so far, and whose they are. */
  readonly codes: Map<string, string>
  /** Lists of codes, which may name items further down: resolved when everything is read. */
  readonly lists: CodeList[]
}

interface CodeList {
  readonly item: NodeJson
  /** Whose attribute becomes the list of ids: the item's `feltBy`, or the part's `refs`. */
  readonly of: NodeJson
  readonly attr: 'feltBy' | 'refs'
  readonly key: string
  readonly words: string
  readonly at: Md.Nodes
}

export function itemReading(newId: () => string): ItemReading {
  return { newId, codes: new Map(), lists: [] }
}

/** An entry of a list that is an item, and what else stood in it and is no part of an item. */
export interface ReadItem {
  readonly item: NodeJson
  readonly rest: readonly Md.RootContent[]
  /** Pictures of its lines; an item holds words only. */
  readonly images: readonly NodeJson[]
}

interface Opening {
  /** Words of the bold part, and what follows it in the entry's first paragraph. */
  readonly bold: Md.Strong
  readonly after: readonly Md.PhrasingContent[]
  readonly below: readonly Md.RootContent[]
}

/** The entry when it opens in bold; a task does not. */
function openingOf(entry: Md.ListItem): Opening | null {
  const [line, ...below] = entry.children
  if (line?.type !== 'paragraph' || typeof entry.checked === 'boolean') return null
  const [bold, ...after] = line.children
  return bold?.type === 'strong' ? { bold, after, below } : null
}

/** Code, then the title if there is one: `P2 Delivery eats the margin.` */
const CODE = /^([A-Z])(\d{1,6}|\?)(?:[.:：。、]?(?:\s+|$)|(?=\p{Script=Han}))/u

/** An item with a code, or an intent that says that it is one; null: the entry is prose. */
export function readEntry(entry: Md.ListItem, reading: Reading): ReadItem | null {
  const opening = openingOf(entry)
  if (!opening) return null
  const head = plainText(opening.bold)
  const match = CODE.exec(head)
  const kind = match ? kindOfLetter(match[1] ?? '') : isIntent(head) ? 'intent' : null
  if (kind === null) return null
  const draft = new Draft(kind, reading)
  if (match) {
    if (match[2] !== '?') draft.claim(`${match[1]}${match[2]}`, opening.bold)
    draft.say('title', withoutStop(cutStart(inlineOf(opening.bold.children, reading), match[0].length)))
  }
  draft.say('text', inlineOf(opening.after, reading))
  draft.properties(opening.below)
  return draft.done()
}

/**
 * The positioning: entries that each open with the name of a slot. `taken`: how many entries it is. A slot named again
 * begins another positioning.
 */
export function readSlots(
  entries: readonly Md.ListItem[],
  reading: Reading,
):
  | (ReadItem & { readonly taken: number; readonly mayHaveSentence: boolean; readonly language: Language })
  | null {
  const first = entries[0] && slotOf(entries[0])
  if (!first) return null
  const draft = new Draft('positioning', reading, first.language)
  const named = new Set<Slot>()
  let taken = 0
  for (const entry of entries) {
    const opening = openingOf(entry)
    const slot = slotOf(entry)?.slot
    if (!opening || slot === undefined || named.has(slot)) break
    named.add(slot)
    draft.say(slot, inlineOf(opening.after, reading))
    draft.properties(opening.below, slot)
    taken += 1
  }
  return { ...draft.done(), taken, mayHaveSentence: !draft.saysNoSentence, language: first.language }
}

function slotOf(entry: Md.ListItem): { slot: Slot; language: Language } | null {
  const opening = openingOf(entry)
  return opening ? slotNamed(plainText(opening.bold)) : null
}

/**
 * The quote below a positioning: null when it says what the slots compose to, else the sentence somebody worded.
 * Undefined: it holds more than a sentence, and is left where it stands.
 */
export function readSentence(
  quote: Md.Blockquote,
  positioning: NodeJson,
  language: Language,
  reading: Reading,
): NodeJson | null | undefined {
  const [line, ...more] = quote.children
  if (line?.type !== 'paragraph' || more.length > 0) return undefined
  const inline = inlineOf(line.children, reading)
  if (inline.some((part) => part.type === 'image')) return undefined
  const words = (slot: Slot) => textIn(positioning.content?.find((part) => part.attrs?.name === slot))
  const composed = compose(
    { whom: words('whom'), problem: words('problem'), solution: words('solution') },
    language,
  )
  const plain = inline.every((part) => part.type === 'text' && !part.marks?.length)
  if (plain && textIn({ type: 'itemPart', content: inline }) === composed) return null
  reading.notes.add(quote, 'sentence_differs', plainText(quote))
  return { type: 'itemPart', attrs: { name: 'sentence', lang: language }, content: inline }
}

/** An item while its entry is being read. */
class Draft {
  readonly attrs: Record<string, Json> = {}
  readonly extra: Array<[string, string]> = []
  readonly rest: Md.RootContent[] = []
  readonly images: NodeJson[] = []
  private readonly words: Partial<Record<ItemPart, NodeJson[]>> = {}
  private readonly waiting: Array<Omit<CodeList, 'item' | 'of'> & { slot: Slot | null }> = []
  private readonly id: string
  saysNoSentence = false

  constructor(
    private readonly kind: ItemKind,
    private readonly reading: Reading,
    private readonly language: Language = 'en',
  ) {
    this.id = reading.items.newId()
  }

  claim(code: string, at: Md.Nodes): void {
    const { items, notes } = this.reading
    if (items.codes.has(code)) {
      notes.add(at, 'code_twice', code)
      return
    }
    items.codes.set(code, this.id)
    this.attrs.code = code
  }

  say(name: ItemPart, inline: readonly NodeJson[]): void {
    const words = trimmed(inline.filter((part) => part.type !== 'image'))
    this.images.push(...inline.filter((part) => part.type === 'image'))
    if (words.length === 0) return
    const before = this.words[name]
    this.words[name] = before ? joined([...before, { type: 'text', text: ' ' }, ...words]) : words
  }

  /** What is nested below the entry: properties, and whatever else. */
  properties(below: readonly Md.RootContent[], slot: Slot | null = null): void {
    const { notes } = this.reading
    for (const block of below) {
      if (block.type !== 'list' || block.ordered) {
        notes.add(block, 'item_rest', plainText(block))
        this.rest.push(block)
        continue
      }
      const left = block.children.filter((entry) => !this.property(entry, slot))
      if (left.length === 0) continue
      for (const entry of left) {
        // What opens like an item is one, only not a property of this one.
        if (!openingOf(entry)) notes.add(entry, 'item_rest', plainText(entry))
      }
      this.rest.push({ ...block, children: left })
    }
  }

  private property(entry: Md.ListItem, slot: Slot | null): boolean {
    const [line, ...more] = entry.children
    if (line?.type !== 'paragraph' || more.length > 0 || typeof entry.checked === 'boolean') return false
    const [first, ...rest] = inlineOf(line.children, this.reading)
    if (first?.type !== 'text' || first.marks?.length) return false
    const match = /^([^:：\n]{1,80}?)\s*(?:：\s*|:(?:\s+|$))/u.exec(first.text ?? '')
    const key = match?.[1]?.trim()
    if (!match || !key) return false
    const value = trimmed(cutStart([first, ...rest], match[0].length))
    return this.fill(key, value, slot, line)
  }

  private fill(key: string, value: readonly NodeJson[], slot: Slot | null, at: Md.Nodes): boolean {
    const name = propertyNamed(key, this.kind)
    const words = textIn({ type: 'itemPart', content: [...value] })
    if (name === null) return this.keep(key, words)
    if (name === 'sentence' && this.kind === 'positioning' && saysNone(words)) {
      this.saysNoSentence = true
      return true
    }
    if (isItemPart(name)) {
      this.say(name, value)
      return true
    }
    if (name === 'cites' || name === 'feltBy') {
      if (name === 'cites' && slot === null) return this.keep(key, words)
      if (words !== '')
        this.waiting.push({ attr: name === 'cites' ? 'refs' : 'feltBy', key, words, at, slot })
      return true
    }
    if (name === 'area' && saysNone(words)) {
      this.attrs.area = NO_AREA
      return true
    }
    // A second value of the same name would overwrite the first.
    if (this.attrs[name] !== undefined) return this.keep(key, words)
    const stored = valueRead(name, words)
    if (stored === '') return true
    if (!NODES.item?.attrs[name]?.accepts(stored)) return false
    if (!readable(name, stored)) this.reading.notes.add(at, 'value_unreadable', `${key}: ${words}`)
    this.attrs[name] = stored
    return true
  }

  private keep(key: string, words: string): boolean {
    const pair: [string, string] = [key, words]
    if (!NODES.item?.attrs.extra?.accepts([...this.extra, pair])) return false
    this.extra.push(pair)
    return true
  }

  done(): ReadItem {
    if (this.extra.length > 0) this.attrs.extra = this.extra
    const item = newItem(this.kind, {
      id: this.id,
      language: this.language,
      attrs: this.attrs,
      parts: this.words,
    })
    for (const { slot, ...list } of this.waiting) {
      const of = slot === null ? item : item.content?.find((part) => part.attrs?.name === slot)
      if (of) this.reading.items.lists.push({ ...list, item, of })
    }
    return { item, rest: this.rest, images: this.images }
  }
}

/** In a factor's `area` until the places are known: none, whatever the heading above it says. */
const NO_AREA = ''

function readable(name: ItemField, value: string): boolean {
  const spec = itemFields[name]
  if (spec.type === 'choice') return (spec.of as readonly string[]).includes(value)
  if (spec.type === 'day') return readDay(value) !== null
  if (spec.type === 'number') return readNumber(value) !== null
  if (spec.type === 'department') return fileDepartments.some((one) => one === value) || isId('dep', value)
  return true
}

/** Turns codes into ids, when every code is known. A list with one that is not stays as it is written. */
export function resolveCodes(reading: Reading): void {
  const { codes, lists } = reading.items
  for (const { item, of, attr, key, words, at } of lists) {
    const ids = words
      .split(/\s*[,，、;；]\s*/)
      .filter((code) => code !== '')
      .map((code) => codes.get(code.trim()))
    const known = ids.filter((id) => id !== undefined)
    if (known.length === ids.length && known.length <= 100) {
      const before = of.attrs?.[attr]
      const all = [...new Set([...(Array.isArray(before) ? before : []), ...known])]
      of.attrs = { ...of.attrs, [attr]: all.slice(0, 100) }
      continue
    }
    reading.notes.add(at, 'code_unknown', `${key}: ${words}`)
    const extra = Array.isArray(item.attrs?.extra) ? item.attrs.extra : []
    const kept: Json = [...extra, [key, words]]
    if (NODES.item?.attrs.extra?.accepts(kept)) item.attrs = { ...item.attrs, extra: kept }
  }
}

/**
 * What the headings of a chapter say about what stands below them: the area of a factor, and the paragraph below a
 * department as its intent.
 */
export function settle(nodes: readonly NodeJson[], root: TextRoot, reading: Reading): NodeJson[] {
  let area: Area | null = null
  let department: string | null = null
  return nodes.map((node) => {
    if (node.type === 'heading' && node.attrs?.level === 3) {
      const words = textIn(node)
      area = root === 'situation' ? areaNamed(words) : null
      department = root === 'activities' ? departmentNamed(words) : null
      return node
    }
    const below = department
    department = null
    if (below !== null && node.type === 'paragraph' && (node.content ?? []).length > 0) {
      return newItem('intent', {
        id: reading.items.newId(),
        language: 'en',
        attrs: { department: below },
        parts: { text: node.content ?? [] },
      })
    }
    settleAreas(node, area)
    return node
  })
}

function settleAreas(node: NodeJson, area: Area | null): void {
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    open.push(...(next.content ?? []))
    if (next.type !== 'item' || next.attrs?.kind !== 'factor') continue
    const own = next.attrs.area === undefined ? area : next.attrs.area === NO_AREA ? null : next.attrs.area
    next.attrs = { ...next.attrs, area: own }
  }
}

/** Inline content without its first letters. */
function cutStart(nodes: readonly NodeJson[], letters: number): NodeJson[] {
  let left = letters
  return nodes.flatMap((node) => {
    const text = node.text ?? ''
    const cut = Math.min(left, text.length)
    left -= cut
    if (cut === 0) return [node]
    return cut === text.length ? [] : [{ ...node, text: text.slice(cut) }]
  })
}

/** A title without the full stop that closes it. */
function withoutStop(nodes: readonly NodeJson[]): NodeJson[] {
  const last = nodes.at(-1)
  if (last?.text === undefined || !/[.。]$/.test(last.text)) return [...nodes]
  const text = last.text.slice(0, -1)
  return [...nodes.slice(0, -1), ...(text === '' ? [] : [{ ...last, text }])]
}

/** Inline content without space at its ends. */
function trimmed(nodes: readonly NodeJson[]): NodeJson[] {
  const out = [...nodes]
  for (let first = out[0]; first?.type === 'text'; first = out[0]) {
    const text = (first.text ?? '').trimStart()
    if (text === first.text) break
    if (text === '') out.shift()
    else out[0] = { ...first, text }
  }
  for (let last = out.at(-1); last?.type === 'text'; last = out.at(-1)) {
    const text = (last.text ?? '').trimEnd()
    if (text === last.text) break
    if (text === '') out.pop()
    else out[out.length - 1] = { ...last, text }
  }
  return out
}

function textIn(node: NodeJson | undefined): string {
  if (!node) return ''
  if (node.type === 'hardBreak') return ' '
  return node.text ?? (node.content ?? []).map(textIn).join('')
}
