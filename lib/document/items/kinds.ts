import { type ItemKind, itemKinds } from '@/lib/domain/strategy-item'

export { type ItemKind, itemKinds }

export const itemParts = [
  'title',
  'text',
  'source',
  'reason',
  'evidence',
  'instead',
  'price',
  'when',
  'whom',
  'problem',
  'solution',
  'sentence',
] as const
export type ItemPart = (typeof itemParts)[number]

/** The slots of a positioning: what its sentence is made of. */
export const slots = ['whom', 'problem', 'solution'] as const
export type Slot = (typeof slots)[number]

export const areas = [
  'politics',
  'economy',
  'society',
  'technology',
  'market',
  'competitors',
  'customers',
  'ourselves',
] as const
export type Area = (typeof areas)[number]

/** Departments as a file names them; a document may name one of the workspace (`dep_…`) instead. */
export const fileDepartments = ['product', 'marketing', 'sales', 'success', 'organization'] as const
export type FileDepartment = (typeof fileDepartments)[number]

/** What a field means: one of a few words, a day, a number, another item, or any line of text. */
export type FieldType =
  | { readonly type: 'choice'; readonly of: readonly string[] }
  | { readonly type: 'day' }
  | { readonly type: 'number' }
  | { readonly type: 'items' }
  | { readonly type: 'department' }
  | { readonly type: 'line' }

export const itemFields = {
  area: { type: 'choice', of: areas },
  confidence: { type: 'choice', of: ['high', 'medium', 'low'] },
  checkedOn: { type: 'day' },
  validUntil: { type: 'day' },
  focus: { type: 'choice', of: ['yes', 'no'] },
  feltBy: { type: 'items' },
  severity: { type: 'choice', of: ['high', 'medium', 'low'] },
  frequency: { type: 'choice', of: ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'rarely'] },
  gapKind: { type: 'choice', of: ['future', 'past', 'risk'] },
  from: { type: 'number' },
  to: { type: 'number' },
  unit: { type: 'line' },
  by: { type: 'day' },
  measure: { type: 'line' },
  fromDepartment: { type: 'department' },
  toDepartment: { type: 'department' },
  department: { type: 'department' },
} as const satisfies Readonly<Record<string, FieldType>>
export type ItemField = keyof typeof itemFields

export interface KindSpec {
  /** First letter of the code; null: items of this kind have none, their place names them. */
  readonly letter: string | null
  /** Parts in the order of the page. */
  readonly parts: readonly ItemPart[]
  readonly fields: readonly ItemField[]
  /** Parts are written once per language. */
  readonly bilingual?: true
}

const FELT: KindSpec['fields'] = ['feltBy', 'severity', 'frequency']

/** What each kind is made of. Everything that shows, reads, writes or checks items goes by this table. */
export const kinds: Readonly<Record<ItemKind, KindSpec>> = {
  factor: {
    letter: 'F',
    parts: ['text', 'source'],
    fields: ['area', 'confidence', 'checkedOn', 'validUntil'],
  },
  segment: { letter: 'S', parts: ['title', 'text', 'reason'], fields: ['focus'] },
  pain: { letter: 'P', parts: ['title', 'text', 'evidence'], fields: FELT },
  itch: { letter: 'I', parts: ['title', 'text', 'evidence'], fields: FELT },
  delight: { letter: 'D', parts: ['title', 'text', 'evidence'], fields: FELT },
  gap: {
    letter: 'G',
    parts: ['title', 'text'],
    fields: ['gapKind', 'from', 'to', 'unit', 'by', 'measure'],
  },
  positioning: {
    letter: null,
    parts: ['whom', 'problem', 'solution', 'sentence'],
    fields: [],
    bilingual: true,
  },
  principle: { letter: 'R', parts: ['title', 'text'], fields: [] },
  tradeoff: { letter: 'T', parts: ['title', 'text', 'instead', 'price'], fields: [] },
  intent: { letter: null, parts: ['text'], fields: ['department'] },
  handoff: { letter: 'H', parts: ['text', 'when'], fields: ['fromDepartment', 'toDepartment'] },
}

export function isItemKind(value: unknown): value is ItemKind {
  return itemKinds.some((kind) => kind === value)
}

export function isItemPart(value: unknown): value is ItemPart {
  return itemParts.some((part) => part === value)
}

/** The kind whose codes begin with this letter. */
export function kindOfLetter(letter: string): ItemKind | null {
  return itemKinds.find((kind) => kinds[kind].letter === letter) ?? null
}

/** A day as `2026-12-31`, or null for anything else, 30 February included. */
export function readDay(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? null : value
}

/** A decimal number as text: digits, `.` as decimal sign, perhaps a sign before. Null for anything else. */
export function readNumber(value: unknown): number | null {
  if (typeof value !== 'string' || !/^[-−]?\d{1,15}(?:\.\d{1,10})?$/.test(value.trim())) return null
  return Number(value.trim().replace('−', '-'))
}

/** One of the words a field may have, or null. */
export function readChoice<F extends ItemField>(name: F, value: unknown): ChoiceOf<F> | null {
  const spec: FieldType = itemFields[name]
  if (spec.type !== 'choice' || typeof value !== 'string' || !spec.of.includes(value)) return null
  return value as ChoiceOf<F>
}

type ChoiceOf<F extends ItemField> = (typeof itemFields)[F] extends { of: readonly (infer Choice)[] }
  ? Choice
  : never
