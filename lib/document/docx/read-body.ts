import type { NodeJson } from '../json'
import { cleanAttrs, NODES } from '../schema/spec'
import { plainStyle, STYLE } from './names'
import { type Style, styleChain } from './parts'
import { type Reading, readLine } from './read-runs'
import { element, elements, isOn, value, type Xml } from './xml'

/** A paragraph or table of a body, flat as Word keeps them: lists and quotes are not yet made. */
export type Piece =
  | {
      readonly kind: 'line'
      readonly inline: readonly NodeJson[]
      /** Our own style's id, or what a foreign style means. */
      readonly role: Role
      /** 1 to 9; 0: no heading. */
      readonly heading: number
      readonly list: {
        readonly id: string
        readonly level: number
        readonly ordered: boolean
        readonly start: number
      } | null
      readonly align: 'left' | 'center' | 'right' | null
      /** Which paragraph of the document, from 1. */
      readonly number: number
    }
  | { readonly kind: 'block'; readonly node: NodeJson; readonly number: number }

export type Role =
  | 'body'
  | 'title'
  | 'property'
  | 'item'
  | 'item-line'
  | 'sentence'
  | 'quote'
  | 'note'
  | 'attention'
  | 'code'
  | 'rule'
  | 'lost'
  | 'contents'

/** Counts the paragraphs of a document while they are read. */
export interface Counter {
  number: number
}

export function readBody(body: Xml, reading: Reading, counter: Counter): Piece[] {
  const pieces: Piece[] = []
  for (const child of elements(body)) {
    switch (child.name) {
      case 'w:p':
        counter.number += 1
        pieces.push(...paragraph(child, reading, counter))
        break
      case 'w:tbl':
        pieces.push({ kind: 'block', node: table(child, reading, counter), number: counter.number })
        break
      case 'w:sdt':
        pieces.push(...readBody(element(child, 'w:sdtContent') ?? child, reading, counter))
        break
      case 'w:ins':
      case 'w:moveTo':
      case 'w:customXml':
        pieces.push(...readBody(child, reading, counter))
        break
      case 'w:commentRangeStart': {
        const id = child.attrs['w:id'] ?? ''
        const thread = reading.threadOf(id)
        if (thread !== null) reading.open.set(id, thread)
        break
      }
      case 'w:commentRangeEnd':
        reading.open.delete(child.attrs['w:id'] ?? '')
        break
      default:
        break
    }
  }
  return pieces
}

// Other programs make ids of their own out of the names: ours differ from each other in spaces only.
const ROLES: ReadonlyMap<string, Role> = new Map(
  (
    [
      [STYLE.property, 'property'],
      [STYLE.item, 'item'],
      [STYLE.line, 'item-line'],
      [STYLE.sentence, 'sentence'],
      [STYLE.quote, 'quote'],
      [STYLE.note, 'note'],
      [STYLE.attention, 'attention'],
      [STYLE.code, 'code'],
      [STYLE.rule, 'rule'],
      [STYLE.lost, 'lost'],
    ] as const
  ).map(([id, role]) => [plainStyle(id), role]),
)

function roleOf(styles: readonly Style[]): Role {
  for (const { id, name } of styles) {
    const own = ROLES.get(plainStyle(id)) ?? ROLES.get(plainStyle(name))
    if (own) return own
    if (name === 'title') return 'title'
    if (/^(?:quote|intense quote|block text)$/.test(name)) return 'quote'
    if (/^(?:html preformatted|source code|plain text|macro text)$/.test(name)) return 'code'
    if (/^(?:toc \d|toc heading|table of figures)$/.test(name)) return 'contents'
  }
  return 'body'
}

function headingOf(styles: readonly Style[], properties: Xml | undefined): number {
  const own = value(properties, 'w:outlineLvl')
  if (own !== undefined && Number(own) < 9) return Number(own) + 1
  for (const { name, outline } of styles) {
    const match = /^heading (\d)$/.exec(name)
    if (match) return Number(match[1])
    if (outline !== null && outline < 9) return outline + 1
  }
  return 0
}

