const encoder = new TextEncoder()

/**
 * Writes what ByteReader reads, in lib0's encodings. Not lib0 itself: every page of the app says hello to the server,
 * and a page without a text need not load an encoder of everything Yjs can hold for it.
 */
export class ByteWriter {
  private readonly bytes: number[] = []

  /** 0 to 2^53 - 1. */
  varUint(value: number): this {
    let rest = value
    while (rest > 127) {
      this.bytes.push((rest & 127) | 128)
      rest = Math.floor(rest / 128)
    }
    this.bytes.push(rest)
    return this
  }

  varBytes(bytes: Uint8Array): this {
    this.varUint(bytes.length)
    // One by one: spreading a large array overflows the stack.
    for (const byte of bytes) this.bytes.push(byte)
    return this
  }

  varString(text: string): this {
    return this.varBytes(encoder.encode(text))
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes)
  }
}
