import {
  BorderStyle,
  type FileChild,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Language } from '@/lib/domain/language'
import type { PictureForExport } from '../exported'
import type { NodeJson } from '../json'
import { begin, type Comments, end, runs, xmlText } from './inline'
import { STYLE } from './names'
import { BULLETS, LAST_LEVEL, numbersFrom } from './styles'

export interface Writing {
  readonly language: Language
  readonly comments: Comments
  readonly pictures: ReadonlyMap<string, PictureForExport>
  /** Threads that hang on an item rather than on words. */
  threadsOfItem(item: string): readonly string[]
  /** Notes the first number of a list, and answers which list of the document it is. */
  list(start: number): number
}

/** How a block stands in its surroundings. */
interface Place {
  readonly style?: string
  /** Nesting of lists: 0 outside of any. */
  readonly level: number
  /** Number or bullet for the first line of an entry. */
  readonly numbering?: IParagraphOptions['numbering']
  readonly prefix?: string
}

const OUTSIDE: Place = { level: 0 }

/** Blocks as paragraphs and tables. */
export function blocks(nodes: readonly NodeJson[], writing: Writing, place: Place = OUTSIDE): FileChild[] {
  const out: FileChild[] = []
  for (const node of nodes) {
    const made = block(node, writing, place)
    // Two tables that touch would be one to Word.
    if (made[0] instanceof Table && out.at(-1) instanceof Table) out.push(gap())
    out.push(...made)
  }
  return out
}

function block(node: NodeJson, writing: Writing, place: Place): FileChild[] {
  const content = node.content ?? []
  switch (node.type) {
    case 'paragraph':
      return [line(content, writing, place)]
    case 'heading':
      return [
        new Paragraph({
          heading:
            [HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4][
              Number(node.attrs?.level ?? 3) - 3
            ] ?? HeadingLevel.HEADING_2,
          children: runs(content, writing.comments),
        }),
      ]
    case 'blockquote':
      return blocks(content, writing, { ...place, style: STYLE.quote })
    case 'callout':
      return blocks(content, writing, {
        ...place,
        style: node.attrs?.kind === 'attention' ? STYLE.attention : STYLE.note,
      })
    case 'bulletList':
      return list(content, writing, place, { reference: BULLETS, instance: 0 })
    case 'taskList':
      return list(content, writing, place, { reference: BULLETS, instance: 0 })
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1)
      return list(content, writing, place, { reference: numbersFrom(start), instance: writing.list(start) })
    }
    case 'codeBlock':
      return [codeBlock(content.map((child) => child.text ?? '').join(''))]
    case 'horizontalRule':
      return [new Paragraph({ style: STYLE.rule, children: [] })]
    case 'table':
      return table(content, writing)
    case 'image':
      return picture(node, writing, place)
    case 'item':
      return item(node, writing)
    case 'foreign':
      return typeof node.attrs?.text === 'string'
        ? [line([{ type: 'text', text: node.attrs.text }], writing, place)]
        : []
    default:
      return []
  }
}

function line(content: readonly NodeJson[], writing: Writing, place: Place): Paragraph {
  const prefix = place.prefix ? [new TextRun(place.prefix)] : []
  return new Paragraph({
    ...(place.style ? { style: place.style } : {}),
    ...(place.numbering ? { numbering: place.numbering } : {}),
    // The second paragraph of an entry stands under its first.
    ...(place.level > 0 && !place.numbering ? { indent: { left: 340 * place.level } } : {}),
    children: [...prefix, ...runs(content, writing.comments)],
  })
}

function list(
  items: readonly NodeJson[],
  writing: Writing,
  place: Place,
  numbering: { readonly reference: string; readonly instance: number },
): FileChild[] {
  const level = Math.min(place.level, LAST_LEVEL)
  return items.flatMap((entry) => {
    const [first, ...more] = entry.content ?? []
    const box = entry.type === 'taskItem' ? (entry.attrs?.checked === true ? '☑ ' : '☐ ') : ''
    const head: Place = {
      ...(place.style ? { style: place.style } : {}),
      level: place.level + 1,
      numbering: { ...numbering, level },
      ...(box ? { prefix: box } : {}),
    }
    const below: Place = { ...(place.style ? { style: place.style } : {}), level: place.level + 1 }
    // An entry that begins with a table or a picture still needs its bullet.
    return first?.type === 'paragraph'
      ? [line(first.content ?? [], writing, head), ...blocks(more, writing, below)]
      : [line([], writing, head), ...blocks(entry.content ?? [], writing, below)]
  })
}

function codeBlock(code: string): Paragraph {
  const lines = xmlText(code).split('\n')
  return new Paragraph({
    style: STYLE.code,
    children: lines.map((text, index) => new TextRun({ text, ...(index > 0 ? { break: 1 } : {}) })),
  })
}

/** The width of the text on A4 with our margins, in twentieths of a point. */
const TEXT_WIDTH = 9411