function paragraph(node: Xml, reading: Reading, counter: Counter): Piece[] {
  const properties = element(node, 'w:pPr')
  const styles = styleChain(reading.parts.styles, value(properties, 'w:pStyle'))
  const { inline, boxes } = readLine(node, reading)
  const role = roleOf(styles)
  const heading = role === 'title' ? 0 : headingOf(styles, properties)
  const number = counter.number
  const jc = value(properties, 'w:jc')
  const base = {
    role,
    heading,
    list: heading > 0 ? null : listOf(properties, styles, reading),
    align: jc === 'center' ? ('center' as const) : jc === 'right' || jc === 'end' ? ('right' as const) : null,
    number,
  }
  const pieces: Piece[] = []
  let line: NodeJson[] = []
  // Pictures are blocks here, so one in the middle of a line divides it.
  const end = (last: boolean) => {
    if (line.length > 0 || (last && pieces.length === 0)) pieces.push({ kind: 'line', inline: line, ...base })
    line = []
  }
  for (const part of inline) {
    if (part.type !== 'image') {
      line.push(part)
      continue
    }
    end(false)
    pieces.push({ kind: 'block', node: part, number })
  }
  end(true)
  for (const box of boxes) pieces.push(...readBody(box, reading, counter))
  return pieces
}

function listOf(properties: Xml | undefined, styles: readonly Style[], { parts }: Reading) {
  const own = element(properties, 'w:numPr')
  const styled = styles.find(({ numbering }) => numbering !== null)?.numbering
  const id = value(own, 'w:numId') ?? styled?.list ?? null
  if (id === null || id === '0') return null
  const level = Math.min(8, Math.max(0, Number(value(own, 'w:ilvl') ?? styled?.level ?? 0) || 0))
  const known = parts.lists.get(id)?.get(level)
  return { id, level, ordered: known?.ordered ?? false, start: known?.start ?? 1 }
}

interface Cell {
  readonly head: boolean
  readonly align: 'left' | 'center' | 'right' | null
  readonly content: NodeJson[]
  readonly columns: number
  rows: number
}

function table(node: Xml, reading: Reading, counter: Counter): NodeJson {
  const rows: Cell[][] = []
  // Cells that go on downwards, by their first column.
  const going = new Map<number, Cell>()
  for (const row of elements(node, 'w:tr')) {
    const head = isOn(element(row, 'w:trPr'), 'w:tblHeader')
    const cells: Cell[] = []
    let column = 0
    for (const cell of rowCells(row)) {
      const properties = element(cell, 'w:tcPr')
      const columns = Math.min(100, Math.max(1, Number(value(properties, 'w:gridSpan') ?? 1) || 1))
      const merge = element(properties, 'w:vMerge')
      const above = going.get(column)
      const { blocks, align } = cellContent(readBody(cell, reading, counter), head)
      if (merge && merge.attrs['w:val'] !== 'restart' && above) {
        above.rows += 1
        above.content.push(...blocks.filter((block) => (block.content ?? []).length > 0))
      } else {
        const made: Cell = { head, align, content: blocks, columns, rows: 1 }
        cells.push(made)
        if (merge) going.set(column, made)
        else going.delete(column)
      }
      column += columns
    }
    rows.push(cells)
  }
  // How far a cell goes down is known when the last row has been read.
  return {
    type: 'table',
    content: rows.map((cells) => ({
      type: 'tableRow',
      content: cells.map(({ head, align, content, columns, rows }) => ({
        type: head ? 'tableHeader' : 'tableCell',
        attrs: cleanAttrs(NODES.tableCell?.attrs ?? {}, {
          align,
          colspan: columns,
          rowspan: Math.min(1000, rows),
        }),
        content,
      })),
    })),
  }
}

function rowCells(row: Xml): Xml[] {
  return elements(row).flatMap((child) =>
    child.name === 'w:tc'
      ? [child]
      : child.name === 'w:sdt'
        ? rowCells(element(child, 'w:sdtContent') ?? child)
        : [],
  )
}

/** A cell holds plain blocks: its lists become lines, tables in it stand as they are. */
function cellContent(
  pieces: readonly Piece[],
  head: boolean,
): { blocks: NodeJson[]; align: 'left' | 'center' | 'right' | null } {
  const lines = pieces.flatMap((piece) => (piece.kind === 'line' ? [piece] : []))
  // A head that is bold as a whole is bold because it is a head.
  const bold =
    head && lines.every(({ inline }) => inline.every((node) => node.type !== 'text' || isBold(node)))
  const blocks = pieces.map((piece): NodeJson => {
    if (piece.kind === 'block') return piece.node
    return { type: 'paragraph', content: bold ? piece.inline.map(unbold) : [...piece.inline] }
  })
  return { blocks, align: lines[0]?.align ?? null }
}

function isBold(node: NodeJson): boolean {
  return node.marks?.some(({ type }) => type === 'bold') === true
}

function unbold(node: NodeJson): NodeJson {
  const { marks, ...rest } = node
  const left = (marks ?? []).filter(({ type }) => type !== 'bold')
  return left.length > 0 ? { ...rest, marks: left } : rest
}
