/** Deflate's alphabets: which symbol says a length or a distance, and how many bits follow it. */
export const END = 256
export const LITERALS = 286
export const DISTANCES = 30

const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]

/** By length, 3 to 258: the symbol, its first length, its further bits. */
export const lengthSymbol = new Uint16Array(259)
export const lengthBase = new Uint16Array(LITERALS)
export const lengthExtra = new Uint8Array(LITERALS)
/** By distance, 1 to 32768. */
export const distanceSymbol = new Uint8Array(32_769)
export const distanceBase = new Uint16Array(DISTANCES)
export const distanceExtra = new Uint8Array(DISTANCES)

let length = 3
for (const [i, bits] of lengthBits.entries()) {
  const symbol = 257 + i
  // The longest has a symbol of its own, though the one before could say it.
  if (i === 28) length = 258
  lengthBase[symbol] = length
  lengthExtra[symbol] = bits
  for (let n = 0; n < 1 << bits && length <= 258; n += 1, length += 1) lengthSymbol[length] = symbol
}
let distance = 1
for (const [symbol, bits] of distanceBits.entries()) {
  distanceBase[symbol] = distance
  distanceExtra[symbol] = bits
  for (let n = 0; n < 1 << bits; n += 1, distance += 1) distanceSymbol[distance] = symbol
}
