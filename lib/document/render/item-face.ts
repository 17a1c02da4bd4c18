import type { DepartmentKind } from '@/lib/domain/department'
import { departmentMark } from '@/lib/domain/department-mark'
import type { Language } from '@/lib/domain/language'
import { agreementOf, behindOf, composePieces, slotWords } from '../items/compose'
import { distanceOf } from '../items/gap'
import {
  type ItemField,
  type ItemKind,
  isItemKind,
  itemFields,
  kinds,
  readChoice,
  readDay,
  readNumber,
  type Slot,
  slots,
} from '../items/kinds'
import { type PartWords, wordsOf } from '../items/read-items'
import type { Json } from '../json'
import { dayWords } from './day-words'
import { escapeAttribute, escapeText } from './escape'

/** The tool's words around items: a key of the namespace `items`. */
export type SayItem = (key: `${'items'}.${string}`, values?: Record<string, string | number>) => string

/** What an item is called where another one names it. */
export interface NamedItem {
  readonly kind: string | null
  readonly code: string | null
  /** Its first words. */
  readonly title: string
}

export interface DepartmentInPage {
  readonly id: string
  readonly kind: DepartmentKind | null
  /** The workspace's own name; null: the usual one. */
  readonly name: string | null
}

/** What is around the items of a page: who reads it, when, and which other items there are. */
export interface ItemDress {
  readonly say: SayItem
  /** The reader's language: labels, days. */
  readonly language: Language
  /** The strategy's language: its slots come first. */
  readonly written: Language
  /** `2026-08-14`, where the reader is. */
  readonly today: string
  readonly named: ReadonlyMap<string, NamedItem>
  /** Pains no slot answers and gaps without numbers: where the line is broken. */
  readonly broken: ReadonlySet<string>
  /** Factors below the heading of their own area. */
  readonly atHome: ReadonlySet<string>
  readonly departments: readonly DepartmentInPage[]
  readonly editable: boolean
}

/** The tag of an item besides its fields, and the HTML before and after its words. */
export interface ItemFace {
  readonly attributes: Readonly<Record<string, string>>
  readonly before: string
  readonly after: string
}

type Attrs = Readonly<Record<string, Json>>

/**
 * How an item looks around its words. Made of strings, once for the server's page and once for the editor's view of the
 * same item: the two cannot differ, so nothing moves when the editor takes over.
 * @param show the language of the slots in sight; only the positioning has two
 */
export function itemFace(
  attrs: Attrs,
  parts: readonly PartWords[],
  dress: ItemDress,
  show: Language = dress.written,
): ItemFace {
  const kind = isItemKind(attrs.kind) ? attrs.kind : null
  const code = textOf(attrs.code)
  const label = labelOf(attrs, kind, dress)
  const id = textOf(attrs.id)
  const attributes: Record<string, string> = {
    role: 'group',
    'aria-label': [label, code].filter(Boolean).join(' '),
    ...(id === null ? {} : { id }),
    ...(kind === 'positioning' ? { 'data-show': show } : {}),
    ...(kind === 'segment' ? { 'data-focus': readChoice('focus', attrs.focus) ?? 'open' } : {}),
    ...(id !== null && dress.atHome.has(id) ? { 'data-home': '' } : {}),
    ...(isExpired(attrs, dress.today) ? { 'data-expired': '' } : {}),
  }
  const blank = kind === null ? '' : blankParts(kind, parts, show)
  if (blank !== '') attributes['data-blank'] = blank
  if (kind === 'pain' || kind === 'gap') {
    attributes['data-line'] = id !== null && dress.broken.has(id) ? 'missing' : 'joined'
  }
  if (kind === 'positioning') return { attributes, ...positioning(attrs, parts, dress, show) }
  const department = kind === 'intent' ? departmentOf(attrs.department, dress) : null
  if (kind === 'intent') attributes['data-dept'] = department?.kind ?? 'other'
  const mark =
    department === null
      ? ''
      : `<span class="dm" aria-hidden="true">${escapeText(departmentMark(department.kind, department.name, dress.language))}</span>`
  const named = code === null ? '' : `<span class="code">${escapeText(code)}</span>`
  return {
    attributes,
    before: `<div class="face" contenteditable="false">${mark}<b class="kind">${escapeText(label)}</b>${named}</div>`,
    after: `<div class="facts" contenteditable="false">${facts(attrs, kind, dress)}${tools(kind, dress)}</div>`,
  }
}

