import type { Attrs, Mark, NodeType, Node as PmNode, Schema } from '@tiptap/pm/model'
import { cleanAttrs, MARKS, NODES } from './spec'

/** These open with an empty paragraph when a command makes one, though a merge may leave them without. */
const FILLED = ['blockquote', 'callout', 'listItem', 'taskItem', 'tableCell', 'tableHeader']

const LONGEST_TEXT = 10_000

/**
 * Keeps the binding from deleting. y-tiptap asks the schema for every node and mark it finds in the document and
 * deletes, for everybody, whatever the schema throws at. After this the schema no longer throws for it: an
 * unknown or misshapen node becomes `foreign` (its text, not editable), an unknown mark is not shown, a value
 * out of range is shown as the default. The document itself stays as it is.
 */
export function tolerate(schema: Schema): void {
  const node = schema.node.bind(schema)
  const text = schema.text.bind(schema)
  const mark = schema.mark.bind(schema)

  schema.node = (type, attrs, content, marks) => {
    if (typeof type !== 'string') return node(type, attrs, content, marks)
    const spec = NODES[type]
    try {
      return node(type, spec ? cleanAttrs(spec.attrs, attrs) : (attrs ?? null), content, marks)
    } catch {
      return node('foreign', { name: type.slice(0, 100), text: textOf(content) })
    }
  }

  // Marks that are not ours are told apart by identity: the link mark is the one that makes a new object each
  // time, so this one can never be a mark of the document.
  const notShown: Mark = mark('link', { href: null })
  schema.mark = (type, attrs) => {
    if (typeof type === 'string' && (!schema.marks[type] || nothingIn(type, attrs))) return notShown
    return mark(type, attrs)
  }
  schema.text = (value, marks) =>
    text(typeof value === 'string' ? value : '\ufffc', inOrder(marks?.filter((one) => one !== notShown)))

  for (const name of FILLED) {
    const type = schema.nodes[name]
    if (type) fill(type, schema)
  }
}

/** A comment that names no thread: it would be a highlight nobody can open. */
function nothingIn(type: string, attrs: Attrs | null | undefined): boolean {
  const spec = MARKS[type]
  return spec?.several === true && Object.values(cleanAttrs(spec.attrs, attrs)).includes(null)
}

/**
 * Several comments on the same words come in the order in which they arrived here, another one in every browser. The
 * schema sorts by kind and leaves these as they are given.
 */
function inOrder(marks: readonly Mark[] | undefined): readonly Mark[] | undefined {
  if (!marks || marks.length < 2) return marks
  return [...marks].sort((one, other) => (textIn(one) < textIn(other) ? -1 : 1))
}

const textIn = (mark: Mark) => JSON.stringify(mark.attrs)

/** A new cell or list item has to hold a paragraph, or nobody could put the caret into it. */
function fill(type: NodeType, schema: Schema): void {
  const createAndFill = type.createAndFill.bind(type)
  type.createAndFill = (attrs, content, marks) => {
    const paragraph = schema.nodes.paragraph
    const filled = createAndFill(attrs, content, marks)
    if (!paragraph || filled === null || filled.childCount > 0) return filled
    return createAndFill(attrs, paragraph.create(), marks)
  }
}

function textOf(content: unknown): string {
  const nodes: unknown[] = Array.isArray(content) ? content : [content]
  let out = ''
  for (const child of nodes) {
    const part = isNode(child) ? child.textBetween(0, child.content.size, '\n') || (child.text ?? '') : ''
    if (part) out += (out ? '\n' : '') + part
    if (out.length > LONGEST_TEXT) return out.slice(0, LONGEST_TEXT)
  }
  return out
}

function isNode(value: unknown): value is PmNode {
  return typeof value === 'object' && value !== null && 'textBetween' in value
}
