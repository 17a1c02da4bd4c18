import { ByteReader } from './byte-reader'
import { ByteWriter } from './byte-writer'
import { joined } from './joined'
import type { ScannedUpdate } from './scan-update'

/** Where a struct of text stands. */
export interface Place {
  readonly client: number
  readonly from: number
  readonly to: number
  /** The clock of its own client that it stands behind; null: behind something else, or nothing. */
  readonly behind: number | null
  /** What it was written before: client and clock. Null: nothing. */
  readonly before: { readonly client: number; readonly clock: number } | null
}

/** With its words: in the update it came in, the struct begins at byte `at`, its words' length at `size`, they at `text`. */
export interface Letters extends Place {
  readonly update: Uint8Array
  readonly at: number
  readonly size: number
  readonly text: number
  readonly end: number
}

const STRING = 4
const ORIGIN = 128
const RIGHT_ORIGIN = 64
const KEY = 32
/** The first number of a place without neighbours; 0: an id. */
const ROOT = 1

/** What an update writes, if that is one struct of text and nothing else; `scanned`: the same update, read to its end. */
export function lettersOf(update: Uint8Array, scanned: ScannedUpdate): Letters | null {
  const [section] = scanned.sections
  if (!section || scanned.structs !== 1 || scanned.deletes.size > 0) return null
  const { client, from, to } = section
  const reader = new ByteReader(update)
  reader.skip(section.at)
  const info = reader.byte()
  if ((info & 31) !== STRING) return null
  let behind: number | null = null
  if (info & ORIGIN) {
    const owner = reader.varUint()
    const clock = reader.varUint()
    if (owner === client) behind = clock
  }
  const before = info & RIGHT_ORIGIN ? { client: reader.varUint(), clock: reader.varUint() } : null
  if (!(info & (ORIGIN | RIGHT_ORIGIN))) {
    // Without neighbours it says what it stands in: a root by its name, or an element by its id.
    if (info & KEY) return null
    if (reader.varUint() === ROOT) reader.skip(reader.varUint())
    else {
      reader.varUint()
      reader.varUint()
    }
  }
  const size = reader.pos
  const length = reader.varUint()
  const text = reader.pos
  return { client, from, to, behind, before, update, at: section.at, size, text, end: text + length }
}

/** Whether letters stand right behind the last ones, and were written before the same thing. */
export function goesOn(letters: Place, last: Place | undefined): boolean {
  if (
    !last ||
    letters.client !== last.client ||
    letters.from !== last.to ||
    letters.behind !== letters.from - 1
  )
    return false
  const { before } = letters
  if (before === null || last.before === null) return before === last.before
  return before.client === last.before.client && before.clock === last.before.clock
}

/** Letters that stand behind each other and before the same thing, in order, as one update with one struct: as if said at once. */
export function asOne(letters: readonly [Letters, ...Letters[]]): Uint8Array {
  const [first] = letters
  const size = letters.reduce((sum, { text, end }) => sum + end - text, 0)
  return joined([
    new ByteWriter().varUint(1).varUint(1).varUint(first.client).varUint(first.from).done(),
    // What it is, and where it stands.
    first.update.subarray(first.at, first.size),
    new ByteWriter().varUint(size).done(),
    ...letters.map(({ update, text, end }) => update.subarray(text, end)),
    // It deletes nothing.
    Uint8Array.of(0),
  ])
}