/** Names of the lines nobody has written on: the style sheet shows them only where somebody is about to. */
function blankParts(kind: ItemKind, parts: readonly PartWords[], show: Language): string {
  const { parts: own, bilingual } = kinds[kind]
  const lang = bilingual ? show : null
  return own.filter((name) => wordsOf({ parts }, name, lang) === '').join(' ')
}

/** Whether a factor's day has passed. */
export function isExpired(attrs: Attrs, today: string): boolean {
  const until = attrs.kind === 'factor' ? readDay(attrs.validUntil) : null
  return until !== null && until < today
}

/** What the gutter says: the kind, or what is more telling about this one. */
export function labelOf(attrs: Attrs, kind: ItemKind | null, dress: ItemDress): string {
  const { say } = dress
  switch (kind) {
    case null:
      return textOf(attrs.kind) ?? say('items.kind_unknown')
    case 'factor': {
      const area = readChoice('area', attrs.area)
      return area ? say(`items.area_${area}`) : (textOf(attrs.area) ?? say('items.kind_factor'))
    }
    case 'segment': {
      const focus = readChoice('focus', attrs.focus)
      return focus ? say(`items.focus_${focus}`) : say('items.kind_segment')
    }
    case 'gap': {
      const gap = readChoice('gapKind', attrs.gapKind)
      return gap ? say(`items.gap_${gap}`) : say('items.kind_gap')
    }
    case 'intent': {
      const department = departmentOf(attrs.department, dress)
      return department
        ? departmentName(department, say)
        : (textOf(attrs.department) ?? say('items.kind_intent'))
    }
    default:
      return say(`items.kind_${kind}`)
  }
}

/** The department a field names: one of the five by its kind, another by its id. */
export function departmentOf(value: Json | undefined, dress: ItemDress): DepartmentInPage | null {
  if (typeof value !== 'string') return null
  const known = dress.departments.find(({ id, kind }) => id === value || kind === value)
  if (known) return known
  const usual = usualKinds.find((kind) => kind === value)
  return usual ? { id: usual, kind: usual, name: null } : null
}

const usualKinds: readonly DepartmentKind[] = ['product', 'marketing', 'sales', 'success', 'organization']

export function departmentName({ kind, name }: DepartmentInPage, say: SayItem): string {
  return name ?? (kind ? say(`items.department_${kind}`) : '')
}

/** `S1, P2`: what a list of ids is called; what is gone is left out. */
export function namesOf(ids: Json | undefined, dress: ItemDress): string {
  if (!Array.isArray(ids)) return ''
  return ids
    .flatMap((id) => {
      const item = typeof id === 'string' ? dress.named.get(id) : undefined
      return item ? [item.code ?? (item.title || dress.say('items.untitled'))] : []
    })
    .join(dress.say('items.comma'))
}

function facts(attrs: Attrs, kind: ItemKind | null, dress: ItemDress): string {
  switch (kind) {
    case 'factor':
      return factorFacts(attrs, dress)
    case 'gap':
      return gapFacts(attrs, dress)
    case 'handoff': {
      const from = nameOfDepartment(attrs.fromDepartment, dress)
      const to = nameOfDepartment(attrs.toDepartment, dress)
      return line(
        from || to ? [`${from ?? '…'} → ${to ?? '…'}`, ...extra(attrs, dress)] : extra(attrs, dress),
      )
    }
    case 'pain':
    case 'itch':
    case 'delight': {
      const felt = namesOf(attrs.feltBy, dress)
      return line([
        ...(felt === '' ? [] : [dress.say('items.felt_by', { who: felt })]),
        ...choice('severity', attrs, dress),
        ...choice('frequency', attrs, dress),
        ...extra(attrs, dress),
      ])
    }
    default:
      return line(extra(attrs, dress))
  }
}

function factorFacts(attrs: Attrs, dress: ItemDress): string {
  const { say, today, language } = dress
  const checked = readDay(attrs.checkedOn)
  const until = readDay(attrs.validUntil)
  const on = checked ? dayWords(checked, today, language) : ''
  const day = until ? dayWords(until, today, language) : ''
  const rest = [
    ...choice('confidence', attrs, dress),
    ...unread('checkedOn', attrs, dress),
    ...unread('validUntil', attrs, dress),
    ...extra(attrs, dress),
  ]
  if (until !== null && until < today) {
    const words = checked
      ? say('items.expired_checked', { until: day, on })
      : say('items.expired', { until: day })
    const again = dress.editable
      ? ` <button type="button" class="again" data-act="check" tabindex="-1">${escapeText(say('items.check_again'))}</button>`
      : ''
    return `<small class="fact warn">${escapeText([words, ...rest].join(' · '))}${again}</small>`
  }
  const held =
    checked && until
      ? say('items.checked_until', { on, until: day })
      : checked
        ? say('items.checked', { on })
        : until
          ? say('items.holds', { until: day })
          : null
  return line(held === null ? rest : [held, ...rest])
}

