import { isId } from '@/lib/kit/ids'
import type { Json } from '../json'

export { SCHEMA_VERSION } from './version'

/** Nesting of nodes below a root. People stay under 10; an editor recurses and dies of thousands. */
export const MAX_DEPTH = 64

export interface AttrSpec {
  default: Json
  accepts(value: unknown): boolean
}

export interface NodeSpec {
  /** `part`: stands only inside the node that names it. */
  group: 'block' | 'inline' | 'part'
  /** Names of children, or a group of them. Empty: a leaf. Always "any number", see NODES. */
  holds: readonly string[]
  attrs: Readonly<Record<string, AttrSpec>>
}

const integer = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
const oneOf =
  (...values: readonly Json[]) =>
  (value: unknown) =>
    values.some((candidate) => candidate === value)
const shortText = (longest: number) => (value: unknown) =>
  value === null || (typeof value === 'string' && value.length <= longest)

const nullOr = (accepts: (value: unknown) => boolean) => (value: unknown) => value === null || accepts(value)
/** One line as a person writes it into a field. What it means, and whether it means anything, the reader says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/
const lineOf = (longest: number) => (value: unknown) =>
  typeof value === 'string' && value.length <= longest && !CONTROL.test(value)
const listOf = (most: number, accepts: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length <= most && value.every(accepts)
const itemId = (value: unknown) => isId('itm', value)

/** A field of an item: text as somebody wrote it, also where it cannot be read as the date or number it should be. */
const field: AttrSpec = { default: null, accepts: nullOr(lineOf(200)) }
const itemIds: AttrSpec = { default: null, accepts: nullOr(listOf(100, itemId)) }

const cell: NodeSpec = {
  group: 'part',
  holds: ['block'],
  attrs: {
    // A span of a million columns would cost the table's grid a million cells in every browser.
    colspan: { default: 1, accepts: integer(1, 100) },
    rowspan: { default: 1, accepts: integer(1, 1000) },
    colwidth: { default: null, accepts: oneOf(null) },
    align: { default: null, accepts: oneOf(null, 'left', 'center', 'right') },
  },
}

/**
 * Every node a strategy may hold, as plain data: the server renders, builds and checks by it without
 * ProseMirror, and a test holds the editor's schema equal to it.
 *
 * No node must have a child. Two people can each delete one half of a list; when the schema then demanded an
 * item, the binding would delete the list, and with it whatever a third person had just written there.
 */
