import type * as Md from 'mdast'
import type { Language } from '@/lib/domain/language'
import type { NodeJson } from '../json'
import { MAX_DEPTH, NODES } from '../schema/spec'
import { type Inline, inlineOf, joined, type Reading, textOf } from './inline'
import { readEntry, readSentence, readSlots } from './read-items'
import { TooDeep } from './too-deep'

export type { Notes } from './inline'
export { plainText } from './inline'

/** Blocks of a file as nodes of the schema, in order. */
export function blocksOf(nodes: readonly Md.RootContent[], reading: Reading, depth = 0): NodeJson[] {
  // One list item is two nodes deep; the schema's limit counts nodes.
  if (depth > MAX_DEPTH - 3) throw new TooDeep()
  const blocks: NodeJson[] = []
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]
    if (!node) continue
    if (node.type !== 'list') {
      blocks.push(...block(node, reading, depth))
      continue
    }
    const { made, open } = list(node, reading, depth)
    blocks.push(...made)
    // The quote right below the slots is the sentence they make.
    const next = nodes[index + 1]
    if (!open || next?.type !== 'blockquote' || calloutOf(next, reading)) continue
    const sentence = readSentence(next, open.item, open.language, reading)
    if (sentence === undefined) continue
    if (sentence) open.item.content?.push(sentence)
    index += 1
  }
  return blocks
}

function block(node: Md.RootContent, reading: Reading, depth: number): NodeJson[] {
  const { notes, source } = reading
  switch (node.type) {
    case 'paragraph':
      return paragraphs(inlineOf(node.children, reading))
    case 'heading': {
      if (node.depth === 6) notes.add(node, 'heading_level', textOf(node))
      const level = Math.min(5, Math.max(3, node.depth))
      return paragraphs(inlineOf(node.children, reading), { type: 'heading', attrs: { level } })
    }
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }]
    case 'blockquote':
      return [quote(node, reading, depth)]
    case 'list':
      return list(node, reading, depth).made
    case 'code': {
      const language = node.lang ?? null
      const accepted = NODES.codeBlock?.attrs.language?.accepts(language) ? language : null
      return [{ type: 'codeBlock', attrs: { language: accepted }, content: textNodes(node.value) }]
    }
    case 'table':
      return [table(node, reading)]
    case 'html':
      notes.add(node, 'html_as_text', node.value)
      return [{ type: 'paragraph', content: lines(node.value) }]
    case 'definition':
      // A definition somebody refers to has done its work; any other is a line of text that would be lost.
      if (reading.used.has(node.identifier)) return []
      notes.add(node, 'definition_as_text', node.label ?? node.identifier)
      return [{ type: 'paragraph', content: textNodes(`[${node.label ?? node.identifier}]: ${node.url}`) }]
    case 'footnoteDefinition': {
      const name = `[^${node.label ?? node.identifier}]: `
      notes.add(node, 'footnote_as_text', name)
      const [first, ...more] = blocksOf(node.children, reading, depth)
      if (first?.type !== 'paragraph')
        return [{ type: 'paragraph', content: textNodes(name) }, ...(first ? [first, ...more] : [])]
      return [{ ...first, content: joined([...textNodes(name), ...(first.content ?? [])]) }, ...more]
    }
    default: {
      // Front matter and whatever else a parser may come to know: the source as it stands.
      const text = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
      return text ? [{ type: 'paragraph', content: lines(text) }] : []
    }
  }
}

/** A line of text and pictures. Pictures are blocks here, so one in the middle of a line divides it. */
function paragraphs(inline: readonly Inline[], shell: NodeJson = { type: 'paragraph' }): NodeJson[] {
  const blocks: NodeJson[] = []
  let line: NodeJson[] = []
  const end = (last: boolean) => {
    if (line.length > 0 || (last && blocks.length === 0)) blocks.push({ ...shell, content: line })
    line = []
  }
  for (const part of inline) {
    if (part.type !== 'image') {
      line.push(part)
      continue
    }
    end(false)
    blocks.push(part)
  }
  end(true)
  return blocks
}

const CALLOUT = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