function gapFacts(attrs: Attrs, dress: ItemDress): string {
  const { say, today, language } = dress
  const from = textOf(attrs.from)
  const to = textOf(attrs.to)
  const unit = textOf(attrs.unit) ?? ''
  const by = readDay(attrs.by)
  const apart = distanceOf({ from: readNumber(from), to: readNumber(to) })
  const short = [...unit].length <= 3
  const withUnit = (value: string) => (short && unit !== '' ? `${value} ${unit}` : value)
  const said = [
    ...(short ? [] : [unit]),
    ...(apart === null
      ? []
      : [say(unit.startsWith('%') ? 'items.apart_points' : 'items.apart', { n: String(Math.abs(apart)) })]),
    ...(by === null ? unread('by', attrs, dress) : [say('items.by', { day: dayWords(by, today, language) })]),
    ...(textOf(attrs.measure) === null ? [] : [`${attrs.measure}`]),
    ...extra(attrs, dress),
  ]
  if (from === null && to === null) return line(said)
  const late = by !== null && by < today
  return `<div class="gap num${late ? ' late' : ''}"><span>${escapeText(from === null ? '?' : withUnit(from))}</span><div><i></i></div><span>${escapeText(to === null ? '?' : withUnit(to))}</span><small class="fact">${escapeText((late ? [...said, say('items.late')] : said).join(' · '))}</small></div>`
}

/** Spelled out, so that one finds which words are said. */
const CHOICES = {
  confidence: (value: string) => `items.confidence_${value}` as const,
  severity: (value: string) => `items.severity_${value}` as const,
  frequency: (value: string) => `items.frequency_${value}` as const,
} as const

/** The words a choice stands for, or what somebody wrote instead of one. */
function choice(field: 'confidence' | 'severity' | 'frequency', attrs: Attrs, dress: ItemDress): string[] {
  const value = readChoice(field, attrs[field])
  if (value) return [dress.say(CHOICES[field](value))]
  const written = textOf(attrs[field])
  return written === null ? [] : [`${dress.say(`items.field_${field}`)} “${written}”`]
}

/** A day nobody can read stays in sight as it was written. */
function unread(field: ItemField, attrs: Attrs, dress: ItemDress): string[] {
  const written = textOf(attrs[field])
  if (written === null || itemFields[field].type !== 'day' || readDay(written) !== null) return []
  return [dress.say('items.unreadable', { field: dress.say(`items.field_${field}`), value: written })]
}

function extra(attrs: Attrs, dress: ItemDress): string[] {
  if (!Array.isArray(attrs.extra)) return []
  return attrs.extra.flatMap((pair) =>
    Array.isArray(pair) ? [dress.say('items.extra', { key: `${pair[0]}`, value: `${pair[1]}` })] : [],
  )
}

function line(said: readonly string[]): string {
  const words = said.filter((one) => one !== '').join(' · ')
  return words === '' ? '' : `<small class="fact">${escapeText(words)}</small>`
}

/** The way to the fields, in sight in the item one is in. */
function tools(kind: ItemKind | null, dress: ItemDress): string {
  if (!dress.editable || kind === null || kinds[kind].fields.length === 0) return ''
  const word = escapeText(dress.say('items.open_fields'))
  return `<span class="tools"><button type="button" data-act="fields" tabindex="-1">${word}</button></span>`
}

