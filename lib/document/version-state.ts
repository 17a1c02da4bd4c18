import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Refusal } from '@/lib/domain/refusal'

/** Which version bytes belong to. */
export interface VersionPlace {
  readonly strategyId: string
  readonly number: number
  readonly seq: number
  readonly contentHash: string
}

/** Nothing of ours unpacks to more: a document is refused long before. */
const MOST_BYTES = 256 * 1024 * 1024

/** A state as it is stored, with the checksum that binds it to its place. */
export function packVersion(place: VersionPlace, state: Uint8Array): { bytes: Uint8Array; checksum: string } {
  const bytes = gzipSync(state)
  return { bytes, checksum: checksumOf(place, bytes) }
}

/** The state, or null when the bytes are not those that were stored here. */
export function unpackVersion(
  place: VersionPlace,
  stored: { readonly bytes: Uint8Array; readonly checksum: string },
): Uint8Array | null {
  if (checksumOf(place, stored.bytes) !== stored.checksum) return null
  try {
    return new Uint8Array(gunzipSync(stored.bytes, { maxOutputLength: MOST_BYTES }))
  } catch {
    return null
  }
}

/** The state of a version. Throws `version_damaged` rather than give back anything but what was captured. */
export function stateOf(
  place: VersionPlace,
  stored: { readonly bytes: Uint8Array; readonly checksum: string } | null,
): Uint8Array {
  const state = stored && unpackVersion(place, stored)
  if (!state) throw new Refusal('version_damaged', { number: place.number })
  return state
}

function checksumOf(place: VersionPlace, bytes: Uint8Array): string {
  return createHash('sha256')
    .update(`${place.strategyId}\n${place.number}\n${place.seq}\n${place.contentHash}\n`)
    .update(bytes)
    .digest('hex')
}
