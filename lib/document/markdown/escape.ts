/** Where a piece of text is written. */
export interface Place {
  /** `block`: first on the first line of a paragraph; `line`: first on a later line of one; else in the middle. */
  readonly start: 'block' | 'line' | null
  /** Last on its line. */
  readonly end: boolean
  readonly inLink: boolean
  readonly inCell: boolean
  /** The character written before and after, for what depends on its neighbours. */
  readonly before: string
  readonly after: string
}

const WORD = /[\p{L}\p{N}]/u

/**
 * Text as Markdown that reads back as the same text. Only what Markdown would take for markup in this place gets a
 * backslash, so that files stay pleasant to read: `(P2)`, `40 %` and `a_b` are left alone.
 */
export function escapeProse(text: string, place: Place): string {
  let out = ''
  const chars = [...text.replace(/[\r\n]+/g, ' ')]
  chars.forEach((char, at) => {
    const before = at > 0 ? (chars[at - 1] ?? '') : place.before
    const after = at < chars.length - 1 ? (chars[at + 1] ?? '') : place.after
    out += escapeChar(char, before, after, chars, at, place)
  })
  if (place.start) out = escapeStart(out, place.start)
  return place.end ? out.replace(/[ \t]$/, (space) => entity(space)) : out
}

function escapeChar(
  char: string,
  before: string,
  after: string,
  chars: readonly string[],
  at: number,
  place: Place,
): string {
  switch (char) {
    case '\\':
    case '`':
    case '*':
    case '~':
    case '[':
      return `\\${char}`
    case '_':
      return WORD.test(before) && WORD.test(after) ? char : '\\_'
    case ']':
      return place.inLink ? '\\]' : char
    case '!':
      return after === '[' ? '\\!' : char
    case '|':
      return place.inCell ? '\\|' : char
    case '<':
      return /[A-Za-z/!?]/.test(after) ? '\\<' : char
    case '&':
      return /^&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]*);/i.test(chars.slice(at, at + 40).join(''))
        ? '\\&'
        : char
    // Bare addresses become links by themselves.
    case ':':
      return after === '/' && /https?$/i.test(chars.slice(Math.max(0, at - 5), at).join('')) ? '\\:' : char
    case '.':
      return /^www$/i.test(chars.slice(Math.max(0, at - 3), at).join('')) ? '\\.' : char
    case '@':
      return /[\w.+-]/.test(before) && /[\w-]/.test(after) ? '\\@' : char
    default:
      return char
  }
}

/** What opens a block when it stands first on a line. */
function escapeStart(line: string, start: 'block' | 'line'): string {
  const space = /^[ \t]/.exec(line)
  if (space) return entity(space[0]) + line.slice(1)
  const number = /^(\d{1,9})([.)])(?=[ \t]|$)/.exec(line)
  if (number) return `${number[1]}\\${line.slice(number[1]?.length)}`
  if (/^(?:#{1,6}(?:[ \t]|$)|>|[-+](?:[ \t]|$)|-[-\s]*$)/.test(line)) return `\\${line}`
  // Below a line of text these would make it a heading or a table.
  if (start === 'line' && /^(?:=+[ \t]*|[|:\- \t]+)$/.test(line)) return `\\${line}`
  return line
}

/** A character by its number: the only way to write a space where Markdown would drop it. */
export function entity(char: string): string {
  return `&#x${(char.codePointAt(0) ?? 32).toString(16).toUpperCase()};`
}

/** An address between the brackets of a link. */
export function escapeAddress(href: string, inCell: boolean): string {
  const escaped = href.replace(/[\\()<>*_`[\]]|&(?=#?\w+;)/g, (char) => `\\${char}`)
  return inCell ? escaped.replaceAll('|', '\\|') : escaped
}
