import { ByteReader } from './byte-reader'
import type { ScannedUpdate } from './scan-update'

/** A struct of text, as far as its place is concerned. */
export interface Letters {
  readonly client: number
  readonly from: number
  readonly to: number
  /** The clock of its own client that it stands behind; null: behind something else, or nothing. */
  readonly behind: number | null
  /** What it was written before: client and clock. Null: nothing. */
  readonly before: { readonly client: number; readonly clock: number } | null
}

const STRING = 4
const ORIGIN = 128
const RIGHT_ORIGIN = 64

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
  return { client, from, to, behind, before }
}
