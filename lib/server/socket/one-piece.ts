let last: readonly Uint8Array[] = []
let lastPiece: Uint8Array = new Uint8Array(0)

/**
 * Payloads as WebSocket frames, one behind the other. Our side never masks or compresses, so a frame is only a header and
 * the payload. Everybody in a room but the authors is told the same: who comes next with the very same payloads is
 * given the very same bytes.
 */
export function inOnePiece(payloads: readonly Uint8Array[]): Uint8Array {
  if (same(payloads, last)) return lastPiece
  let length = 0
  for (const payload of payloads) length += headOf(payload.length) + payload.length
  const piece = new Uint8Array(length)
  let at = 0
  for (const payload of payloads) {
    at = writeHead(piece, at, payload.length)
    piece.set(payload, at)
    at += payload.length
  }
  last = payloads
  lastPiece = piece
  return piece
}

/** The same arrays, not the same bytes: a payload never changes once it was handed out. */
function same(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  if (one.length !== other.length) return false
  for (let i = one.length - 1; i >= 0; i--) if (one[i] !== other[i]) return false
  return true
}

function headOf(length: number): number {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

function writeHead(piece: Uint8Array, at: number, length: number): number {
  // FIN, binary.
  piece[at] = 0x82
  switch (headOf(length)) {
    case 2:
      piece[at + 1] = length
      return at + 2
    case 4:
      piece[at + 1] = 126
      piece[at + 2] = length >> 8
      piece[at + 3] = length & 255
      return at + 4
    default:
      piece[at + 1] = 127
      new DataView(piece.buffer).setUint32(at + 6, length)
      return at + 10
  }
}
