import type * as Md from 'mdast'
import type { MarkJson, NodeJson } from '../json'
import { fileIdOf, safeHref } from '../links'
import type { Note, NoteCode } from './read'
import type { ItemReading } from './read-items'
import { TooDeep } from './too-deep'

export interface Notes {
  add(node: Md.Nodes | null, code: NoteCode, text: Note['text']): void
}

/** What reading one file shares. */
export interface Reading {
  readonly source: string
  readonly notes: Notes
  readonly definitions: ReadonlyMap<string, Md.Definition>
  /** Identifiers of the definitions that something refers to. */
  readonly used: ReadonlySet<string>
  readonly items: ItemReading
}

/** A text, a hard break, or an image (which its paragraph has to give way to). */
export type Inline = NodeJson

/** Marks inside marks; people stop at three. */
const MOST_NESTED = 100

export function inlineOf(nodes: readonly Md.PhrasingContent[], reading: Reading): Inline[] {
  return joined(nodes.flatMap((node) => inline(node, [], reading, 0)))
}

function inline(
  node: Md.PhrasingContent,
  marks: readonly MarkJson[],
  reading: Reading,
  depth: number,
): Inline[] {
  if (depth > MOST_NESTED) throw new TooDeep()
  const within = (mark: MarkJson | null, children: readonly Md.PhrasingContent[]) =>
    children.flatMap((child) =>
      inline(
        child,
        mark ? [...marks.filter(({ type }) => type !== mark.type), mark] : marks,
        reading,
        depth + 1,
      ),
    )
  switch (node.type) {
    case 'text':
      return words(softBreaks(node.value), marks)
    case 'strong':
      return within({ type: 'bold' }, node.children)
    case 'emphasis':
      return within({ type: 'italic' }, node.children)
    case 'delete':
      return within({ type: 'strike' }, node.children)
    case 'inlineCode':
      return words(node.value, [...marks, { type: 'code' }])
    case 'break':
      return [{ type: 'hardBreak' }]
    case 'link':
      return link(node, node.url, node.children)
    case 'linkReference': {
      const definition = reading.definitions.get(node.identifier)
      return definition ? link(node, definition.url, node.children) : asWritten(node)
    }
    case 'image':
      return image(node, node.url, node.alt ?? '')
    case 'imageReference': {
      const definition = reading.definitions.get(node.identifier)
      return definition ? image(node, definition.url, node.alt ?? '') : asWritten(node)
    }
    case 'html':
      reading.notes.add(node, 'html_as_text', node.value)
      return words(softBreaks(node.value), marks)
    case 'footnoteReference':
      reading.notes.add(node, 'footnote_as_text', `[^${node.label ?? node.identifier}]`)
      return words(`[^${node.label ?? node.identifier}]`, marks)
    default:
      return asWritten(node)
  }

  function link(at: Md.Nodes, url: string, children: readonly Md.PhrasingContent[]): Inline[] {
    const href = safeHref(url)
    if (href === null) reading.notes.add(at, 'link_dropped', url)
    return within(href === null ? null : { type: 'link', attrs: { href } }, children)
  }

  function image(at: Md.Nodes, url: string, alt: string): Inline[] {
    const fileId = fileIdOf(url)
    if (fileId !== null) return [{ type: 'image', attrs: { fileId, alt: alt || null } }]
    // Fetching it would tell a stranger who reads this page and when. Its address stays, as a link.
    const href = safeHref(url)
    reading.notes.add(at, href === null ? 'image_as_text' : 'image_as_link', url)
    if (href === null) return words(alt, marks)
    return words(alt || url, [
      ...marks.filter(({ type }) => type !== 'link'),
      { type: 'link', attrs: { href } },
    ])
  }

  function asWritten(at: Md.Nodes): Inline[] {
    const text = reading.source.slice(at.position?.start.offset ?? 0, at.position?.end.offset ?? 0)
    return words(softBreaks(text), marks)
  }
}

function words(text: string, marks: readonly MarkJson[]): Inline[] {
  if (text === '') return []
  return [{ type: 'text', text, ...(marks.length > 0 ? { marks: [...marks] } : {}) }]
}

/** A line end inside a paragraph is a space, and between two Chinese characters it is nothing. */
function softBreaks(text: string): string {
  if (!text.includes('\n')) return text
  return text.replace(/[ \t]*\n[ \t]*/g, (_, at: number) => {
    const before = text.slice(0, at).trimEnd().at(-1) ?? ''
    const after = text.slice(at).trimStart().at(0) ?? ''
    return WIDE.test(before) && WIDE.test(after) ? '' : ' '
  })
}

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u

/** Neighbouring texts with the same marks as one, as the editor would have them. */
export function joined(nodes: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (last?.type === 'text' && node.type === 'text' && sameMarks(last.marks, node.marks)) {
      out[out.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` }
    } else out.push(node)
  }
  return out
}

function sameMarks(one: readonly MarkJson[] | undefined, other: readonly MarkJson[] | undefined): boolean {
  const key = (marks: readonly MarkJson[] | undefined) =>
    JSON.stringify([...(marks ?? [])].sort((a, b) => (a.type < b.type ? -1 : 1)))
  return key(one) === key(other)
}

/** All words below a node, as a heading is compared and a property read. */
export function plainText(node: Md.Nodes): string {
  return textOf(node)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

export function textOf(node: Md.Nodes): string {
  let out = ''
  const open: Md.Nodes[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('value' in next) out += next.value
    else if (next.type === 'break') out += ' '
    else if ('alt' in next) out += next.alt ?? ''
    if ('children' in next) open.push(...[...next.children].reverse())
  }
  return out
}
