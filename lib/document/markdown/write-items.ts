import { comma } from '@/lib/domain/comma'
import type { Language } from '@/lib/domain/language'
import { isId } from '@/lib/kit/ids'
import { compose } from '../items/compose'
import { areaNamed, departmentNamed } from '../items/headings'
import {
  type ItemField,
  type ItemKind,
  type ItemPart,
  isItemKind,
  isItemPart,
  itemFields,
  itemParts,
  kinds,
  type Slot,
  slots,
} from '../items/kinds'
import type { Json, NodeJson } from '../json'
import { TEXT_ROOTS, type TextRoot } from '../roots'
import {
  INTENT,
  NO_AREA,
  NO_CODE,
  NO_SENTENCE,
  PROPERTY_ORDER,
  type PropertyName,
  propertyKey,
  SLOT_NAMES,
  valueWords,
} from './item-words'

/** What writing one document shares. */
export interface ItemWriting {
  readonly language: Language
  /** Codes by id, of the first item that has the id and the first that has the code. */
  readonly codes: ReadonlyMap<string, string>
  /** What an item needs said about its place, by its node. */
  readonly places: ReadonlyMap<NodeJson, ItemPlace>
  /** The code each item is written with. */
  readonly codeOf: ReadonlyMap<NodeJson, string>
}

interface ItemPlace {
  /** The area whose heading the item stands under in the first chapter. */
  readonly area: string | null
  /** True for an intent right below the heading of its department: its paragraph says it all. */
  readonly intent: boolean
  /** True when a quote follows that a reader would take for the sentence. */
  readonly quoteFollows: boolean
}

/** Looks once through everything that will be written. */
export function itemWriting(
  roots: Readonly<Partial<Record<TextRoot, readonly NodeJson[]>>>,
  language: Language,
): ItemWriting {
  const codes = new Map<string, string>()
  const places = new Map<NodeJson, ItemPlace>()
  const codeOf = new Map<NodeJson, string>()
  const taken = new Set<string>()
  const ids = new Set<string>()
  for (const root of TEXT_ROOTS) {
    let area: string | null = null
    const nodes = roots[root] ?? []
    nodes.forEach((node, index) => {
      const before = nodes[index - 1]
      if (node.type === 'heading' && node.attrs?.level === 3) {
        area = root === 'situation' ? areaNamed(textIn(node)) : null
      }
      walk(node, nodes[index + 1], (item, next) => {
        const intent =
          item === node &&
          root === 'activities' &&
          before?.type === 'heading' &&
          before.attrs?.level === 3 &&
          isPlainIntent(item, departmentNamed(textIn(before)))
        places.set(item, { area, intent, quoteFollows: next?.type === 'blockquote' })
        const { id, code, kind } = item.attrs ?? {}
        if (!isItemKind(kind)) return
        const letter = kinds[kind].letter
        const own = typeof code === 'string' && letter !== null && code.startsWith(letter) && !taken.has(code)
        if (own) {
          taken.add(code)
          codeOf.set(item, code)
        }
        if (!isId('itm', id) || ids.has(id)) return
        ids.add(id)
        if (own) codes.set(id, code)
      })
    })
  }
  return { language, codes, places, codeOf }
}

function walk(
  node: NodeJson,
  next: NodeJson | undefined,
  visit: (item: NodeJson, next: NodeJson | undefined) => void,
) {
  if (node.type === 'item') visit(node, next)
  const content = node.content ?? []
  content.forEach((child, index) => {
    walk(child, content[index + 1], visit)
  })
}

/** Holds its text and its department and nothing else, so that a paragraph below the heading can stand for it. */
function isPlainIntent(item: NodeJson, department: string | null): boolean {
  const { kind, department: own, ...attrs } = item.attrs ?? {}
  if (kind !== 'intent' || department === null || own !== department) return false
  const further = Object.entries(attrs).some(
    ([name, value]) => name !== 'id' && name !== 'code' && value !== null && value !== undefined,
  )
  const words = partsIn(item)
  return !further && words.length === 1 && words[0]?.name === 'text'
}