function table(rows: readonly NodeJson[], writing: Writing): FileChild[] {
  const filled = rows.filter((row) => (row.content ?? []).length > 0)
  if (filled.length === 0) return []
  const width = (row: NodeJson) => (row.content ?? []).reduce((sum, cell) => sum + span(cell, 'colspan'), 0)
  const columns = Math.max(...filled.map(width))
  const isHead = (row: NodeJson) => (row.content ?? []).every((cell) => cell.type === 'tableHeader')
  const heads = Math.max(
    0,
    filled.findIndex((row) => !isHead(row)),
  )
  return [
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      layout: TableLayoutType.AUTOFIT,
      columnWidths: Array.from({ length: columns }, () => Math.floor(TEXT_WIDTH / columns)),
      borders: {
        top: NO_LINE,
        left: NO_LINE,
        right: NO_LINE,
        insideVertical: NO_LINE,
        bottom: HAIRLINE,
        insideHorizontal: HAIRLINE,
      },
      margins: { top: 60, bottom: 60, right: 160, marginUnitType: WidthType.DXA },
      rows: filled.map(
        (row, at) =>
          new TableRow({
            cantSplit: true,
            // Repeated at the top of every page, which Word does for the first rows only.
            tableHeader: at < heads,
            children: (row.content ?? []).map((cell) => {
              // Cells that would reach below the last row make Word repair the file.
              const rowSpan = Math.min(span(cell, 'rowspan'), filled.length - at)
              const columnSpan = span(cell, 'colspan')
              return new TableCell({
                ...(rowSpan > 1 ? { rowSpan } : {}),
                ...(columnSpan > 1 ? { columnSpan } : {}),
                children: cellContent(cell, writing),
              })
            }),
          }),
      ),
    }),
  ]
}

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: 'BFC6C1' }

function span(cell: NodeJson, name: 'colspan' | 'rowspan'): number {
  const value = cell.attrs?.[name]
  return typeof value === 'number' && value > 1 ? value : 1
}

function cellContent(cell: NodeJson, writing: Writing): (Paragraph | Table)[] {
  const align = cell.attrs?.align
  const head = cell.type === 'tableHeader'
  const content = (cell.content ?? []).flatMap((node): FileChild[] =>
    node.type === 'paragraph'
      ? [
          new Paragraph({
            style: STYLE.cell,
            ...(align === 'right' || align === 'center' ? { alignment: align } : {}),
            children: runs(node.content ?? [], writing.comments, head ? { bold: true } : {}),
          }),
        ]
      : blocks([node], writing, { level: 0, style: STYLE.cell }),
  )
  const made = content.filter(
    (child): child is Paragraph | Table => child instanceof Paragraph || child instanceof Table,
  )
  // The last thing in a cell is a paragraph, or Word calls the file damaged.
  if (!(made.at(-1) instanceof Paragraph)) made.push(new Paragraph({ style: STYLE.cell, children: [] }))
  return made
}

function gap(): Paragraph {
  return new Paragraph({ spacing: { before: 0, after: 0, line: 120 }, children: [] })
}

const TYPES: Readonly<Record<string, 'png' | 'jpg' | 'gif'>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
}
/** Pixels that fit between the margins, at 96 to the inch. */
const WIDEST = 627
const HIGHEST = 860

function picture(node: NodeJson, writing: Writing, place: Place): FileChild[] {
  const alt = typeof node.attrs?.alt === 'string' ? node.attrs.alt : ''
  const found = typeof node.attrs?.fileId === 'string' ? writing.pictures.get(node.attrs.fileId) : undefined
  const type = found && TYPES[found.type]
  if (!found || !type) return alt === '' ? [] : [line([{ type: 'text', text: alt }], writing, place)]
  const wanted = typeof node.attrs?.width === 'number' ? node.attrs.width : found.width
  const scale = Math.min(1, WIDEST / wanted, HIGHEST / ((wanted * found.height) / found.width))
  const width = Math.max(1, Math.round(wanted * scale))
  const height = Math.max(1, Math.round((wanted * scale * found.height) / found.width))
  const words = xmlText(alt)
  return [
    new Paragraph({
      children: [
        new ImageRun({
          type,
          data: found.bytes,
          transformation: { width, height },
          altText: { name: xmlText(found.name), title: '', description: words },
        }),
      ],
    }),
  ]
}

function item(node: NodeJson, writing: Writing): FileChild[] {
  const { language, comments } = writing
  const id = typeof node.attrs?.id === 'string' ? node.attrs.id : ''
  const threads = writing.threadsOfItem(id)
  const colon = language === 'zh' ? '：' : ': '
  return (node.content ?? []).map((part, index) => {
    const inline = runs(part.content ?? [], comments)
    const key =
      part.type === 'itemProperty'
        ? [new TextRun({ style: STYLE.key, text: xmlText(String(part.attrs?.key ?? '')) + colon })]
        : []
    const children: ParagraphChild[] = [...key, ...inline]
    return new Paragraph({
      style: STYLES[part.type] ?? STYLE.item,
      // What follows the last line of an item is not part of it, and stands off.
      ...(index === (node.content ?? []).length - 1 && part.type === 'itemProperty'
        ? { spacing: { after: 160 } }
        : {}),
      // Threads on the item as a whole hang on its first line.
      children:
        index > 0
          ? children
          : [
              ...threads.flatMap((thread) => begin(comments, thread)),
              ...children,
              ...threads.flatMap((thread) => end(comments, thread)),
            ],
    })
  })
}

const STYLES: Readonly<Record<string, string>> = {
  itemProperty: STYLE.line,
  itemSentence: STYLE.sentence,
  itemIntent: STYLE.intent,
}
