import type { Language } from '@/lib/domain/language'
import { everyNode, plainOfNodes } from './exported'
import type { Json, NodeJson } from './json'
import type { TextRoot } from './roots'

/** An item as a reader of a file meets it: its code, its words, and its properties by name, in one language. */
export interface ItemView {
  /** P2; null where the kind has none. */
  readonly code: string | null
  readonly title: readonly NodeJson[]
  readonly text: readonly NodeJson[]
  readonly fields: readonly ItemLine[]
  /** The composed sentence of a positioning. */
  readonly sentence: string | null
}

export interface ItemLine {
  readonly label: string
  /** Inline nodes. */
  readonly value: readonly NodeJson[]
  /** The name of the part whose words these are; null for a field. */
  readonly part: string | null
  readonly lang: Language | null
}

/** What stands under each kind of item, in order: fields by name, parts with a leading colon. */
const order: Readonly<Record<string, readonly string[]>> = {
  factor: [':source', 'confidence', 'checkedOn', 'validUntil'],
  segment: ['focus', ':reason'],
  pain: ['feltBy', 'severity', 'frequency', ':evidence'],
  itch: ['feltBy', 'severity', 'frequency', ':evidence'],
  delight: ['feltBy', 'severity', 'frequency', ':evidence'],
  gap: ['gapKind', 'from', 'to', 'unit', 'by', 'measure'],
  tradeoff: [':instead', ':price'],
  handoff: ['fromDepartment', 'toDepartment', ':when'],
}

/** The names of properties and slots as docs/markdown.md writes them. */
export const itemLabels: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    source: 'Source',
    confidence: 'Confidence',
    checkedOn: 'Checked on',
    validUntil: 'Valid until',
    focus: 'Focus',
    reason: 'Reason',
    feltBy: 'Felt by',
    severity: 'Severity',
    frequency: 'Frequency',
    evidence: 'Evidence',
    gapKind: 'Kind',
    from: 'From',
    to: 'To',
    unit: 'Unit',
    by: 'By',
    measure: 'Measure',
    instead: 'Instead',
    price: 'Price',
    fromDepartment: 'From',
    toDepartment: 'To',
    when: 'When',
    whom: 'For whom',
    problem: 'Which problem',
    solution: 'Through which solution',
  },
  zh: {
    source: '来源',
    confidence: '置信度',
    checkedOn: '核实日期',
    validUntil: '有效期至',
    focus: '聚焦',
    reason: '理由',
    feltBy: '谁的痛',
    severity: '严重程度',
    frequency: '频率',
    evidence: '证据',
    gapKind: '类型',
    from: '从',
    to: '到',
    unit: '单位',
    by: '截止',
    measure: '指标',
    instead: '改为',
    price: '代价',
    fromDepartment: '从',
    toDepartment: '到',
    when: '时点',
    whom: '为谁',
    problem: '解决什么问题',
    solution: '通过什么方案',
  },
}

const feltBy: Readonly<Record<string, string>> = { pain: '谁的痛', itch: '谁的痒', delight: '谁的爽' }

/** What stored values are called in a file. One that is not here is written as it stands. */
const values: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { success: 'customer success' },
  zh: {
    high: '高',
    medium: '中',
    low: '低',
    yes: '是',
    no: '否',
    daily: '每天',
    weekly: '每周',
    monthly: '每月',
    quarterly: '每季度',
    yearly: '每年',
    rarely: '很少',
    future: '未来',
    past: '过去',
    risk: '风险',
    product: '产品',
    marketing: '市场',
    sales: '销售',
    success: '客户成功',
    organization: '组织',
  },
}

/** Fields whose values are words of the table above; a unit that happens to be called `risk` stays what it is. */
const spoken = new Set([
  'confidence',
  'focus',
  'severity',
  'frequency',
  'gapKind',
  'fromDepartment',
  'toDepartment',
])

