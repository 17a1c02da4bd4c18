import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from '@/lib/domain/refusal'

/** Parts of an archive: Word needs twenty, a document with a hundred pictures some more. */
const MAX_ENTRIES = 2_000
/** Unpacked, together. */
const MAX_BYTES = 50_000_000
/** XML packs to a twentieth. A hundredth is made to be unpacked. */
const MAX_RATIO = 100
/** Below this nobody is harmed, and a long row of equal table cells packs as well as any bomb. */
const HARMLESS = 300_000

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/** A zip archive of which nothing has been unpacked yet. */
export interface Archive {
  has(name: string): boolean
  /** The bytes of a part, or null when there is none. Refuses as `openArchive` does. */
  read(name: string): Uint8Array | null
  readonly names: readonly string[]
}

/**
 * Reads the directory of an archive and judges it before a byte is unpacked: number of parts, sizes, names. Sizes may
 * lie, so what comes out is counted as well, part by part and together, and compared with what was said.
 * Refuses with `wrong_type` (no archive), `archive_too_large`, or `import_unreadable` (damaged, encrypted, or with names
 * that lead elsewhere).
 */
export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 22 || view.getUint32(0, true) !== 0x04034b50) throw new Refusal('wrong_type')
  const entries = new Map<string, Entry>()
  let sum = 0
  for (const entry of directory(view, bytes)) {
    if (!isPlainName(entry.name) || entries.has(entry.name)) throw new Refusal('import_unreadable')
    sum += entry.size
    const ratio = entry.size / Math.max(1, entry.packed)
    if (sum > MAX_BYTES || (entry.size > HARMLESS && ratio > MAX_RATIO))
      throw new Refusal('archive_too_large')
    entries.set(entry.name, entry)
  }
  let left = MAX_BYTES
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const out = unpack(view, bytes, entry, left)
      left -= out.byteLength
      return out
    },
  }
}

const damaged = () => new Refusal('import_unreadable')

function directory(view: DataView, bytes: Uint8Array): Entry[] {
  // The end of the directory stands at the end of the file, behind it a comment of at most 65,535 bytes.
  let end = -1
  for (let at = bytes.byteLength - 22; at >= Math.max(0, bytes.byteLength - 65_557); at--) {
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + 22 + view.getUint16(at + 20, true) === bytes.byteLength
    ) {
      end = at
      break
    }
  }
  if (end < 0) throw damaged()
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  // An archive of several files, or one of more than 4 GB.
  if (view.getUint16(end + 4, true) !== 0 || start === 0xffffffff || count === 0xffff) throw damaged()
  if (count > MAX_ENTRIES) throw new Refusal('archive_too_large')
  const entries: Entry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw damaged()
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw damaged()
    const madeBy = view.getUint8(at + 5)
    const mode = view.getUint32(at + 38, true) >>> 16
    const encrypted = (flags & 1) !== 0
    const link = madeBy === 3 && (mode & 0xf000) === 0xa000
    if (encrypted || link) throw damaged()
    const entry: Entry = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    }
    // A folder has a name and nothing else.
    if (!entry.name.endsWith('/')) entries.push(entry)
    at = next
  }
  return entries
}

function isPlainName(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !/[\\\0:]/.test(name) && !name.split('/').includes('..')
}

function unpack(view: DataView, bytes: Uint8Array, entry: Entry, left: number): Uint8Array {
  if (entry.at + 30 > bytes.byteLength || view.getUint32(entry.at, true) !== 0x04034b50) throw damaged()
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  if (start + entry.packed > bytes.byteLength) throw damaged()
  const packed = bytes.subarray(start, start + entry.packed)
  if (entry.size > left) throw new Refusal('archive_too_large')
  let out: Uint8Array
  if (entry.method === 0) out = packed
  else if (entry.method === 8) out = inflate(packed, entry.size)
  else throw damaged()
  if (out.byteLength !== entry.size || crc32(out) !== entry.crc) throw damaged()
  return out
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  try {
    // One byte more than it says it has: it stops there instead of believing.
    return inflateRawSync(packed, { maxOutputLength: size + 1 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    throw code === 'ERR_BUFFER_TOO_LARGE' ? new Refusal('archive_too_large') : damaged()
  }
}