/** The mark that makes a quote a callout. */
function calloutOf(node: Md.Blockquote, reading: Reading): RegExpExecArray | null {
  const [first] = node.children
  const start = first?.type === 'paragraph' ? first.children[0] : undefined
  // The bracket has to stand in the source: an escaped one is a quote that begins with these words.
  const marked = start?.type === 'text' && reading.source[start.position?.start.offset ?? -1] === '['
  return marked ? CALLOUT.exec(start.value) : null
}

function quote(node: Md.Blockquote, reading: Reading, depth: number): NodeJson {
  const [first, ...more] = node.children
  const start = first?.type === 'paragraph' ? first.children[0] : undefined
  const match = calloutOf(node, reading)
  if (!match || first?.type !== 'paragraph' || start?.type !== 'text') {
    return { type: 'blockquote', content: blocksOf(node.children, reading, depth + 1) }
  }
  const rest = start.value.slice(match[0].length)
  const children: Md.PhrasingContent[] = rest
    ? [{ ...start, value: rest }, ...first.children.slice(1)]
    : first.children.slice(1)
  const line = children.length > 0 ? paragraphs(inlineOf(children, reading)) : []
  const content = [...line, ...blocksOf(more, reading, depth + 1)]
  const kind = /note|tip/i.test(match[1] ?? '') ? 'note' : 'attention'
  return {
    type: 'callout',
    attrs: { kind },
    content: content.length > 0 ? content : [{ type: 'paragraph', content: [] }],
  }
}

/** A positioning that its list ends with, and that may have its sentence below. */
interface OpenPositioning {
  readonly item: NodeJson
  readonly language: Language
}

/**
 * A list. Entries that are items become blocks of their own, the others stay lists. Where only some entries have
 * a box it becomes several, for an entry is either a task or none.
 */
function list(
  node: Md.List,
  reading: Reading,
  depth: number,
): { made: NodeJson[]; open: OpenPositioning | null } {
  const made: NodeJson[] = []
  /** The list being filled; an item ends it. */
  let current: NodeJson[] = []
  let open: OpenPositioning | null = null
  const begin = node.start ?? 1
  for (let index = 0; index < node.children.length; index++) {
    const item = node.children[index]
    if (!item) continue
    const positioning = node.ordered ? null : readSlots(node.children.slice(index, index + 3), reading)
    const read = positioning ?? (node.ordered ? null : readEntry(item, reading))
    open = null
    if (read) {
      const rest = blocksOf(read.rest, reading, depth + 2)
      made.push(read.item, ...read.images, ...rest)
      current = []
      if (!positioning) continue
      index += positioning.taken - 1
      if (positioning.mayHaveSentence && rest.length === 0 && read.images.length === 0) {
        open = { item: read.item, language: positioning.language }
      }
      continue
    }
    const task = typeof item.checked === 'boolean'
    const type = task ? 'taskList' : node.ordered ? 'orderedList' : 'bulletList'
    const content = blocksOf(item.children, reading, depth + 2)
    const entry: NodeJson = {
      type: task ? 'taskItem' : 'listItem',
      ...(task ? { attrs: { checked: item.checked === true } } : {}),
      content: content.length > 0 ? content : [{ type: 'paragraph', content: [] }],
    }
    const [last] = current
    if (last?.type === type) last.content?.push(entry)
    else {
      current = [
        { type, ...(type === 'orderedList' ? { attrs: { start: begin + index } } : {}), content: [entry] },
      ]
      made.push(...current)
    }
  }
  return { made, open }
}

function table(node: Md.Table, reading: Reading): NodeJson {
  const width = Math.max(1, ...node.children.map((row) => row.children.length))
  return {
    type: 'table',
    content: node.children.map((row, index) => ({
      type: 'tableRow',
      content: Array.from({ length: width }, (_, column) => {
        const cell = row.children[column]
        const content = paragraphs(inlineOf(cell?.children ?? [], reading))
        return {
          type: index === 0 ? 'tableHeader' : 'tableCell',
          attrs: { align: node.align?.[column] ?? null },
          content,
        }
      }),
    })),
  }
}

function textNodes(text: string): NodeJson[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

/** Text of several lines in one paragraph. */
function lines(text: string): NodeJson[] {
  return text
    .split('\n')
    .flatMap((line, index) => (index === 0 ? textNodes(line) : [{ type: 'hardBreak' }, ...textNodes(line)]))
}