/** An item node as a file shows it. `codeOf` gives the code of another item that it cites. */
export function itemView(
  node: NodeJson,
  language: Language,
  codeOf: (item: string) => string | null,
): ItemView {
  const kind = typeof node.attrs?.kind === 'string' ? node.attrs.kind : ''
  const parts = (node.content ?? []).filter((part) => part.type === 'itemPart')
  const partOf = (name: string, lang: Language | null = null) =>
    parts.find((part) => part.attrs?.name === name && (lang === null || part.attrs?.lang === lang))
      ?.content ?? []
  const shown = new Set(['title', 'text', 'sentence'])
  const lines: ItemLine[] = []
  const addPart = (name: string, lang: Language | null) => {
    shown.add(name)
    const value = partOf(name, lang)
    if (value.length > 0)
      lines.push({ label: labelOf(name, kind, lang ?? language), value, part: name, lang })
  }
  for (const name of order[kind] ?? []) {
    if (name.startsWith(':')) addPart(name.slice(1), null)
    else {
      const text = valueText(name, node.attrs?.[name], language, codeOf)
      if (text !== '')
        lines.push({ label: labelOf(name, kind, language), value: [plain(text)], part: null, lang: null })
    }
  }
  if (kind === 'positioning') {
    for (const lang of language === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const))
      for (const slot of ['whom', 'problem', 'solution']) addPart(slot, lang)
  }
  // Nothing a kind does not know is left out: a part somebody wrote is words of the strategy.
  for (const part of parts) {
    const name = typeof part.attrs?.name === 'string' ? part.attrs.name : ''
    if (!shown.has(name)) addPart(name, null)
  }
  for (const [key, value] of pairs(node.attrs?.extra))
    lines.push({ label: key, value: [plain(value)], part: null, lang: null })
  return {
    code: typeof node.attrs?.code === 'string' ? node.attrs.code : null,
    title: partOf('title'),
    text: partOf('text'),
    fields: lines,
    sentence: kind === 'positioning' ? sentence(partOf, language) : null,
  }
}

/** The code of every item that has one, by its id. */
export function codesOf(
  chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>,
): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  for (const node of everyNode(chapters)) {
    if (node.type !== 'item') continue
    const { id, code } = node.attrs ?? {}
    if (typeof id === 'string' && typeof code === 'string') codes.set(id, code)
  }
  return codes
}

function labelOf(name: string, kind: string, language: Language): string {
  if (name === 'feltBy' && language === 'zh') return feltBy[kind] ?? '谁的痛'
  return itemLabels[language][name] ?? name
}

function valueText(
  name: string,
  value: Json | undefined,
  language: Language,
  codeOf: (item: string) => string | null,
): string {
  if (Array.isArray(value)) {
    const codes = value.flatMap((item) => (typeof item === 'string' ? (codeOf(item) ?? []) : []))
    return codes.join(language === 'zh' ? '、' : ', ')
  }
  if (typeof value !== 'string') return ''
  return spoken.has(name) ? (values[language][value] ?? value) : value
}

function sentence(
  partOf: (name: string, lang: Language | null) => readonly NodeJson[],
  language: Language,
): string | null {
  const words = (name: string) => plainOfNodes(partOf(name, language)).trim()
  const own = words('sentence')
  if (own !== '') return own
  const [whom, problem, solution] = [words('whom'), words('problem'), words('solution')]
  if (whom === '' || problem === '' || solution === '') return null
  return language === 'zh'
    ? `我们通过${solution}，为${whom}解决${problem}。`
    : `For ${whom}, we solve ${problem} through ${solution}.`
}

function pairs(extra: Json | undefined): [string, string][] {
  if (!Array.isArray(extra)) return []
  return extra.flatMap((pair): [string, string][] =>
    Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string'
      ? [[pair[0], pair[1]]]
      : [],
  )
}

function plain(text: string): NodeJson {
  return { type: 'text', text }
}
