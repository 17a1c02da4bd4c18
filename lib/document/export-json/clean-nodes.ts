import { isId } from '@/lib/kit/ids'
import type { MarkJson, NodeJson } from '../json'
import { safeHref } from '../links'
import type { FileNote } from '../read-file'
import { cleanAttrs, MARK_ORDER, MARKS, MAX_DEPTH, mayHold, NODES } from '../schema/spec'

interface Cleaning {
  readonly notes: FileNote[]
  /** Threads the file brings; a mark of any other says nothing. */
  readonly threads: ReadonlySet<string>
  /** Pictures are named by their place in the file, not yet by an id of ours. */
  readonly keepFiles?: boolean
}

/** Notes worth reading; a file with more of them is not one of ours. */
const MAX_NOTES = 500

/** Nodes of a stranger's JSON as nodes of the schema. What has no place there becomes a paragraph with its words. */
export function cleanNodes(values: readonly unknown[], cleaning: Cleaning): NodeJson[] {
  return below(values, null, 0, cleaning)
}

function below(
  values: readonly unknown[],
  parent: string | null,
  depth: number,
  cleaning: Cleaning,
): NodeJson[] {
  return values.flatMap((value): NodeJson[] => {
    if (typeof value !== 'object' || value === null || !('type' in value)) return []
    const name = typeof value.type === 'string' ? value.type : ''
    if (name === 'text')
      return mayHold(parent, 'text') ? textOf(value, parent, cleaning) : words(value, parent, cleaning)
    const spec = Object.hasOwn(NODES, name) ? NODES[name] : undefined
    if (!spec || depth >= MAX_DEPTH || !mayHold(parent, name)) return words(value, parent, cleaning)
    const attrs = cleanAttrs(spec.attrs, attrsOf(value))
    const file = attrsOf(value)?.fileId
    if (name === 'image' && cleaning.keepFiles && typeof file === 'string') attrs.fileId = file
    const content = 'content' in value && Array.isArray(value.content) ? value.content : []
    return [
      {
        type: name,
        ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
        ...(spec.holds.length > 0 ? { content: below(content, name, depth + 1, cleaning) } : {}),
      },
    ]
  })
}

function attrsOf(value: object): Readonly<Record<string, unknown>> | null {
  return 'attrs' in value && typeof value.attrs === 'object' && value.attrs !== null
    ? { ...value.attrs }
    : null
}

function textOf(value: object, parent: string | null, cleaning: Cleaning): NodeJson[] {
  const text = 'text' in value && typeof value.text === 'string' ? wellFormed(value.text) : ''
  if (text === '') return []
  const given = parent !== 'codeBlock' && 'marks' in value && Array.isArray(value.marks) ? value.marks : []
  const marks: MarkJson[] = []
  for (const mark of given) {
    const clean = markOf(mark, text, cleaning)
    if (clean && !marks.some((known) => JSON.stringify(known) === JSON.stringify(clean))) marks.push(clean)
  }
  marks.sort((one, other) => MARK_ORDER.indexOf(one.type) - MARK_ORDER.indexOf(other.type))
  return [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]
}

function markOf(mark: unknown, text: string, { notes, threads }: Cleaning): MarkJson | null {
  if (typeof mark !== 'object' || mark === null || !('type' in mark) || typeof mark.type !== 'string')
    return null
  const spec = Object.hasOwn(MARKS, mark.type) ? MARKS[mark.type] : undefined
  if (!spec) return null
  const attrs = cleanAttrs(spec.attrs, attrsOf(mark))
  if (mark.type === 'link' && safeHref(attrs.href) === null) {
    note(notes, 'link_dropped', text)
    return null
  }
  if (mark.type === 'comment' && !(isId('thr', attrs.thread) && threads.has(attrs.thread))) return null
  return { type: mark.type, ...(Object.keys(attrs).length > 0 ? { attrs } : {}) }
}

/** The words of something without a place, in the form its surroundings allow. */
function words(value: object, parent: string | null, { notes }: Cleaning): NodeJson[] {
  const text = textBelow(value)
  if (text === '') return []
  note(notes, 'node_as_text', text)
  const plain: NodeJson = { type: 'text', text }
  if (mayHold(parent, 'text')) return [plain]
  const line: NodeJson = { type: 'paragraph', content: [plain] }
  if (mayHold(parent, 'paragraph')) return [line]
  const part = parent === null ? undefined : NODES[parent]?.holds[0]
  const spec = part === undefined ? undefined : NODES[part]
  if (part === undefined || !spec) return []
  const attrs = cleanAttrs(spec.attrs, null)
  const shell = { type: part, ...(Object.keys(attrs).length > 0 ? { attrs } : {}) }
  if (part === 'tableRow') {
    const cell = cleanAttrs(NODES.tableCell?.attrs ?? {}, null)
    return [{ ...shell, content: [{ type: 'tableCell', attrs: cell, content: [line] }] }]
  }
  return [{ ...shell, content: [mayHold(part, 'text') ? plain : line] }]
}

/** All text below, at any depth: it keeps its own stack, for a file may be nested deeper than functions can be. */
function textBelow(value: object): string {
  const parts: string[] = []
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    if ('text' in next && typeof next.text === 'string') parts.push(wellFormed(next.text))
    if ('content' in next && Array.isArray(next.content)) open.push(...[...next.content].reverse())
  }
  return parts.join(' ').trim()
}

/** Yjs writes UTF-8, where half a pair becomes another character on its way. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

function note(notes: FileNote[], code: FileNote['code'], text: string): void {
  if (notes.length < MAX_NOTES) notes.push({ code, line: 0, text: text.slice(0, 120) })
}
