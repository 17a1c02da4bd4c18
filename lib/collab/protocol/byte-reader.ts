/** A frame that is not what the grammar says. The message is for logs, never holds content. */
export class BadFrame extends Error {}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads lib0's encodings strictly: lib0 itself reads past the end as `undefined` in places, and takes numbers
 * beyond 2^53. Everything here throws BadFrame instead.
 */
export class ByteReader {
  pos = 0
  constructor(
    readonly bytes: Uint8Array,
    private readonly end = bytes.length,
  ) {}

  get left(): number {
    return this.end - this.pos
  }

  byte(): number {
    const value = this.pos < this.end ? this.bytes[this.pos++] : undefined
    if (value === undefined) throw new BadFrame('ends too early')
    return value
  }

  varUint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new BadFrame('number too large')
      if (byte < 128) return value
      scale *= 128
    }
  }

  skip(length: number): void {
    if (length > this.left) throw new BadFrame('ends too early')
    this.pos += length
  }

  /** A view into the frame, not a copy. */
  varBytes(): Uint8Array {
    const length = this.varUint()
    const start = this.pos
    this.skip(length)
    return this.bytes.subarray(start, start + length)
  }

  varString(): string {
    try {
      return decoder.decode(this.varBytes())
    } catch (error) {
      if (error instanceof BadFrame) throw error
      throw new BadFrame('not UTF-8')
    }
  }

  /** The rest of the frame must be empty: what nobody reads is a place to hide things. */
  finish(): void {
    if (this.left > 0) throw new BadFrame('bytes after the end')
  }
}
