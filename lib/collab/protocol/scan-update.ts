import { BadFrame, ByteReader } from './byte-reader'

/** Structs of one client in an update: clocks `from` up to, not including, `to`. */
export interface Section {
  readonly client: number
  readonly from: number
  readonly to: number
  /** How many, and the bytes they lie in: from `at` up to, not including, `end`. */
  readonly structs: number
  readonly at: number
  readonly end: number
}

/** What an update would do, read without building a single Yjs object. */
export interface ScannedUpdate {
  readonly sections: readonly Section[]
  /** For other clients than the struct's own: the highest clock that must be known before it can be placed. */
  readonly needs: ReadonlyMap<number, number>
  /** Per client the end of the last deleted range. */
  readonly deletes: ReadonlyMap<number, number>
  /** Where what it deletes begins: everything from this byte on. */
  readonly deletesAt: number
  /** Clocks taken by structs without content (collected or deleted): a few bytes may claim any number of them. */
  readonly freeClocks: number
  /** Root types the update writes into directly, and whether by key. */
  readonly roots: ReadonlyMap<string, 'key' | 'list' | 'both'>
  /** Whether it brings new nested types, whose depth must be looked at. */
  readonly nests: boolean
  readonly structs: number
}

/** Yjs draws client ids from 32 bits. */
const MAX_CLIENT = 2 ** 32 - 1
const MAX_VALUE_DEPTH = 32