/** How an item is written: as entries of a list, or (an intent in its place) as the paragraph it is. */
export type WrittenItem =
  | {
      readonly form: 'entries'
      readonly entries: readonly Entry[]
      readonly quote: readonly NodeJson[] | null
    }
  | { readonly form: 'paragraph'; readonly content: readonly NodeJson[] }
  /** Of a kind that is not ours: its words, one paragraph per part. */
  | { readonly form: 'prose'; readonly lines: ReadonlyArray<readonly NodeJson[]> }

export interface Entry {
  readonly line: readonly NodeJson[]
  readonly properties: ReadonlyArray<readonly NodeJson[]>
}

export function writeItem(item: NodeJson, writing: ItemWriting): WrittenItem {
  const kind = item.attrs?.kind
  const words = partsIn(item)
  if (!isItemKind(kind)) {
    return { form: 'prose', lines: (item.content ?? []).map(({ content }) => content ?? []).filter(hasWords) }
  }
  const place = writing.places.get(item)
  if (kind === 'positioning') return positioning(item, words, writing, place?.quoteFollows === true)
  const part = (name: ItemPart) => words.find((one) => one.name === name)?.content ?? []
  if (kind === 'intent' && place?.intent) return { form: 'paragraph', content: part('text') }
  return {
    form: 'entries',
    entries: [
      {
        line: [...opening(item, kind, part('title'), writing), ...spaced(part('text'))],
        properties: propertiesOf(item, kind, words, writing, place?.area ?? null),
      },
    ],
    quote: null,
  }
}

const text = (words: string): NodeJson => ({ type: 'text', text: words })
const spaced = (content: readonly NodeJson[]): NodeJson[] =>
  content.length > 0 ? [text(' '), ...content] : []
const bold = (content: readonly NodeJson[]): NodeJson[] =>
  content.map((node) =>
    node.type === 'text'
      ? { ...node, marks: [...(node.marks ?? []).filter(({ type }) => type !== 'bold'), { type: 'bold' }] }
      : node,
  )
const hasWords = (content: readonly NodeJson[]) => content.length > 0

/** The bold part: the code, and the title with the full stop that closes it. */
function opening(
  item: NodeJson,
  kind: ItemKind,
  title: readonly NodeJson[],
  { language, codeOf }: ItemWriting,
): NodeJson[] {
  const { letter } = kinds[kind]
  const code = codeOf.get(item) ?? `${letter}${NO_CODE}`
  if (letter === null) return bold([text(INTENT[language])])
  if (title.length === 0) return bold([text(code)])
  const closed = /[!?！？…]$/.test(textIn({ type: 'itemPart', content: [...title] }))
  const stop = closed ? [] : [text(language === 'zh' ? '。' : '.')]
  return bold([text(`${code} `), ...oneLine(title), ...stop])
}

function propertiesOf(
  item: NodeJson,
  kind: ItemKind,
  words: readonly Words[],
  writing: ItemWriting,
  area: string | null,
): NodeJson[][] {
  const { language, codes } = writing
  const attrs = item.attrs ?? {}
  const line = (name: PropertyName, content: readonly NodeJson[]) => [
    text(propertyKey(name, kind, language) + colon(language)),
    ...content,
  ]
  const written = (name: PropertyName): NodeJson[][] => {
    if (isItemPart(name)) {
      const content = words.find((one) => one.name === name)?.content ?? []
      const head = name === 'title' || name === 'text'
      return head || content.length === 0 ? [] : [line(name, content)]
    }
    if (name === 'feltBy' || name === 'cites') {
      const list = name === 'feltBy' ? codeList(attrs.feltBy, codes, language) : ''
      return list === '' ? [] : [line(name, [text(list)])]
    }
    const value = attrs[name]
    if (name === 'area' && kind === 'factor') {
      if (value === area || (area === null && !value)) return []
      if (!value) return [line(name, [text(NO_AREA[language])])]
    }
    if (typeof value !== 'string' || value.trim() === '') return []
    return [line(name, [text(valueWords(name, value, language))])]
  }
  const first = PROPERTY_ORDER[kind]
  const all: PropertyName[] = [...(Object.keys(itemFields) as ItemField[]), ...itemParts.filter(isProperty)]
  // `From` of a hand-off is a department, so a hand-off can have no number of this name.
  const others = all.filter(
    (name) => !first.includes(name) && (kind === 'handoff' ? !NUMBERS.has(name) : !DEPARTMENTS.has(name)),
  )
  return [...first, ...others].flatMap(written).concat(extraOf(attrs.extra, language))
}

