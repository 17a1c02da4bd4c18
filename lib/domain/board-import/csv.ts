import { Refusal } from '../refusal'
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from './plan'

/**
 * The cells of a CSV text: quotes, line breaks inside them, comma, semicolon or tab, with or without a byte order mark.
 * Cells are text, whatever they begin with: nothing is ever computed. Refuses `too_large`, `too_many`.
 */
export function parseCsv(text: string): string[][] {
  if (text.length > MAX_IMPORT_BYTES) throw new Refusal('too_large')
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((value) => value.trim() !== '')) rows.push(row)
    row = []
    if (rows.length > MAX_IMPORT_ROWS + 1)
      throw new Refusal('too_many', { field: 'rows', max: MAX_IMPORT_ROWS })
  }
  for (let i = 0; i < source.length; i++) {
    const sign = source.charAt(i)
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (source.charAt(i + 1) === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === separator) endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** The sign that the first line has most of. */
function separatorOf(text: string): string {
  const line = text.slice(0, 10_000).split('\n', 1)[0] ?? ''
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/**
 * Cells as CSV with CRLF. What a spreadsheet would take for a formula gets an apostrophe in front, so that a title
 * like `=HYPERLINK(…)` stays a title on the machine of whoever opens the file.
 */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
