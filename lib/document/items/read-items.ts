import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import type { ItemFields } from '@/lib/domain/strategy-item'
import { isId } from '@/lib/kit/ids'
import type { Json } from '../json'
import { TEXT_ROOTS, type TextRoot } from '../roots'
import { cleanAttrs, NODES } from '../schema/spec'
import { childrenOf, plainOf, type YNode } from '../walk'
import { derivedId } from './derived-id'
import { areaOfHeading } from './headings'
import {
  type Area,
  type ItemField,
  type ItemKind,
  type ItemPart,
  isItemKind,
  isItemPart,
  itemFields,
  kinds,
  readChoice,
  readDay,
  readNumber,
} from './kinds'

export type { ItemFields }

export interface PartWords {
  readonly name: ItemPart
  readonly lang: Language | null
  /** One line; a break in the page is a line end here. */
  readonly text: string
  /** Ids of the items these words cite, without doubles. */
  readonly refs: readonly string[]
}

export interface Item {
  /** Unique in the document: as it is after healing, also where the document has not been healed yet. */
  readonly id: string
  readonly kind: ItemKind
  /** Null: it has none, or none of its own; healing gives one. */
  readonly code: string | null
  readonly chapter: TextRoot
  /** Of all items of the document, from 0. */
  readonly position: number
  /** The area whose heading it stands under in the first chapter. */
  readonly headingArea: Area | null
  /** Without the parts nobody has written yet. Parts that a merge doubled are one. */
  readonly parts: readonly PartWords[]
  readonly fields: ItemFields
  /** Fields as somebody wrote them, readable or not. */
  readonly written: Readonly<Partial<Record<ItemField, string>>>
  readonly extra: ReadonlyArray<readonly [key: string, value: string]>
  /** Hashes of the slots in both languages when they were last said to agree. */
  readonly agreed: { readonly en: string; readonly zh: string } | null
  /** Every item it names, by a field or by the words of a part, itself left out. Those that are gone, too. */
  readonly refs: readonly string[]
  readonly node: Y.XmlElement
}

/**
 * The items of a strategy in reading order. Whatever lies in the attributes: a raw write may put anything there, and
 * what is no item of ours is passed over.
 */
export function itemsOf(doc: Y.Doc): Item[] {
  const found: Item[] = []
  const ids = new Set<string>()
  const codes = new Set<string>()
  for (const chapter of TEXT_ROOTS) {
    let headingArea: Area | null = null
    const open: YNode[] = childrenOf(doc.getXmlFragment(chapter)).reverse()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next instanceof Y.XmlText) continue
      if (chapter === 'situation' && next.nodeName === 'heading') {
        const turn = areaOfHeading(next)
        if (turn !== undefined) headingArea = turn
      }
      if (next.nodeName === 'item') {
        const item = itemOf(next, { chapter, headingArea, position: found.length, ids, codes })
        if (item) found.push(item)
      } else if (!holdsText(next)) open.push(...childrenOf(next).reverse())
    }
  }
  return found
}

const holdsText = (node: Y.XmlElement) => NODES[node.nodeName]?.holds.includes('inline') === true

interface Place {
  readonly chapter: TextRoot
  readonly headingArea: Area | null
  readonly position: number
  /** Of the items before it. */
  readonly ids: Set<string>
  readonly codes: Set<string>
}

function itemOf(node: Y.XmlElement, place: Place): Item | null {
  const attrs = cleanAttrs(NODES.item?.attrs ?? {}, node.getAttributes())
  const { kind } = attrs
  if (!isItemKind(kind)) return null
  const id = idFor(node, attrs.id, place.ids)
  place.ids.add(id)
  const code = codeFor(kind, attrs.code, place.codes)
  if (code !== null) place.codes.add(code)
  const parts = partsOf(node)
  const fields = fieldsOf(attrs)
  const refs = new Set([...fields.feltBy, ...parts.flatMap((part) => part.refs)])
  refs.delete(id)
  return {
    id,
    kind,
    code,
    chapter: place.chapter,
    position: place.position,
    headingArea: place.headingArea,
    parts,
    fields,
    written: writtenOf(attrs),
    extra: extraOf(attrs.extra),
    agreed: agreedOf(attrs.agreed),
    refs: [...refs],
    node,
  }
}