const EMPTY_MAP: ReadonlyMap<number, number> = new Map()
const EMPTY_ROOTS: ReadonlyMap<string, 'key' | 'list' | 'both'> = new Map()
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a Yjs update (V1) to its last byte and refuses everything an honest Yjs 13 never writes: skipped ranges,
 * sub-documents, empty structs, a client twice, unsorted or overlapping delete ranges (each range walks the
 * client's structs, so overlapping ones are quadratic), invalid UTF-8 or JSON, bytes after the end.
 * Throws BadFrame. Whatever passes decodes in Yjs to exactly the same clocks; the fuzz test holds the two together.
 */
export function scanUpdate(update: Uint8Array): ScannedUpdate {
  const scan = new Scan(update)
  scan.run()
  return scan
}

class Scan extends ByteReader implements ScannedUpdate {
  readonly sections: Section[] = []
  needs: ReadonlyMap<number, number> = EMPTY_MAP
  deletes: ReadonlyMap<number, number> = EMPTY_MAP
  deletesAt = 0
  roots: ReadonlyMap<string, 'key' | 'list' | 'both'> = EMPTY_ROOTS
  freeClocks = 0
  nests = false
  structs = 0
  private ownNeeds: Map<number, number> | null = null
  private ownRoots: Map<string, 'key' | 'list' | 'both'> | null = null

  run(): void {
    const clients = this.count()
    const seen = clients > 1 ? new Set<number>() : null
    for (let i = 0; i < clients; i++) this.section(seen)
    this.deletesAt = this.pos
    this.deleteSet()
    this.finish()
  }

  /** A declared number of things, each at least one byte: more than the bytes left is a lie, and a cheap bomb. */
  private count(): number {
    const n = this.varUint()
    if (n > this.left) throw new BadFrame('count larger than the frame')
    return n
  }

  private section(seen: Set<number> | null): void {
    const structs = this.count()
    if (structs === 0) throw new BadFrame('section without structs')
    const client = this.client(seen)
    const from = this.varUint()
    const at = this.pos
    let clock = from
    for (let i = 0; i < structs; i++) {
      const length = this.struct(client, clock)
      if (length === 0) throw new BadFrame('empty struct')
      clock += length
    }
    if (clock > Number.MAX_SAFE_INTEGER) throw new BadFrame('clock too large')
    this.structs += structs
    this.sections.push({ client, from, to: clock, structs, at, end: this.pos })
  }

  private client(seen: Set<number> | null): number {
    const client = this.varUint()
    if (client > MAX_CLIENT) throw new BadFrame('client id too large')
    if (seen?.has(client)) throw new BadFrame('client twice')
    seen?.add(client)
    return client
  }

  /** Returns the number of clocks the struct takes. */
  private struct(client: number, clock: number): number {
    const info = this.byte()
    const content = info & 31
    if (content === 0) {
      if (info !== 0) throw new BadFrame('unknown struct')
      return this.free()
    }
    const origin = (info & 128) !== 0
    const rightOrigin = (info & 64) !== 0
    if (origin) this.reference(client, clock)
    if (rightOrigin) this.reference(client, clock)
    if (!origin && !rightOrigin) this.parent(client, clock, (info & 32) !== 0)
    return this.content(content)
  }

  private free(): number {
    const length = this.varUint()
    this.freeClocks += length
    if (this.freeClocks > Number.MAX_SAFE_INTEGER) throw new BadFrame('clock too large')
    return length
  }

  private reference(client: number, clock: number): void {
    const otherClient = this.varUint()
    const otherClock = this.varUint()
    if (otherClient === client) {
      // Yjs looks for it without asking whether it is there, and throws half-way through the update.
      if (otherClock >= clock) throw new BadFrame('refers to what it has not written')
      return
    }
    this.ownNeeds ??= new Map()
    this.needs = this.ownNeeds
    const known = this.ownNeeds.get(otherClient)
    if (known === undefined || known < otherClock) this.ownNeeds.set(otherClient, otherClock)
  }

  private parent(client: number, clock: number, byKey: boolean): void {
    const kind = this.varUint()
    if (kind === 1) {
      const name = this.varString()
      if (byKey) this.key()
      this.ownRoots ??= new Map()
      this.roots = this.ownRoots
      const way = byKey ? 'key' : 'list'
      const before = this.ownRoots.get(name)
      this.ownRoots.set(name, before === undefined || before === way ? way : 'both')
      return
    }
    if (kind !== 0) throw new BadFrame('unknown parent')
    this.reference(client, clock)
    if (byKey) this.key()
  }

  private key(): void {
    // Yjs keeps keys in Maps, but toJSON makes plain objects of them.
    if (this.varString() === '__proto__') throw new BadFrame('key of a prototype')
  }

  private content(kind: number): number {
    switch (kind) {
      case 1:
        return this.free()
      case 2: {
        const n = this.count()
        for (let i = 0; i < n; i++) this.json(true)
        return n
      }
      case 3:
        this.skip(this.varUint())
        return 1
      case 4:
        return this.utf16Length()
      case 5:
        this.json(false)
        return 1
      case 6:
        this.key()
        this.json(false)
        return 1
      case 7: {
        this.nests = true
        const type = this.varUint()
        // 5 is XmlHook, which runs a hook by name; nothing of ours writes one.
        if (type > 6 || type === 5) throw new BadFrame('unknown type')
        if (type === 3) this.varString()
        return 1
      }
      case 8: {
        const n = this.count()
        for (let i = 0; i < n; i++) this.value(0)
        return n
      }
      default:
        throw new BadFrame('unknown content')
    }
  }

  private json(undefinedAllowed: boolean): void {
    const bytes = this.varBytes()
    if (tooDeep(bytes)) throw new BadFrame('value too deep')
    try {
      const words = text.decode(bytes)
      if (undefinedAllowed && words === 'undefined') return
      JSON.parse(words)
    } catch {
      throw new BadFrame('not JSON')
    }
  }

  /** lib0's `any`. */
  private value(depth: number): void {
    if (depth > MAX_VALUE_DEPTH) throw new BadFrame('value too deep')
    const kind = this.byte()
    switch (kind) {
      case 127:
      case 126:
      case 121:
      case 120:
        return
      case 125:
        this.varInt()
        return
      case 124:
        this.skip(4)
        return
      case 123:
      case 122:
        this.skip(8)
        return
      case 119:
        this.utf16Length()
        return
      case 118: {
        const n = this.count()
        for (let i = 0; i < n; i++) {
          this.key()
          this.value(depth + 1)
        }
        return
      }
      case 117: {
        const n = this.count()
        for (let i = 0; i < n; i++) this.value(depth + 1)
        return
      }
      case 116:
        this.skip(this.varUint())
        return
      default:
        throw new BadFrame('unknown value')
    }
  }

  private varInt(): void {
    let byte = this.byte()
    let value = byte & 63
    let scale = 64
    while (byte >= 128) {
      byte = this.byte()
      value += (byte & 127) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new BadFrame('number too large')
      scale *= 128
    }
  }

  /** Length of a UTF-8 string in UTF-16 units, which is what Yjs counts. Refuses what a fatal TextDecoder refuses. */
  private utf16Length(): number {
    const bytes = this.bytes
    const length = this.varUint()
    let i = this.pos
    this.skip(length)
    const end = this.pos
    let units = 0
    while (i < end) {
      const a = bytes[i] ?? 0
      if (a < 0x80) {
        i += 1
      } else if (a < 0xe0) {
        if (a < 0xc2 || i + 2 > end || !continues(bytes[i + 1])) throw new BadFrame('not UTF-8')
        i += 2
      } else if (a < 0xf0) {
        const b = bytes[i + 1] ?? 0
        const wrong = (a === 0xe0 && b < 0xa0) || (a === 0xed && b > 0x9f)
        if (wrong || i + 3 > end || !continues(b) || !continues(bytes[i + 2])) throw new BadFrame('not UTF-8')
        i += 3
      } else {
        const b = bytes[i + 1] ?? 0
        const wrong = a > 0xf4 || (a === 0xf0 && b < 0x90) || (a === 0xf4 && b > 0x8f)
        if (wrong || i + 4 > end || !continues(b) || !continues(bytes[i + 2]) || !continues(bytes[i + 3]))
          throw new BadFrame('not UTF-8')
        i += 4
        units += 1
      }
      units += 1
    }
    return units
  }

  private deleteSet(): void {
    const clients = this.count()
    if (clients === 0) return
    const ends = new Map<number, number>()
    for (let i = 0; i < clients; i++) {
      const client = this.varUint()
      if (client > MAX_CLIENT) throw new BadFrame('client id too large')
      if (ends.has(client)) throw new BadFrame('client twice')
      const ranges = this.count()
      let end = 0
      for (let j = 0; j < ranges; j++) {
        const clock = this.varUint()
        const length = this.varUint()
        if (length === 0 || (j > 0 && clock < end)) throw new BadFrame('delete ranges out of order')
        end = clock + length
        if (end > Number.MAX_SAFE_INTEGER) throw new BadFrame('clock too large')
      }
      ends.set(client, end)
    }
    this.deletes = ends
  }
}

function continues(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0
}

/** JSON nested deeper than anything a mark or an embed needs; brackets inside strings do not count. */
function tooDeep(bytes: Uint8Array): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_VALUE_DEPTH) return true
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return false
}

/** The clients of a state vector, checked: one entry per client, nothing after the end. Throws BadFrame. */
export function scanStateVector(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes)
  const n = reader.varUint()
  // An entry takes two bytes at least.
  if (n > reader.left / 2) throw new BadFrame('count larger than the frame')
  for (let i = 0; i < n; i++) {
    reader.varUint()
    reader.varUint()
  }
  reader.finish()
  return n
}
