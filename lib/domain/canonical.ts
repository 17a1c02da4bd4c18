import { digest } from 'lib0/hash/sha256'
import { assert } from '@/lib/kit/assert'
import type { Json } from './change'

/**
 * JSON with one spelling: keys in the order of their UTF-16 units, no spaces. Equal values give equal text, whoever
 * wrote them and in whatever order, so that a hash of it says something.
 */
export function canonicalJson(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
    return `{${fields.join(',')}}`
  }
  assert(typeof value !== 'number' || Number.isFinite(value), 'numbers in a seal are finite')
  return JSON.stringify(value)
}

/** Bytes that were sealed, and their SHA-256 in hex. */
export interface Seal {
  readonly bytes: Uint8Array
  readonly hash: string
}

export function sealOf(value: Json): Seal {
  const bytes = new TextEncoder().encode(canonicalJson(value))
  return { bytes, hash: hashOf(bytes) }
}

export function hashOf(bytes: Uint8Array): string {
  return Array.from(digest(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What was sealed. An assertion when the bytes are not those the hash was made of: somebody wrote beside the app. */
export function readSeal({ bytes, hash }: Seal): unknown {
  assert(hashOf(bytes) === hash, 'a seal is what was sealed')
  return JSON.parse(new TextDecoder().decode(bytes))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