export const NODES: Readonly<Record<string, NodeSpec>> = {
  paragraph: { group: 'block', holds: ['inline'], attrs: {} },
  heading: {
    group: 'block',
    holds: ['inline'],
    attrs: { level: { default: 3, accepts: integer(3, 5) } },
  },
  blockquote: { group: 'block', holds: ['block'], attrs: {} },
  callout: {
    group: 'block',
    holds: ['block'],
    attrs: { kind: { default: 'note', accepts: oneOf('note', 'attention') } },
  },
  bulletList: { group: 'block', holds: ['listItem'], attrs: {} },
  orderedList: {
    group: 'block',
    holds: ['listItem'],
    attrs: { start: { default: 1, accepts: integer(0, 999_999_999) } },
  },
  listItem: { group: 'part', holds: ['block'], attrs: {} },
  taskList: { group: 'block', holds: ['taskItem'], attrs: {} },
  taskItem: {
    group: 'part',
    holds: ['block'],
    attrs: { checked: { default: false, accepts: oneOf(true, false) } },
  },
  codeBlock: {
    group: 'block',
    holds: ['text'],
    attrs: {
      language: {
        default: null,
        accepts: (value) => value === null || (typeof value === 'string' && /^[\w+#.-]{1,40}$/.test(value)),
      },
    },
  },
  table: { group: 'block', holds: ['tableRow'], attrs: {} },
  tableRow: { group: 'part', holds: ['tableCell', 'tableHeader'], attrs: {} },
  tableCell: cell,
  tableHeader: cell,
  horizontalRule: { group: 'block', holds: [], attrs: {} },
  image: {
    group: 'block',
    holds: [],
    attrs: {
      fileId: { default: null, accepts: shortText(40) },
      alt: { default: null, accepts: shortText(1000) },
      /** Pixels; null: as wide as it is, at most the column. */
      width: {
        default: null,
        accepts: (value) => value === null || integer(16, 4000)(value),
      },
    },
  },
  hardBreak: { group: 'inline', holds: [], attrs: {} },
  /**
   * A piece of the method: a factor, a pain, the positioning. Its words are parts, so that people write and comment
   * them together; a part that is missing is an empty field. What each kind has: items/kinds.ts.
   */
  item: {
    group: 'block',
    holds: ['itemPart'],
    attrs: {
      id: { default: null, accepts: nullOr(itemId) },
      kind: { default: null, accepts: nullOr(lineOf(40)) },
      code: {
        default: null,
        accepts: nullOr((value) => typeof value === 'string' && /^[A-Z]\d{1,6}$/.test(value)),
      },
      area: field,
      confidence: field,
      checkedOn: field,
      validUntil: field,
      focus: field,
      feltBy: itemIds,
      severity: field,
      frequency: field,
      gapKind: field,
      from: field,
      to: field,
      unit: field,
      by: field,
      measure: field,
      fromDepartment: field,
      toDepartment: field,
      department: field,
      /** Hashes of the slots' words in both languages when somebody last said that they say the same. */
      agreed: { default: null, accepts: nullOr(isAgreement) },
      /** Properties of a file that no field stands for, as written: key and value. */
      extra: {
        default: null,
        accepts: nullOr(
          listOf(
            50,
            (pair) =>
              Array.isArray(pair) && pair.length === 2 && lineOf(200)(pair[0]) && lineOf(2000)(pair[1]),
          ),
        ),
      },
    },
  },
  itemPart: {
    group: 'part',
    holds: ['inline'],
    attrs: {
      name: { default: null, accepts: nullOr(lineOf(40)) },
      /** Only the positioning is written in both languages; null: the strategy's own. */
      lang: { default: null, accepts: oneOf(null, 'en', 'zh') },
      /** The items these words cite. */
      refs: itemIds,
    },
  },
  /**
   * What the editor shows in place of something it cannot hold, so that it is kept and never deleted. It lies in
   * a document only when somebody cut and pasted it.
   */
  foreign: {
    group: 'block',
    holds: [],
    attrs: {
      name: { default: null, accepts: shortText(100) },
      text: { default: null, accepts: (value) => value === null || typeof value === 'string' },
    },
  },
}

function isAgreement(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    'en' in value &&
    'zh' in value &&
    lineOf(64)(value.en) &&
    lineOf(64)(value.zh)
  )
}

export interface MarkSpec {
  attrs: Readonly<Record<string, AttrSpec>>
  /** May lie several times on the same words, each with other attributes; in Yjs under a name of its own. */
  several?: true
}

/** Every mark, outermost first: `link` wraps `bold` wraps the rest, in the editor and in our HTML alike. */
export const MARKS: Readonly<Record<string, MarkSpec>> = {
  comment: {
    attrs: { thread: { default: null, accepts: nullOr((value) => isId('thr', value)) } },
    several: true,
  },
  link: { attrs: { href: { default: null, accepts: shortText(2048) } } },
  bold: { attrs: {} },
  code: { attrs: {} },
  italic: { attrs: {} },
  strike: { attrs: {} },
  underline: { attrs: {} },
}

export const MARK_ORDER: readonly string[] = Object.keys(MARKS)

/** True when a child of this name may stand in this place; `parent` null is a root. */
export function mayHold(parent: string | null, child: string): boolean {
  const inside = child === 'text' ? null : NODES[child]
  if (inside === undefined) return false
  const holds = parent === null ? ['block'] : (NODES[parent]?.holds ?? [])
  if (child === 'text') return holds.includes('inline') || holds.includes('text')
  return holds.includes(child) || (inside !== null && inside.group !== 'part' && holds.includes(inside.group))
}

/** The attributes of a node with defaults filled in; a value the schema does not accept becomes the default. */
export function cleanAttrs(
  attrs: Readonly<Record<string, AttrSpec>>,
  given: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, Json> {
  const clean: Record<string, Json> = {}
  for (const [name, spec] of Object.entries(attrs)) {
    const value = given?.[name]
    clean[name] = value !== undefined && spec.accepts(value) ? (value as Json) : spec.default
  }
  return clean
}
