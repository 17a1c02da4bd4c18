import type * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import type { NodeJson } from '../json'
import { fileSource } from '../links'
import { propertiesOf } from '../properties'
import { readNodes } from '../read-nodes'
import { CHAPTERS, PREFACE } from '../roots'
import { chapterHeading, type Property, propertyOf } from './frame'
import { inlineNodes } from './read-inline'
import { type Container, writeInline } from './write-inline'

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
  const preface = readNodes(doc.getXmlFragment(PREFACE))
  parts.push(blocks(preface, title !== '' && properties.length === 0 && looksLikeProperties(preface[0])))
  for (const chapter of CHAPTERS) {
    parts.push(`## ${chapterHeading(chapter, language)}`, blocks(readNodes(doc.getXmlFragment(chapter))))
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** One root as Markdown, for copying a chapter. */
export function writeRoot(root: Y.XmlFragment): string {
  return blocks(readNodes(root))
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
function blocks(nodes: readonly NodeJson[], second = false): string {
  const out: string[] = []
  let before: ReturnType<typeof listKind> | 'none' = 'none'
  let other = false
  for (const node of nodes) {
    const list = listKind(node)
    // Two lists in a row would be read as one; a different bullet tells them apart.
    const otherNow: boolean = list !== null && (before === list ? !other : second && before === 'none')
    const text = block(node, otherNow)
    if (text === '') continue
    out.push(text)
    before = list
    other = otherNow
  }
  return out.join('\n\n')
}

function listKind(node: NodeJson): 'bullets' | 'numbers' | null {
  if (node.type === 'orderedList') return 'numbers'
  return node.type === 'bulletList' || node.type === 'taskList' ? 'bullets' : null
}

function block(node: NodeJson, other: boolean): string {
  const content = node.content ?? []
  switch (node.type) {
    case 'paragraph':
      return line(content, 'paragraph')
    case 'heading':
      return `${'#'.repeat(Number(node.attrs?.level ?? 3))} ${line(content, 'heading')}`.trimEnd()
    case 'horizontalRule':
      return '---'
    case 'blockquote':
      return quoted(blocks(content))
    case 'callout': {
      const mark = node.attrs?.kind === 'attention' ? '[!WARNING]' : '[!NOTE]'
      const inside = blocks(content)
      return quoted(
        inside === '' ? mark : `${mark}\n${content[0]?.type === 'paragraph' ? '' : '\n'}${inside}`,
      )
    }
    case 'bulletList':
    case 'taskList':
      return content.map((item) => entry(item, other ? '*' : '-')).join('\n')
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1)
      return content.map((item, index) => entry(item, `${start + index}${other ? ')' : '.'}`)).join('\n')
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

function quoted(text: string): string {
  return text
    .split('\n')
    .map((row) => (row === '' ? '>' : `> ${row}`))
    .join('\n')
}

function entry(item: NodeJson, bullet: string): string {
  const content = item.content ?? []
  const box = item.type === 'taskItem' ? (item.attrs?.checked === true ? '[x] ' : '[ ] ') : ''
  const indent = ' '.repeat(bullet.length + 1)
  let text = ''
  let before: NodeJson | null = null
  let other = false
  for (const child of content) {
    const list = listKind(child)
    other = list !== null && before !== null && listKind(before) === list ? !other : false
    const written = block(child, other)
    if (written === '') continue
    // A list may follow its entry's line directly; anything else needs a blank line to be a block of its own.
    if (before)
      text += before.type === 'paragraph' && list !== null && child.type !== 'orderedList' ? '\n' : '\n\n'
    text += written
    before = child
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
