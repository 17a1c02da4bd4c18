/** Pixels between two cards, as in `board.css`. */
export const GAP = 8

/** Cards of a column by their place in it: those from `first` on, without `end`. */
export interface Range {
  readonly first: number
  readonly end: number
}

/** What stands in a long column: a card, or the room of cards nobody sees. */
export type Piece =
  | { readonly card: number }
  | { readonly gap: number /** The card above it; null: it is the first. */; readonly after: number | null }

/** Where each card begins, from the top of the column; one entry more says where the next one would. */
export function startsOf(heights: readonly number[]): readonly number[] {
  const starts = [0]
  let at = 0
  for (const height of heights) {
    at += height + GAP
    starts.push(at)
  }
  return starts
}

/** The cards that touch the strip between two heights of the column. */
export function rangeAt(starts: readonly number[], top: number, bottom: number): Range {
  const n = starts.length - 1
  // A card reaches down to where the next one begins: the gap below it counts as its own.
  const first = lowest(n, (i) => (starts[i + 1] ?? 0) > top)
  return {
    first,
    end: Math.max(
      first,
      lowest(n, (i) => (starts[i] ?? 0) >= bottom),
    ),
  }
}

/** Those in the range, those in somebody's hand wherever they lie, and between them room as high as what is not drawn. */
export function piecesOf(starts: readonly number[], range: Range, held: readonly number[]): readonly Piece[] {
  const n = starts.length - 1
  const drawn = new Set(held.filter((i) => i >= 0 && i < n))
  for (let i = Math.max(0, range.first); i < Math.min(n, range.end); i++) drawn.add(i)
  const at = (i: number) => starts[i] ?? 0
  const pieces: Piece[] = []
  let last: number | null = null
  for (const i of [...drawn].sort((a, b) => a - b)) {
    if (i > (last ?? -1) + 1)
      pieces.push({ gap: last === null ? at(i) : at(i) - at(last + 1) + GAP, after: last })
    pieces.push({ card: i })
    last = i
  }
  if (n > 0 && last !== n - 1)
    pieces.push({ gap: last === null ? at(n) - GAP : at(n) - at(last + 1), after: last })
  return pieces
}

/** The lowest number below `n` of which it is true, as it is of all above it; `n` when of none. */
function lowest(n: number, is: (i: number) => boolean): number {
  let [low, high] = [0, n]
  while (low < high) {
    const middle = (low + high) >> 1
    if (is(middle)) high = middle
    else low = middle + 1
  }
  return low
}
