import type * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import type { NodeJson } from '../json'
import { fileSource } from '../links'
import { propertiesOf } from '../properties'
import { readNodes } from '../read-nodes'
import { CHAPTERS, PREFACE, TEXT_ROOTS, type TextRoot } from '../roots'
import { chapterHeading, type Property, propertyOf } from './frame'
import { inlineNodes } from './read-inline'
import { type Container, writeInline } from './write-inline'
import { type ItemWriting, itemWriting, type WrittenItem, writeItem } from './write-items'

export interface MarkdownFrame {
  /** The strategy's title; it is a row, not part of the document. */
  readonly title: string
  readonly language: Language
  /** Those of the document when left out. */
  readonly properties?: readonly Property[]
}

/**
 * A strategy as Markdown in the frame of docs/markdown.md. What Markdown cannot say is left out: underline, the
 * width of images, cells over several columns; blocks inside a table's cell become one line.
 */
export function writeMarkdown(doc: Y.Doc, frame: MarkdownFrame): string {
  const { title, language } = frame
  const properties = frame.properties ?? propertiesOf(doc)
  const parts: string[] = []
  if (title || properties.length > 0)
    parts.push(`# ${line([{ type: 'text', text: title }], 'heading')}`.trim())
  const colon = language === 'zh' ? '：' : ': '
  if (properties.length > 0) {
    parts.push(
      properties
        .map(([key, value]) => `- ${line([{ type: 'text', text: `${key}${colon}${value}` }], 'paragraph')}`)
        .join('\n'),
    )
  }
  const roots = Object.fromEntries(
    TEXT_ROOTS.map((root) => [root, readNodes(doc.getXmlFragment(root))]),
  ) as Record<TextRoot, NodeJson[]>
  const writing = itemWriting(roots, language)
  const preface = roots[PREFACE]
  parts.push(
    blocks(preface, writing, title !== '' && properties.length === 0 && looksLikeProperties(preface[0])),
  )
  for (const chapter of CHAPTERS) {
    parts.push(`## ${chapterHeading(chapter, language)}`, blocks(roots[chapter], writing))
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** One root as Markdown, for copying a chapter. What it cites outside of itself has no code here and is left out. */
export function writeRoot(root: Y.XmlFragment, language: Language = 'en'): string {
  const nodes = readNodes(root)
  return blocks(nodes, itemWriting({ [rootName(root)]: nodes }, language))
}

function rootName(root: Y.XmlFragment): TextRoot {
  return TEXT_ROOTS.find((name) => root.doc?.getXmlFragment(name) === root) ?? PREFACE
}

/** A list that the reader would take for the properties when it stands right after the title. */
function looksLikeProperties(node: NodeJson | undefined): boolean {
  return (
    node?.type === 'bulletList' &&
    (node.content ?? []).every((item) => propertyOf(textIn(item.content?.[0])) !== null)
  )
}

function textIn(node: NodeJson | undefined): string {
  return node?.text ?? (node?.content ?? []).map(textIn).join('')
}

/** Blocks with a blank line between them. `second`: the first list takes the other bullet. */
function blocks(nodes: readonly NodeJson[], writing: ItemWriting, second = false): string {
  let out = ''
  for (const { text, before, tight } of pieces(nodes, writing, second)) {
    out += before === null ? text : `${tight ? '\n' : '\n\n'}${text}`
  }
  return out
}

interface BlockPiece {
  readonly text: string
  readonly before: NodeJson | null
  /** An entry of the list above: no blank line between. */
  readonly tight: boolean
  readonly node: NodeJson
}

function pieces(nodes: readonly NodeJson[], writing: ItemWriting, second = false): BlockPiece[] {
  const out: BlockPiece[] = []
  let list: ReturnType<typeof listKind> = null
  let other = second
  let openItem = false
  for (const node of nodes) {
    const kind = node.type === 'item' ? 'bullets' : listKind(node)
    const written = node.type === 'item' ? writeItem(node, writing) : null
    const entries = written?.form === 'entries'
    // Two lists in a row would be read as one, and prose after an item as one of its kind; a different bullet tells
    // them apart. An item goes on in the list of the item before it.
    const goesOn = entries && openItem
    if (kind === null || (written && !entries)) other = false
    else if (out.length > 0) other = list === kind && !goesOn ? !other : goesOn && other
    const text = written ? item(written, other) : block(node, other, writing)
    if (text === '') continue
    out.push({ text, before: out.at(-1)?.node ?? null, tight: goesOn, node })
    const endsInQuote = entries && written.quote !== null
    list = (written && !entries) || endsInQuote ? null : kind
    openItem = entries && !endsInQuote
  }
  return out
}

/** An item as it stands in the file, in entries with the given bullet. */
function item(written: WrittenItem, other: boolean): string {
  if (written.form === 'paragraph') return line(written.content, 'paragraph')
  if (written.form === 'prose') return written.lines.map((words) => line(words, 'paragraph')).join('\n\n')
  const bullet = other ? '*' : '-'
  const list = written.entries
    .map((one) =>
      [
        `${bullet} ${hanging(line(one.line, 'paragraph'), '  ')}`,
        ...one.properties.map((words) => `  - ${hanging(line(words, 'paragraph'), '    ')}`),
      ].join('\n'),
    )
    .join('\n')
  return written.quote ? `${list}\n\n${quoted(line(written.quote, 'paragraph'))}` : list
}

/** Further lines of an entry under its first one. */
function hanging(text: string, indent: string): string {
  return text.replaceAll('\n', `\n${indent}`)
}

function listKind(node: NodeJson): 'bullets' | 'numbers' | null {
  if (node.type === 'orderedList') return 'numbers'
  return node.type === 'bulletList' || node.type === 'taskList' ? 'bullets' : null
}

function block(node: NodeJson, other: boolean, writing: ItemWriting): string {
  const content = node.content ?? []
  switch (node.type) {
    case 'paragraph':
      return line(content, 'paragraph')
    case 'heading':
      return `${'#'.repeat(Number(node.attrs?.level ?? 3))} ${line(content, 'heading')}`.trimEnd()
    case 'horizontalRule':
      return '---'
    case 'blockquote':
      return quoted(blocks(content, writing))
    case 'callout': {
      const mark = node.attrs?.kind === 'attention' ? '[!WARNING]' : '[!NOTE]'
      const inside = blocks(content, writing)
      return quoted(
        inside === '' ? mark : `${mark}\n${content[0]?.type === 'paragraph' ? '' : '\n'}${inside}`,
      )
    }
    case 'bulletList':
    case 'taskList':
      return content.map((item) => entry(item, other ? '*' : '-', writing)).join('\n')
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1)
      return content
        .map((item, index) => entry(item, `${start + index}${other ? ')' : '.'}`, writing))
        .join('\n')
    }
    case 'codeBlock':
      return fenced(content.map((child) => child.text ?? '').join(''), String(node.attrs?.language ?? ''))
    case 'table':
      return table(content)
    case 'image': {
      const source = fileSource(node.attrs?.fileId)
      const alt = typeof node.attrs?.alt === 'string' ? node.attrs.alt : ''
      const words = line([{ type: 'text', text: alt }], 'heading')
      return source === null
        ? line([{ type: 'text', text: alt }], 'paragraph')
        : `![${words.replaceAll(']', '\\]')}](${source})`
    }
    case 'foreign':
      return line(
        [{ type: 'text', text: typeof node.attrs?.text === 'string' ? node.attrs.text : '' }],
        'paragraph',
      )
    default:
      return ''
  }
}