const NUMBERS: ReadonlySet<PropertyName> = new Set(['from', 'to'])
const DEPARTMENTS: ReadonlySet<PropertyName> = new Set(['fromDepartment', 'toDepartment'])

function isProperty(name: ItemPart): name is Exclude<ItemPart, Slot> {
  return !slots.some((slot) => slot === name)
}

function extraOf(extra: Json | undefined, language: Language): NodeJson[][] {
  if (!Array.isArray(extra)) return []
  return extra.flatMap((pair) => {
    const [key, value] = Array.isArray(pair) ? pair : []
    if (typeof key !== 'string' || typeof value !== 'string' || key.trim() === '') return []
    return [[text(`${key}${colon(language)}${value}`)]]
  })
}

function positioning(
  item: NodeJson,
  all: readonly Words[],
  { language, codes }: ItemWriting,
  quoteFollows: boolean,
): WrittenItem {
  // A file is in one language; the other one has a file of its own.
  const words = all.filter(({ lang }) => lang === language || lang === null)
  const part = (name: ItemPart) => words.find((one) => one.name === name)
  const plain = (slot: Slot) => textIn({ type: 'itemPart', content: [...(part(slot)?.content ?? [])] })
  const composed = compose(
    { whom: plain('whom'), problem: plain('problem'), solution: plain('solution') },
    language,
  )
  const own = part('sentence')?.content ?? []
  const quote = own.length > 0 ? own : composed === null ? null : [text(composed)]
  const entries = slots.map((slot): Entry => {
    const cited = codeList(part(slot)?.refs, codes, language)
    const last = slot === 'solution'
    return {
      line: [...bold([text(SLOT_NAMES[language][slot])]), ...spaced(part(slot)?.content ?? [])],
      properties: [
        ...(cited === ''
          ? []
          : [[text(`${propertyKey('cites', 'positioning', language)}${colon(language)}${cited}`)]]),
        ...(last ? extraOf(item.attrs?.extra, language) : []),
        ...(last && quote === null && quoteFollows
          ? [
              [
                text(
                  `${propertyKey('sentence', 'positioning', language)}${colon(language)}${NO_SENTENCE[language]}`,
                ),
              ],
            ]
          : []),
      ],
    }
  })
  return { form: 'entries', entries, quote }
}

const colon = (language: Language) => (language === 'zh' ? '：' : ': ')

function codeList(ids: Json | undefined, codes: ReadonlyMap<string, string>, language: Language): string {
  if (!Array.isArray(ids)) return ''
  const known = ids.flatMap((id) => (typeof id === 'string' ? (codes.get(id) ?? []) : []))
  return known.join(comma(language, 'names'))
}

interface Words {
  readonly name: ItemPart
  readonly lang: string | null
  readonly content: readonly NodeJson[]
  readonly refs: Json
}

/** The parts with words or references in them; those a merge doubled as one, those of no known name as text. */
function partsIn(item: NodeJson): Words[] {
  const parts: Array<{ name: ItemPart; lang: string | null; content: NodeJson[]; refs: Json }> = []
  for (const { type, attrs, content } of item.content ?? []) {
    if (type !== 'itemPart') continue
    const name = isItemPart(attrs?.name) ? attrs.name : 'text'
    const lang = typeof attrs?.lang === 'string' ? attrs.lang : null
    const refs = Array.isArray(attrs?.refs) ? attrs.refs : []
    const words = content ?? []
    if (words.length === 0 && refs.length === 0) continue
    const same = parts.find((part) => part.name === name && part.lang === lang)
    if (same) {
      if (same.content.length > 0 && words.length > 0) same.content.push(text(' '))
      same.content.push(...words)
      same.refs = [...(Array.isArray(same.refs) ? same.refs : []), ...refs]
    } else parts.push({ name, lang, content: [...words], refs })
  }
  return parts
}

/** A title is one line, whatever breaks are in it. */
function oneLine(content: readonly NodeJson[]): NodeJson[] {
  return content.map((node) => (node.type === 'hardBreak' ? text(' ') : node))
}

function textIn(node: NodeJson): string {
  if (node.type === 'hardBreak') return ' '
  return node.text ?? (node.content ?? []).map(textIn).join('')
}
