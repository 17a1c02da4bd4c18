import type { Json } from './json'
import { cleanAttrs, MARK_ORDER, MARKS } from './schema/spec'
import type { Piece } from './walk'

export interface CleanMark {
  readonly name: string
  readonly attrs: Readonly<Record<string, Json>>
}

/**
 * The marks of a piece that the schema knows, outermost first, their attributes made safe to read. A comment
 * without a thread is none: there is nothing it could show.
 */
export function cleanMarks(piece: Piece): CleanMark[] {
  const clean: CleanMark[] = []
  for (const { name, attrs: given } of piece.marks) {
    const spec = Object.hasOwn(MARKS, name) ? MARKS[name] : undefined
    if (!spec) continue
    const attrs = cleanAttrs(spec.attrs, typeof given === 'object' ? { ...given } : null)
    if (spec.several && Object.values(attrs).includes(null)) continue
    if (!clean.some((mark) => mark.name === name && sameAttrs(mark.attrs, attrs))) clean.push({ name, attrs })
  }
  return clean.sort(
    (one, other) =>
      MARK_ORDER.indexOf(one.name) - MARK_ORDER.indexOf(other.name) || compare(one.attrs, other.attrs),
  )
}

type Attrs = CleanMark['attrs']

function sameAttrs(one: Attrs, other: Attrs): boolean {
  return compare(one, other) === 0
}

function compare(one: Attrs, other: Attrs): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  return a < b ? -1 : a > b ? 1 : 0
}
