/**
 * Lengths of the best prefix code for symbols that occur so often, none longer than `limit` bits: package-merge.
 * Symbols that do not occur have none.
 */
export function codeLengths(counts, limit) {
  const lengths = new Uint8Array(counts.length)
  const leaves = []
  for (let symbol = 0; symbol < counts.length; symbol += 1)
    if (counts[symbol] > 0) leaves.push({ weight: counts[symbol], symbol, one: null, other: null })
  if (leaves.length <= 1) {
    for (const { symbol } of leaves) lengths[symbol] = 1
    return lengths
  }
  leaves.sort((a, b) => a.weight - b.weight)
  let packages = []
  for (let bit = 0; bit < limit; bit += 1) {
    const row = merged(leaves, packages)
    packages = []
    for (let i = 0; i + 1 < row.length; i += 2)
      packages.push({ weight: row[i].weight + row[i + 1].weight, symbol: -1, one: row[i], other: row[i + 1] })
  }
  const open = packages.slice(0, leaves.length - 1)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.symbol >= 0) lengths[next.symbol] += 1
    else open.push(next.one, next.other)
  }
  return lengths
}

function merged(one, other) {
  const all = []
  let i = 0
  let j = 0
  while (i < one.length || j < other.length) {
    if (j >= other.length || (i < one.length && one[i].weight <= other[j].weight)) all.push(one[i++])
    else all.push(other[j++])
  }
  return all
}

/** The codes of these lengths, their bits turned round: deflate writes them from the end. */
export function codesOf(lengths) {
  const codes = new Uint16Array(lengths.length)
  let code = 0
  for (let bits = 1; bits <= 15; bits += 1) {
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== bits) continue
      let turned = 0
      for (let bit = 0; bit < bits; bit += 1) if (code & (1 << bit)) turned |= 1 << (bits - 1 - bit)
      codes[symbol] = turned
      code += 1
    }
    code <<= 1
  }
  return codes
}
