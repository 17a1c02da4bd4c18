import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inOnePiece } from './one-piece'
import { Post } from './post'

/** Says how often, and when, it was let speak. */
function sender() {
  const said: number[] = []
  return { said, say: () => void said.push(performance.now()) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('while few are written to, nobody waits', async () => {
  const post = new Post(10_000, 4)
  const [one, other] = [sender(), sender()]
  for (let said = 1; said <= 2; said++) {
    post.collect(one)
    post.collect(other)
    await turn()
    expect([one.said.length, other.said.length]).toEqual([said, said])
  }
  // The fifth write of the span is one too many.
  post.collect(one)
  await turn()
  expect(one.said).toHaveLength(2)
})

test('what follows many writes is gathered until the span ends, and said once', async () => {
  const post = new Post(60, 1)
  const [one, other] = [sender(), sender()]
  post.collect(one)
  await turn()
  expect(one.said).toHaveLength(1)
  post.collect(one)
  post.collect(other)
  await turn()
  expect(one.said).toHaveLength(1)
  expect(other.said).toHaveLength(0)
  await delay(90)
  expect(one.said).toHaveLength(2)
  expect(other.said).toHaveLength(1)
  expect((one.said[1] ?? 0) - (one.said[0] ?? 0)).toBeGreaterThanOrEqual(58)
})

test('who has much to say does not wait for the others', async () => {
  const post = new Post(10_000, 1)
  const [first, long] = [sender(), sender()]
  post.collect(first)
  await turn()
  post.collect(long)
  post.hurry(long)
  await turn()
  expect(long.said).toHaveLength(1)
})

/** The payloads in a row of frames, read as RFC 6455 says a server's are. */
function payloads(piece: Uint8Array): Uint8Array[] {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength)
  const found: Uint8Array[] = []
  for (let at = 0; at < piece.length; ) {
    expect(piece[at]).toBe(0x82)
    let length = piece[at + 1] ?? 0
    at += 2
    if (length === 126) {
      length = view.getUint16(at)
      at += 2
    } else if (length === 127) {
      length = Number(view.getBigUint64(at))
      at += 8
    }
    found.push(piece.subarray(at, at + length))
    at += length
  }
  return found
}

test('frames of every length of head lie one behind the other', () => {
  const said = [0, 1, 125, 126, 65_535, 65_536, 3].map((length) => new Uint8Array(length).fill(length & 255))
  expect(payloads(inOnePiece(said))).toEqual(said)
})

test('the same payloads are the same bytes, and only they', () => {
  const [a, b, c] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(2, 3)]
  const piece = inOnePiece([a, b])
  expect(inOnePiece([a, b])).toBe(piece)
  expect(payloads(inOnePiece([a, c]))).toEqual([a, c])
  expect(payloads(inOnePiece([a]))).toEqual([a])
  expect(payloads(inOnePiece([b, a]))).toEqual([b, a])
})