/** The first in the document keeps an id that two have; the other's new one follows from what it is, in every replica. */
export function idFor(node: Y.XmlElement, written: Json | undefined, taken: ReadonlySet<string>): string {
  if (isId('itm', written) && !taken.has(written)) return written
  let id = derivedId(node, typeof written === 'string' ? written : '')
  while (taken.has(id)) id = derivedId(node, id)
  return id
}

const CODE = /^[A-Z]\d{1,6}$/

/** A code counts when it is of the kind and no item before it has it. */
export function codeFor(kind: ItemKind, written: unknown, taken: ReadonlySet<string>): string | null {
  const { letter } = kinds[kind]
  if (letter === null || typeof written !== 'string') return null
  if (!CODE.test(written) || !written.startsWith(letter)) return null
  return taken.has(written) ? null : written
}

/** The parts somebody has written, doubled ones as one. */
export function partsOf(item: Y.XmlElement): PartWords[] {
  const parts: Array<{ name: ItemPart; lang: Language | null; text: string; refs: string[] }> = []
  for (const child of childrenOf(item)) {
    if (!(child instanceof Y.XmlElement) || child.nodeName !== 'itemPart') continue
    const { name, lang, refs } = cleanAttrs(NODES.itemPart?.attrs ?? {}, child.getAttributes())
    if (!isItemPart(name)) continue
    const text = textOfPart(child)
    const cited = idsOf(refs)
    if (text === '' && cited.length === 0) continue
    const language = lang === 'en' || lang === 'zh' ? lang : null
    const same = parts.find((part) => part.name === name && part.lang === language)
    if (same) {
      same.text = [same.text, text].filter((words) => words !== '').join(' ')
      same.refs = [...new Set([...same.refs, ...cited])]
    } else parts.push({ name, lang: language, text, refs: [...new Set(cited)] })
  }
  return parts
}

export function textOfPart(part: Y.XmlElement): string {
  let text = ''
  for (const child of childrenOf(part)) {
    if (child instanceof Y.XmlText) text += plainOf(child)
    else if (child.nodeName === 'hardBreak') text += '\n'
  }
  return text.trim()
}

function fieldsOf(attrs: Readonly<Record<string, Json>>): ItemFields {
  return {
    area: readChoice('area', attrs.area),
    confidence: readChoice('confidence', attrs.confidence),
    checkedOn: readDay(attrs.checkedOn),
    validUntil: readDay(attrs.validUntil),
    focus: readChoice('focus', attrs.focus),
    feltBy: [...new Set(idsOf(attrs.feltBy))],
    severity: readChoice('severity', attrs.severity),
    frequency: readChoice('frequency', attrs.frequency),
    gapKind: readChoice('gapKind', attrs.gapKind),
    from: readNumber(attrs.from),
    to: readNumber(attrs.to),
    unit: lineOf(attrs.unit),
    by: readDay(attrs.by),
    measure: lineOf(attrs.measure),
    fromDepartment: lineOf(attrs.fromDepartment),
    toDepartment: lineOf(attrs.toDepartment),
    department: lineOf(attrs.department),
  }
}

function writtenOf(attrs: Readonly<Record<string, Json>>): Partial<Record<ItemField, string>> {
  const written: Partial<Record<ItemField, string>> = {}
  for (const name of Object.keys(itemFields) as ItemField[]) {
    const line = lineOf(attrs[name])
    if (line !== null) written[name] = line
  }
  return written
}

function lineOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function idsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function extraOf(value: Json | undefined): Array<readonly [string, string]> {
  const pairs: Array<readonly [string, string]> = []
  for (const pair of Array.isArray(value) ? value : []) {
    const [key, words] = Array.isArray(pair) ? pair : []
    if (typeof key === 'string' && typeof words === 'string') pairs.push([key, words])
  }
  return pairs
}

function agreedOf(value: Json | undefined): Item['agreed'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { en, zh } = value
  return typeof en === 'string' && typeof zh === 'string' ? { en, zh } : null
}

/** The words of a part, empty when nobody has written any. `lang` only for the positioning. */
export function wordsOf(item: Pick<Item, 'parts'>, name: ItemPart, lang: Language | null = null): string {
  return item.parts.find((part) => part.name === name && part.lang === lang)?.text ?? ''
}
