/** Rows beyond which a page is one: what a screen shows of a long table. */
const PAGE = 10

/** As much of a cell as walking needs. */
interface Cell {
  readonly colSpan: number
}

/**
 * The cell a key leads to from another one; null: the key is none of ours, or there is nothing that way. Rows may have
 * fewer cells than columns: one cell may span several.
 */
export function step<C extends Cell>(rows: readonly (readonly C[])[], from: C, key: string): C | null {
  const y = rows.findIndex((row) => row.includes(from))
  const row = rows[y]
  if (!row) return null
  const x = columnOf(row, from)
  const down = (by: number) => at(rows[Math.max(0, Math.min(rows.length - 1, y + by))], x)
  switch (key) {
    case 'ArrowRight':
      return row[row.indexOf(from) + 1] ?? null
    case 'ArrowLeft':
      return row[row.indexOf(from) - 1] ?? null
    case 'ArrowDown':
      return y + 1 < rows.length ? down(1) : null
    case 'ArrowUp':
      return y > 0 ? down(-1) : null
    case 'PageDown':
      return down(PAGE)
    case 'PageUp':
      return down(-PAGE)
    case 'Home':
      return row[0] ?? null
    case 'End':
      return row.at(-1) ?? null
    case 'Mod+Home':
      return rows[0]?.[0] ?? null
    case 'Mod+End':
      return rows.at(-1)?.at(-1) ?? null
    default:
      return null
  }
}

function columnOf<C extends Cell>(row: readonly C[], cell: C): number {
  let x = 0
  for (const one of row) {
    if (one === cell) return x
    x += one.colSpan
  }
  return x
}

function at<C extends Cell>(row: readonly C[] | undefined, x: number): C | null {
  let from = 0
  for (const cell of row ?? []) {
    const to = from + cell.colSpan
    if (x < to) return cell
    from = to
  }
  return row?.at(-1) ?? null
}
