import { type Language, languages } from '@/lib/domain/language'
import { DEPARTMENT_HEADINGS, departmentNamed } from '../items/headings'
import {
  fileDepartments,
  type ItemField,
  type ItemKind,
  type ItemPart,
  itemFields,
  type Slot,
} from '../items/kinds'

/** What stands before a colon below an item: one of its fields or parts, or something of the writer's own. */
export type PropertyName = ItemField | Exclude<ItemPart, Slot> | 'cites'

type Pair = Readonly<Record<Language, string>>

const NAMES: Readonly<Record<Exclude<PropertyName, 'feltBy'>, Pair>> = {
  source: { en: 'Source', zh: '来源' },
  confidence: { en: 'Confidence', zh: '置信度' },
  checkedOn: { en: 'Checked on', zh: '核实日期' },
  validUntil: { en: 'Valid until', zh: '有效期至' },
  focus: { en: 'Focus', zh: '聚焦' },
  reason: { en: 'Reason', zh: '理由' },
  evidence: { en: 'Evidence', zh: '证据' },
  gapKind: { en: 'Kind', zh: '类型' },
  from: { en: 'From', zh: '从' },
  to: { en: 'To', zh: '到' },
  fromDepartment: { en: 'From', zh: '从' },
  toDepartment: { en: 'To', zh: '到' },
  unit: { en: 'Unit', zh: '单位' },
  by: { en: 'By', zh: '截止' },
  measure: { en: 'Measure', zh: '指标' },
  instead: { en: 'Instead', zh: '改为' },
  price: { en: 'Price', zh: '代价' },
  when: { en: 'When', zh: '时点' },
  severity: { en: 'Severity', zh: '严重程度' },
  frequency: { en: 'Frequency', zh: '频率' },
  area: { en: 'Area', zh: '领域' },
  department: { en: 'Department', zh: '部门' },
  cites: { en: 'Cites', zh: '引用' },
  sentence: { en: 'Sentence', zh: '句子' },
  title: { en: 'Title', zh: '标题' },
  text: { en: 'Text', zh: '正文' },
}

const FELT_BY: Readonly<Partial<Record<ItemKind, string>>> = {
  pain: '谁的痛',
  itch: '谁的痒',
  delight: '谁的爽',
}

/** The order in which an item's properties are written; what else it has comes after them. */
export const PROPERTY_ORDER: Readonly<Record<ItemKind, readonly PropertyName[]>> = {
  factor: ['source', 'confidence', 'checkedOn', 'validUntil'],
  segment: ['focus', 'reason'],
  pain: ['feltBy', 'evidence', 'severity', 'frequency'],
  itch: ['feltBy', 'evidence', 'severity', 'frequency'],
  delight: ['feltBy', 'evidence', 'severity', 'frequency'],
  gap: ['gapKind', 'from', 'to', 'unit', 'by', 'measure'],
  positioning: [],
  principle: [],
  tradeoff: ['instead', 'price'],
  intent: ['department'],
  handoff: ['fromDepartment', 'toDepartment', 'when'],
}

export function propertyKey(name: PropertyName, kind: ItemKind, language: Language): string {
  if (name === 'feltBy') return language === 'en' ? 'Felt by' : (FELT_BY[kind] ?? '谁的痛')
  return NAMES[name][language]
}

const BY_KEY = new Map<string, PropertyName>(
  (Object.keys(NAMES) as Array<keyof typeof NAMES>)
    .filter((name) => name !== 'fromDepartment' && name !== 'toDepartment')
    .flatMap((name) => languages.map((language) => [NAMES[name][language].toLowerCase(), name] as const)),
)
for (const key of ['felt by', ...Object.values(FELT_BY)]) BY_KEY.set(key, 'feltBy')

/** The property of a key in either language, whatever its case; null: none of ours. */
export function propertyNamed(key: string, kind: ItemKind): PropertyName | null {
  const name = BY_KEY.get(key.trim().replace(/\s+/g, ' ').toLowerCase()) ?? null
  if (kind === 'handoff' && name === 'from') return 'fromDepartment'
  if (kind === 'handoff' && name === 'to') return 'toDepartment'
  return name
}

const CHOICES: Readonly<Partial<Record<ItemField, Readonly<Record<string, string>>>>> = {
  confidence: { high: '高', medium: '中', low: '低' },
  severity: { high: '高', medium: '中', low: '低' },
  focus: { yes: '是', no: '否' },
  gapKind: { future: '未来', past: '过去', risk: '风险' },
  frequency: {
    daily: '每天',
    weekly: '每周',
    monthly: '每月',
    quarterly: '每季',
    yearly: '每年',
    rarely: '很少',
  },
  area: {
    politics: '政治',
    economy: '经济',
    society: '社会',
    technology: '技术',
    market: '市场',
    competitors: '竞争对手',
    customers: '客户',
    ourselves: '自身',
  },
}

/** A stored value in the words of a file. What is none of the words the field knows is written as it is. */
export function valueWords(name: ItemField, value: string, language: Language): string {
  const { type } = itemFields[name]
  if (type === 'department') {
    const known = fileDepartments.find((department) => department === value)
    if (!known) return value
    return language === 'zh' ? DEPARTMENT_HEADINGS.zh[known] : DEPARTMENT_HEADINGS.en[known].toLowerCase()
  }
  return language === 'zh' ? (CHOICES[name]?.[value] ?? value) : value
}

/** A value of a file as it is stored: the word of the field in either language, else the text itself. */
export function valueRead(name: ItemField, words: string): string {
  const text = words.trim()
  const { type } = itemFields[name]
  if (type === 'department') return departmentNamed(text) ?? text
  const choices = CHOICES[name]
  if (!choices) return text
  const low = text.toLowerCase()
  return Object.keys(choices).find((choice) => choice === low || choices[choice] === text) ?? text
}

/** Written where a factor stands under the heading of an area that is not its own, and has none. */
export const NO_AREA: Pair = { en: 'none', zh: '无' }

/** Written where a quote stands below a positioning and is not its sentence. */
export const NO_SENTENCE = NO_AREA

export function saysNone(words: string): boolean {
  return languages.some((language) => NO_AREA[language] === words.trim().toLowerCase())
}

export const SLOT_NAMES: Readonly<Record<Language, Readonly<Record<Slot, string>>>> = {
  en: { whom: 'For whom', problem: 'Which problem', solution: 'Through which solution' },
  zh: { whom: '为谁', problem: '解决什么问题', solution: '通过什么方案' },
}

/** The slot, and the language it is named in. */
export function slotNamed(words: string): { slot: Slot; language: Language } | null {
  const plain = words.trim().replace(/\s+/g, ' ').toLowerCase()
  for (const language of languages) {
    for (const slot of ['whom', 'problem', 'solution'] as const) {
      if (SLOT_NAMES[language][slot].toLowerCase() === plain) return { slot, language }
    }
  }
  return null
}

/** Opens an intent that does not stand right below the heading of its department. */
export const INTENT: Pair = { en: 'Intent', zh: '意图' }

export function isIntent(words: string): boolean {
  const plain = words.trim().toLowerCase()
  return languages.some((language) => INTENT[language].toLowerCase() === plain)
}

/** Stands for the number of an item that has no code yet: `P?`. */
export const NO_CODE = '?'
