import { crc32, gunzipSync, gzipSync } from 'node:zlib'
import { countsOf, planOf, writeBlock } from './block.mjs'
import { findMatches } from './matches.mjs'
import { DISTANCES, distanceExtra, distanceSymbol, LITERALS, lengthExtra, lengthSymbol } from './symbols.mjs'

/** Each round knows better what a symbol costs. After these there is hardly a byte to win. */
const ROUNDS = 12
/** Steps below which dividing a block costs more than it wins. */
const SMALLEST = 400
const MOST_BLOCKS = 24

/**
 * gzip, some four percent smaller than zlib's best: the way through all repeats that takes the fewest bits is searched
 * (the idea is Zopfli's), and the text divided where its letters change. Every program that reads gzip reads it. Takes
 * seconds per megabyte: for what is packed once and sent a thousand times.
 */
export function squeeze(plain) {
  const usual = gzipSync(plain, { level: 9 })
  if (plain.length < 200) return usual
  const matches = findMatches(plain)
  let steps = cheapest(plain, matches, 0, plain.length, firstCosts())
  for (let round = 0; round < 2; round += 1)
    steps = cheapest(plain, matches, 0, plain.length, costsOf(countsOf(steps, 0, steps.count)))
  const out = new Bits(usual.length)
  const ends = divide(steps)
  let from = 0
  let byte = 0
  for (const [i, end] of ends.entries()) {
    let until = byte
    for (let step = from; step < end; step += 1) until += steps.lengths[step]
    const best = refined(plain, matches, byte, until, costsOf(countsOf(steps, from, end)))
    writeBlock(out, best, 0, best.count, i === ends.length - 1)
    from = end
    byte = until
  }
  const made = wrapped(out.end(), plain)
  // Nothing is sent that was not read back.
  return made.length < usual.length && gunzipSync(made).equals(plain) ? made : usual
}

/** The best of some rounds over one block. */
function refined(plain, matches, from, to, first) {
  let costs = first
  let best = null
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const steps = cheapest(plain, matches, from, to, costs)
    const counts = countsOf(steps, 0, steps.count)
    const { bits } = planOf(counts)
    if (bits < least) {
      least = bits
      best = steps
    }
    costs = costsOf(counts)
  }
  return best
}

/** The way from..to that takes the fewest bits at these costs. */
function cheapest(plain, { starts, lengths, distances }, from, to, { literal, length, distance }) {
  const size = to - from
  const cost = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY)
  const by = new Uint16Array(size + 1)
  const value = new Uint16Array(size + 1)
  cost[0] = 0
  for (let i = 0; i < size; i += 1) {
    const here = cost[i]
    const place = from + i
    const plus = here + literal[plain[place]]
    if (plus < cost[i + 1]) {
      cost[i + 1] = plus
      by[i + 1] = 1
      value[i + 1] = plain[place]
    }
    const room = size - i
    let next = 3
    for (let match = starts[place]; match < starts[place + 1]; match += 1) {
      const far = distances[match]
      const base = here + distance[distanceSymbol[far]]
      const most = Math.min(lengths[match], room)
      for (; next <= most; next += 1) {
        const sum = base + length[next]
        if (sum < cost[i + next]) {
          cost[i + next] = sum
          by[i + next] = next
          value[i + next] = far
        }
      }
    }
  }
  let count = 0
  for (let at = size; at > 0; at -= by[at]) count += 1
  const steps = { lengths: new Uint16Array(count), values: new Uint16Array(count), count }
  for (let at = size, i = count - 1; at > 0; at -= by[at], i -= 1) {
    steps.lengths[i] = by[at]
    steps.values[i] = value[at]
  }
  return steps
}

function firstCosts() {
  return costsOf({
    literals: new Uint32Array(LITERALS).fill(1),
    distances: new Uint32Array(DISTANCES).fill(1),
  })
}

/**
 * What each symbol costs, in bits and parts of bits: whole bits, as the codes have them, would make the search blind
 * to what is a little dearer. What did not occur is dear and not impossible.
 */
function costsOf({ literals, distances }) {
  const [ofLiterals, ofDistances] = [literals, distances].map((counts) => {
    const all = Math.log2(counts.reduce((sum, n) => sum + n, 0) || 1)
    return Float64Array.from(counts, (n) => (n > 0 ? Math.max(all - Math.log2(n), 0.1) : all + 1))
  })
  const length = new Float64Array(259)
  for (let n = 3; n <= 258; n += 1) length[n] = ofLiterals[lengthSymbol[n]] + lengthExtra[lengthSymbol[n]]
  const distance = ofDistances.map((bits, symbol) => bits + distanceExtra[symbol])
  return { literal: ofLiterals.slice(0, 256), length, distance }
}

/** Where blocks end, as numbers of steps: the piece that wins most by being divided is divided, until none does. */
function divide(steps) {
  const sizeOf = (from, to) => planOf(countsOf(steps, from, to)).bits
  const pieces = [cut(0, steps.count, sizeOf(0, steps.count))]
  while (pieces.length < MOST_BLOCKS) {
    const best = pieces.reduce((one, other) => (other.won > one.won ? other : one))
    if (best.won <= 0) break
    const { from, at, to, left, right } = best
    pieces.splice(pieces.indexOf(best), 1, cut(from, at, left), cut(at, to, right))
  }
  return pieces.map(({ to }) => to).sort((a, b) => a - b)

  function cut(from, to, size) {
    let best = { from, to, at: from, left: 0, right: 0, won: 0 }
    if (to - from < 2 * SMALLEST) return best
    // Looked for coarsely, then nearer and nearer around the best place.
    let low = from + SMALLEST
    let high = to - SMALLEST
    for (let step = Math.ceil((high - low) / 12); step >= 40; step = Math.ceil(step / 5)) {
      for (let at = low; at <= high; at += step) {
        const left = sizeOf(from, at)
        const right = sizeOf(at, to)
        const won = size - left - right
        if (won > best.won) best = { from, to, at, left, right, won }
      }
      if (best.won <= 0) break
      low = Math.max(from + SMALLEST, best.at - step)
      high = Math.min(to - SMALLEST, best.at + step)
    }
    return best
  }
}

function wrapped(deflated, plain) {
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255])
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(plain), 0)
  tail.writeUInt32LE(plain.length % 2 ** 32, 4)
  return Buffer.concat([head, deflated, tail])
}

class Bits {
  constructor(size) {
    this.bytes = Buffer.alloc(size + 65_536)
    this.length = 0
    this.held = 0
    this.count = 0
  }

  bits(value, count) {
    this.held |= value << this.count
    this.count += count
    while (this.count >= 8) {
      if (this.length === this.bytes.length)
        this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.length)])
      this.bytes[this.length] = this.held & 255
      this.length += 1
      this.held >>>= 8
      this.count -= 8
    }
  }

  end() {
    if (this.count > 0) this.bits(0, 8 - this.count)
    return this.bytes.subarray(0, this.length)
  }
}