function positioning(
  attrs: Attrs,
  parts: readonly PartWords[],
  dress: ItemDress,
  show: Language,
): Pick<ItemFace, 'before' | 'after'> {
  const { say, editable } = dress
  const other: Language = show === 'en' ? 'zh' : 'en'
  const cites = slots
    .map((slot) => {
      const refs = [...new Set(parts.filter((part) => part.name === slot).flatMap((part) => part.refs))]
      const links = refs
        .flatMap((id) => {
          const item = dress.named.get(id)
          return item
            ? [
                `<a href="#${escapeAttribute(id)}" tabindex="-1">${escapeText([item.code, short(item.title)].filter(Boolean).join(' ') || say('items.untitled'))}</a>`,
              ]
            : []
        })
        .join(escapeText(say('items.comma')))
      const cite = editable ? citeButton(slot, links !== '', say) : ''
      return `<small class="cite">${links}${cite}</small>`
    })
    .join('')
  const tabs = (['en', 'zh'] as const)
    .map(
      (lang) =>
        `<button type="button" data-act="tongue" data-lang="${lang}" lang="${lang === 'zh' ? 'zh-CN' : 'en'}" aria-pressed="${lang === show}" tabindex="-1">${lang === 'zh' ? '中文' : 'English'}</button>`,
    )
    .join('')
  return {
    before: `<div class="face" contenteditable="false">${sentence(parts, show, 'sentence')}${begun(parts, other) ? sentence(parts, other, 'sentence second') : ''}</div>`,
    after: `<div class="facts" contenteditable="false"><div class="cites">${cites}</div><div class="tongues"><span class="seg">${tabs}</span>${agreement(attrs, parts, dress)}</div></div>`,
  }
}

/** Its name begins with the word one sees, so that it can be asked for aloud. */
function citeButton(slot: Slot, begun: boolean, say: SayItem): string {
  const word = say(begun ? 'items.cite_more' : 'items.cite')
  const name = `${word} ${say('items.cite_for', { part: say(`items.part_${slot}`) })}`
  return `<button type="button" data-act="cite" data-part="${slot}" tabindex="-1" aria-label="${escapeAttribute(name)}">${escapeText(word)}</button>`
}

/** The positioning as one sentence: somebody's own wording, or the slots', underlined. */
function sentence(parts: readonly PartWords[], lang: Language, className: string): string {
  const own = wordsOf({ parts }, 'sentence', lang)
  const inner =
    own !== ''
      ? escapeText(own)
      : composePieces(slotWords({ parts }, lang), lang)
          .map(({ text, slot }) => {
            if (slot === null) return escapeText(text)
            return text === '' ? `<u class="open">${BLANK[lang][slot]}</u>` : `<u>${escapeText(text)}</u>`
          })
          .join('')
  return `<p class="${className}" lang="${lang === 'zh' ? 'zh-CN' : 'en'}">${inner}</p>`
}

const begun = (parts: readonly PartWords[], lang: Language) =>
  parts.some((part) => part.lang === lang && part.text !== '')

/** Whether both languages say the same, as far as anybody has looked. */
function agreement(attrs: Attrs, parts: readonly PartWords[], dress: ItemDress): string {
  const { say, editable } = dress
  const now = agreementOf({ parts })
  if (now === null) return ''
  const agreed = agreedOf(attrs.agreed)
  const behind = behindOf({ parts, agreed })
  const same = agreed !== null && agreed.en === now.en && agreed.zh === now.zh
  const words = same
    ? say('items.agreed')
    : behind
      ? say(`items.behind_${behind}`)
      : say(agreed ? 'items.both_changed' : 'items.never_agreed')
  const act =
    same || !editable
      ? ''
      : ` <button type="button" class="again" data-act="agree" tabindex="-1">${escapeText(say(agreed ? 'items.agree' : 'items.agree_first'))}</button>`
  return `<small class="fact${behind ? ' warn' : ''}"${behind ? ` data-behind="${behind}"` : ''}>${escapeText(words)}${act}</small>`
}

function agreedOf(value: Json | undefined): { en: string; zh: string } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { en, zh } = value
  return typeof en === 'string' && typeof zh === 'string' ? { en, zh } : null
}

/** What stands in an empty slot, in the language of the sentence. */
const BLANK: Readonly<Record<Language, Readonly<Record<Slot, string>>>> = {
  en: { whom: 'whom', problem: 'which problem', solution: 'which solution' },
  zh: { whom: '谁', problem: '什么问题', solution: '什么方案' },
}

/** Enough of a title to know an item by. */
const LONGEST_NAME = 40

function short(title: string): string {
  const letters = [...title]
  return letters.length <= LONGEST_NAME
    ? title
    : `${letters
        .slice(0, LONGEST_NAME - 1)
        .join('')
        .trimEnd()}…`
}

const nameOfDepartment = (value: Json | undefined, dress: ItemDress) => {
  const department = departmentOf(value, dress)
  return department ? departmentName(department, dress.say) : textOf(value)
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
