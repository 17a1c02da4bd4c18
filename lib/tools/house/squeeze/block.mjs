import { codeLengths, codesOf } from './huffman.mjs'
import {
  DISTANCES,
  distanceBase,
  distanceExtra,
  distanceSymbol,
  END,
  LITERALS,
  lengthBase,
  lengthExtra,
  lengthSymbol,
} from './symbols.mjs'

/** The order in which deflate says how long the codes of code lengths are. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** How often each symbol occurs among the steps from..to. A step of length 1 is the literal its `value` is. */
export function countsOf({ lengths, values }, from, to) {
  const literals = new Uint32Array(LITERALS)
  const distances = new Uint32Array(DISTANCES)
  for (let i = from; i < to; i += 1) {
    if (lengths[i] === 1) literals[values[i]] += 1
    else {
      literals[lengthSymbol[lengths[i]]] += 1
      distances[distanceSymbol[values[i]]] += 1
    }
  }
  literals[END] = 1
  return { literals, distances }
}

/** The codes for symbols that occur so often, how they are told, and what all of it takes in bits. */
export function planOf({ literals, distances }) {
  const literalLengths = codeLengths(literals, 15)
  const distanceLengths = codeLengths(distances, 15)
  // One code alone is no whole tree, which some readers refuse.
  for (let symbol = 0, used = distanceLengths.filter((n) => n > 0).length; used < 2; symbol += 1) {
    if (distanceLengths[symbol] > 0) continue
    distanceLengths[symbol] = 1
    used += 1
  }
  const told = tell(literalLengths, distanceLengths)
  let bits = 3 + told.bits
  for (let i = 0; i < LITERALS; i += 1) bits += literals[i] * (literalLengths[i] + lengthExtra[i])
  for (let i = 0; i < DISTANCES; i += 1) bits += distances[i] * (distanceLengths[i] + distanceExtra[i])
  return { literalLengths, distanceLengths, told, bits }
}

function tell(literalLengths, distanceLengths) {
  let literals = LITERALS
  while (literals > 257 && literalLengths[literals - 1] === 0) literals -= 1
  let distances = DISTANCES
  while (distances > 1 && distanceLengths[distances - 1] === 0) distances -= 1
  const all = [...literalLengths.subarray(0, literals), ...distanceLengths.subarray(0, distances)]
  const words = inWords(all)
  const counts = new Uint32Array(19)
  for (const { symbol } of words) counts[symbol] += 1
  const lengths = codeLengths(counts, 7)
  let shown = 19
  while (shown > 4 && lengths[ORDER[shown - 1]] === 0) shown -= 1
  let bits = 14 + 3 * shown
  for (const { symbol, extra } of words) bits += lengths[symbol] + extra
  return { literals, distances, words, lengths, shown, bits }
}

/** Code lengths with their runs put together. */
function inWords(all) {
  const words = []
  for (let i = 0; i < all.length; ) {
    let run = 1
    while (i + run < all.length && all[i + run] === all[i]) run += 1
    let left = run
    if (all[i] === 0) {
      for (; left >= 11; left -= Math.min(left, 138))
        words.push({ symbol: 18, extra: 7, value: Math.min(left, 138) - 11 })
      if (left >= 3) {
        words.push({ symbol: 17, extra: 3, value: left - 3 })
        left = 0
      }
    } else if (left >= 4) {
      words.push({ symbol: all[i], extra: 0, value: 0 })
      left -= 1
      for (; left >= 3; left -= Math.min(left, 6))
        words.push({ symbol: 16, extra: 2, value: Math.min(left, 6) - 3 })
    }
    for (; left > 0; left -= 1) words.push({ symbol: all[i], extra: 0, value: 0 })
    i += run
  }
  return words
}

/** Writes the steps from..to as one block. */
export function writeBlock(out, steps, from, to, last) {
  const { literalLengths, distanceLengths, told } = planOf(countsOf(steps, from, to))
  out.bits(last ? 1 : 0, 1)
  out.bits(2, 2)
  out.bits(told.literals - 257, 5)
  out.bits(told.distances - 1, 5)
  out.bits(told.shown - 4, 4)
  for (const symbol of ORDER.slice(0, told.shown)) out.bits(told.lengths[symbol], 3)
  const codes = codesOf(told.lengths)
  for (const { symbol, extra, value } of told.words) {
    out.bits(codes[symbol], told.lengths[symbol])
    out.bits(value, extra)
  }
  const literalCodes = codesOf(literalLengths)
  const distanceCodes = codesOf(distanceLengths)
  for (let i = from; i < to; i += 1) {
    const length = steps.lengths[i]
    const value = steps.values[i]
    if (length === 1) {
      out.bits(literalCodes[value], literalLengths[value])
      continue
    }
    const symbol = lengthSymbol[length]
    out.bits(literalCodes[symbol], literalLengths[symbol])
    out.bits(length - lengthBase[symbol], lengthExtra[symbol])
    const far = distanceSymbol[value]
    out.bits(distanceCodes[far], distanceLengths[far])
    out.bits(value - distanceBase[far], distanceExtra[far])
  }
  out.bits(literalCodes[END], literalLengths[END])
}