const isList = (node: NodeJson) => node.type === 'item' || listKind(node) === 'bullets'

function quoted(text: string): string {
  return text
    .split('\n')
    .map((row) => (row === '' ? '>' : `> ${row}`))
    .join('\n')
}

function entry(item: NodeJson, bullet: string, writing: ItemWriting): string {
  const box = item.type === 'taskItem' ? (item.attrs?.checked === true ? '[x] ' : '[ ] ') : ''
  const indent = ' '.repeat(bullet.length + 1)
  let text = ''
  for (const { text: written, before, tight, node } of pieces(item.content ?? [], writing)) {
    // A list may follow its entry's line directly; anything else needs a blank line to be a block of its own.
    const close = tight || (before?.type === 'paragraph' && /^[-*] /.test(written) && isList(node))
    text += before === null ? written : `${close ? '\n' : '\n\n'}${written}`
  }
  const body = text
    .split('\n')
    .map((row, index) => (index === 0 || row === '' ? row : indent + row))
    .join('\n')
  return `${bullet} ${box}${body}`.trimEnd()
}

function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code}${code === '' ? '' : '\n'}${fence}`
}

const RULES: Record<string, string> = { left: ':--', center: ':-:', right: '--:' }

function table(rows: readonly NodeJson[]): string {
  const cells = rows.map((row) => (row.content ?? []).flatMap(cellTexts))
  const width = Math.max(0, ...cells.map((row) => row.length))
  if (width === 0) return ''
  const written = cells.map(
    (row) => `| ${Array.from({ length: width }, (_, column) => row[column] ?? '').join(' | ')} |`,
  )
  const rules = Array.from({ length: width }, (_, column) => {
    const align = rows[0]?.content?.[column]?.attrs?.align
    return (typeof align === 'string' ? RULES[align] : undefined) ?? '---'
  })
  return [written[0], `| ${rules.join(' | ')} |`, ...written.slice(1)].join('\n')
}

/** The words of a cell on one line, and empty cells for the further columns it spans. */
function cellTexts(cell: NodeJson): string[] {
  const inline = linesOf(cell).flatMap((one, index) =>
    index === 0 ? one : [{ type: 'text', text: ' ' }, ...one],
  )
  const span = typeof cell.attrs?.colspan === 'number' ? cell.attrs.colspan : 1
  return [line(inline, 'cell'), ...Array.from({ length: span - 1 }, () => '')]
}

function linesOf(node: NodeJson): NodeJson[][] {
  return (node.content ?? []).flatMap((child) => {
    const inline = (child.content ?? []).some(({ type }) => type === 'text' || type === 'hardBreak')
    return inline ? [child.content ?? []] : linesOf(child)
  })
}

function line(nodes: readonly NodeJson[], container: Container): string {
  return writeInline(nodes, container, (candidate) => {
    const text = container === 'heading' ? `# ${candidate}` : candidate
    const read = inlineNodes(container === 'cell' ? `| ${candidate} |\n| --- |` : text)
    return read !== null && flat(read) === flat(nodes)
  })
}

/** Words with the marks that Markdown has, letter by letter, space at the edges of marks left aside. */
function flat(nodes: readonly NodeJson[]): string {
  let out = ''
  for (const node of nodes) {
    const marks = (node.marks ?? [])
      .map(({ type, attrs }) => (type === 'link' ? `link ${attrs?.href}` : type))
      .filter((name) => name !== 'underline')
      .sort()
      .join(',')
    for (const char of node.text ?? '\n') out += /\s/.test(char) ? ' ' : `${char}{${marks}}`
  }
  return out.trim()
}
