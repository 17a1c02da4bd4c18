interface Box {
  readonly id: string
  readonly height: number
}

const SWEEPS = 6

/**
 * Where each box begins, column by column, in the order given. The fullest column is set close; every other box stands
 * as near as its neighbours allow to the middle of what it is joined to.
 */
export function spread(
  columns: readonly (readonly Box[])[],
  edges: readonly { readonly from: string; readonly to: string }[],
  apart: number,
): ReadonlyMap<string, number> {
  const full = (column: readonly Box[]) => column.reduce((sum, { height }) => sum + height + apart, -apart)
  const total = Math.max(0, ...columns.map(full))
  const top = new Map<string, number>()
  const height = new Map(columns.flat().map((box) => [box.id, box.height]))
  const joined = new Map<string, string[]>()
  const join = (one: string, other: string) => {
    const list = joined.get(one)
    if (list) list.push(other)
    else joined.set(one, [other])
  }
  for (const { from, to } of edges) {
    join(from, to)
    join(to, from)
  }
  for (const column of columns) {
    // First evenly over the whole height.
    const gap = column.length > 1 ? (total - full(column)) / (column.length - 1) : 0
    let y = column.length > 1 ? 0 : (total - full(column)) / 2
    for (const box of column) {
      top.set(box.id, y)
      y += box.height + apart + gap
    }
  }
  const middle = (id: string) => (top.get(id) ?? 0) + (height.get(id) ?? 0) / 2
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = column.map(({ id, height }) => {
        const others = joined.get(id) ?? []
        return others.length === 0
          ? (top.get(id) ?? 0)
          : others.reduce((sum, other) => sum + middle(other), 0) / others.length - height / 2
      })
      settle(column, wanted, total, apart).forEach((y, i) => {
        const box = column[i]
        if (box) top.set(box.id, y)
      })
    }
  return top
}

/** In their order, without touching, as near to what is wanted as that allows: runs that touch share their way. */
function settle(column: readonly Box[], wanted: readonly number[], total: number, apart: number): number[] {
  // Offsets within a column set close turn "not touching" into "not falling": then neighbours that fall are averaged.
  let offset = 0
  const offsets = column.map(({ height }) => {
    const own = offset
    offset += height + apart
    return own
  })
  const room = Math.max(0, total - (offset - apart))
  const runs: { sum: number; n: number }[] = []
  wanted.forEach((want, i) => {
    runs.push({ sum: want - (offsets[i] ?? 0), n: 1 })
    for (let last = runs.length - 1; last > 0; last--) {
      const [before, run] = [runs[last - 1], runs[last]]
      if (!before || !run || before.sum / before.n <= run.sum / run.n) break
      runs.splice(last - 1, 2, { sum: before.sum + run.sum, n: before.n + run.n })
    }
  })
  const free = runs.flatMap(({ sum, n }) =>
    Array.from({ length: n }, () => Math.min(room, Math.max(0, sum / n))),
  )
  return free.map((y, i) => y + (offsets[i] ?? 0))
}
