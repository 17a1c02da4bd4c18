import { describe, expect, test } from 'vitest'
import { GAP, type Piece, piecesOf, rangeAt, startsOf } from './long-column'

const heights = Array.from({ length: 400 }, (_, i) => 60 + ((i * 37) % 90))
const starts = startsOf(heights)
const whole = (starts.at(-1) ?? 0) - GAP

/** As high as the page would be: cards that lie next to each other have a gap between them. */
function heightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece, i) => {
    if ('gap' in piece) return sum + piece.gap
    const before = pieces[i - 1]
    return sum + (heights[piece.card] ?? 0) + (before && 'card' in before ? GAP : 0)
  }, 0)
}

/** Where a card lies in the page. */
function topOf(pieces: readonly Piece[], card: number): number {
  const at = pieces.findIndex((piece) => 'card' in piece && piece.card === card)
  return heightOf(pieces.slice(0, at + 1)) - (heights[card] ?? 0)
}

describe('a long column', () => {
  test('is as high as if all of it were drawn, and what is drawn lies where it would', () => {
    for (const [top, bottom] of [
      [-500, 900],
      [0, 1_200],
      [4_321, 6_000],
      [whole - 300, whole + 900],
      [whole + 2_000, whole + 4_000],
      [-9_000, -8_000],
    ] as const) {
      const range = rangeAt(starts, top, bottom)
      for (const held of [[], [0], [399], [0, 17, 18, 250, 399]]) {
        const pieces = piecesOf(starts, range, held)
        expect(heightOf(pieces)).toBe(whole)
        for (const piece of pieces)
          if ('card' in piece) expect(topOf(pieces, piece.card)).toBe(starts[piece.card])
        for (const card of held) expect(pieces).toContainEqual({ card })
      }
    }
  })

  test('draws every card that is seen, and few others', () => {
    for (let top = -200; top < whole; top += 777) {
      const { first, end } = rangeAt(starts, top, top + 900)
      heights.forEach((height, i) => {
        const from = starts[i] ?? 0
        const seen = from < top + 900 && from + height > top
        if (seen) expect(i >= first && i < end).toBe(true)
      })
      expect(end - first).toBeLessThan(16)
    }
  })

  test('of nothing is nothing', () => {
    expect(piecesOf(startsOf([]), rangeAt([0], 0, 900), [0])).toEqual([])
  })
})
