/** What deflate (RFC 1951) can say. */
export const WINDOW = 32_768
export const LONGEST = 258
const SHORTEST = 3

/** How many earlier places with the same three bytes are looked at. Beyond it hardly a byte is won. */
const PLACES = 6_000

/**
 * For each place of `data` the repeats that begin there: for every length that can be had, the nearest place it can be
 * had from. `lengths` and `distances` of place i lie from `starts[i]` to `starts[i + 1]`, both rising.
 */
export function findMatches(data) {
  const { length } = data
  const heads = new Int32Array(65_536).fill(-1)
  const before = new Int32Array(length)
  const starts = new Int32Array(length + 1)
  let lengths = new Uint16Array(length * 2 + 16)
  let distances = new Uint16Array(length * 2 + 16)
  let count = 0
  for (let i = 0; i < length; i += 1) {
    starts[i] = count
    if (i + SHORTEST > length) continue
    const hash = ((data[i] << 10) ^ (data[i + 1] << 5) ^ data[i + 2] ^ (data[i + 2] << 7)) & 65_535
    const most = Math.min(LONGEST, length - i)
    let best = SHORTEST - 1
    let at = heads[hash]
    for (let tries = PLACES; at >= 0 && i - at <= WINDOW - 1 && tries > 0; tries -= 1) {
      if (data[at + best] === data[i + best] && data[at] === data[i]) {
        let same = 1
        while (same < most && data[at + same] === data[i + same]) same += 1
        if (same > best) {
          if (count === lengths.length) {
            lengths = grown(lengths)
            distances = grown(distances)
          }
          best = same
          lengths[count] = same
          distances[count] = i - at
          count += 1
          if (same === most) break
        }
      }
      at = before[at]
    }
    before[i] = heads[hash]
    heads[hash] = i
  }
  starts[length] = count
  return { starts, lengths, distances }
}

function grown(array) {
  const larger = new Uint16Array(array.length * 2)
  larger.set(array)
  return larger
}
