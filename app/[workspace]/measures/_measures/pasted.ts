import { type DayText, isDay } from '@/lib/domain/day-text'
import { MAX_NOTE } from '@/lib/domain/measure'

/** One line of what was pasted: a reading, or what is wrong with it. */
export type PastedLine =
  | {
      readonly line: number
      readonly state: 'reading'
      readonly on: DayText
      readonly value: number
      readonly note: string
      /** A later line says something else for the same day, and counts. */
      readonly again: boolean
    }
  | { readonly line: number; readonly state: 'head' }
  | {
      readonly line: number
      readonly state: 'wrong'
      readonly why: 'day' | 'day_unclear' | 'day_future' | 'value' | 'value_missing' | 'note_long'
      readonly text: string
    }

/**
 * Reads lines of "day, value, note" as people copy them from a sheet: separated by tabs, semicolons or commas, numbers
 * in either way of writing them. Nothing is guessed in silence: a line that can be read in two ways is wrong.
 */
export function readPasted(text: string, today: DayText): PastedLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const separator = text.includes('\t') ? '\t' : text.includes(';') ? ';' : ','
  const read = lines.flatMap((line, index): PastedLine[] =>
    line.trim() === '' ? [] : [readLine(cellsOf(line, separator), index + 1, line, today, index === 0)],
  )
  const last = new Map<DayText, number>()
  for (const one of read) if (one.state === 'reading') last.set(one.on, one.line)
  return read.map((one) => (one.state === 'reading' ? { ...one, again: last.get(one.on) !== one.line } : one))
}

function readLine(
  [first = '', second = '', ...rest]: string[],
  line: number,
  text: string,
  today: DayText,
  mayBeHead: boolean,
): PastedLine {
  const wrong = (why: Extract<PastedLine, { state: 'wrong' }>['why']): PastedLine => ({
    line,
    state: 'wrong',
    why,
    text: [...text.trim()].slice(0, 60).join(''),
  })
  const on = readDay(first)
  const value = readNumber(second)
  if (mayBeHead && on === null && value === null && !/\d/.test(first)) return { line, state: 'head' }
  if (on === null) return wrong('day')
  if (on === 'unclear') return wrong('day_unclear')
  if (on > today) return wrong('day_future')
  if (second.trim() === '') return wrong('value_missing')
  if (value === null) return wrong('value')
  const note = rest.join(', ').trim()
  if ([...note].length > MAX_NOTE) return wrong('note_long')
  return { line, state: 'reading', on, value, note, again: false }
}

/** The cells of one line; a cell in quotes may hold the separator. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const sign = line.charAt(i)
    if (quoted && sign === '"' && line.charAt(i + 1) === '"') {
      cell += '"'
      i++
    } else if (sign === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (sign === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return [...cells, cell].map((one) => one.trim())
}

/** A day in one of the ways sheets write it; 'unclear' where day and month could change places. */
export function readDay(text: string): DayText | 'unclear' | null {
  const clean = text.normalize('NFKC').trim()
  const first = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(clean)
  if (first) return dayOf(first[1], first[2], first[3])
  const last = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(clean)
  if (!last) return null
  const [, a = '', sign, b = '', year] = last
  // With points the day stands first wherever points are used; with strokes it depends on the country.
  if (sign === '.' || Number(a) > 12 || a === b) return dayOf(year, b, a)
  return Number(b) > 12 ? dayOf(year, a, b) : 'unclear'
}

function dayOf(year = '', month = '', day = ''): DayText | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : null
}

/** A number as it is written in either language, with or without its unit: `1,234.5`, `1.234,5`, `23 %`, `¥ 42`. */
export function readNumber(text: string): number | null {
  const clean = text
    .normalize('NFKC')
    .replace(/[\s'’]/g, '')
    .replace(/[−–]/g, '-')
    .replace(/^[^\d+\-.,]{0,4}/, '')
    .replace(/[^\d.,]{0,12}$/, '')
  const plain = asDecimal(clean)
  return plain !== null && /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null
}

/** The same with a point before the decimals and no signs between thousands. */
function asDecimal(text: string): string | null {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma < 0) return /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text) ? text.replaceAll('.', '') : text
  if (point < 0)
    return /^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(text) || text.indexOf(',') !== comma
      ? thousands(text, ',')
      : text.replace(',', '.')
  return comma > point
    ? thousands(text.slice(0, comma), '.', text.slice(comma + 1))
    : thousands(text.slice(0, point), ',', text.slice(point + 1))
}

function thousands(text: string, sign: '.' | ',', decimals = ''): string | null {
  const [first = '', ...groups] = text.split(sign)
  if (groups.some((group) => !/^\d{3}$/.test(group)) || (!/^[+-]?\d{1,3}$/.test(first) && groups.length > 0))
    return null
  return `${first}${groups.join('')}${decimals === '' ? '' : `.${decimals}`}`
}
