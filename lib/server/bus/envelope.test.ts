import { expect, it } from 'vitest'
import type { BusNote } from '@/lib/collab'
import { rng } from '@/lib/collab/testing/rng'
import { ENVELOPE_BYTES, NOTE_BYTES, Packer, Unpacker } from './envelope'

const event = (letters: number, letter = 'x'): BusNote => ({
  kind: 'event',
  room: 'brd_1',
  event: { words: letter.repeat(letters) },
})

it('ND1: notes of any size come out as they went in, in order, from envelopes PostgreSQL takes', () => {
  const chance = rng(20_261_123)
  for (let round = 0; round < 200; round++) {
    const packer = new Packer('a node of this name')
    const unpacker = new Unpacker()
    const notes: BusNote[] = []
    for (let n = chance.below(60); n >= 0; n--) {
      const dice = chance.below(10)
      if (dice < 5) notes.push({ kind: 'appended', documentId: `doc_${chance.below(9)}`, seq: n })
      else if (dice < 9)
        notes.push(event(chance.below(3_000), chance.pick(['x', '纲', '"', '\\', '\u0000', '🎏'])))
      else notes.push(event(4_000 + chance.below(60_000), chance.pick(['x', '目', '\ud800'])))
    }
    const { texts, tooLarge } = packer.pack(notes)
    expect(tooLarge).toBe(0)
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(ENVELOPE_BYTES)
    const opened = texts.map((text) => unpacker.open(text))
    expect(opened.every((one) => one?.missed === false)).toBe(true)
    expect(opened.flatMap((one) => one?.notes ?? [])).toEqual(notes)
  }
})

it('ND1: a note beyond any reason is left out, and the others go', () => {
  const { texts, tooLarge } = new Packer('a').pack([event(1), event(NOTE_BYTES), event(2)])
  expect([texts.length, tooLarge]).toEqual([1, 1])
})

it('ND1: what is repeated is read once; what is missing is noticed, in the middle of a large note too', () => {
  const packer = new Packer('a')
  const send = (note: BusNote) => packer.pack([note]).texts
  const [first = '', second = '', third = ''] = [event(1), event(2), event(3)].flatMap(send)
  const unpacker = new Unpacker()
  // A node that starts late has missed nothing that concerns it.
  expect(unpacker.open(second)?.missed).toBe(false)
  expect(unpacker.open(second)).toBeNull()
  expect(unpacker.open(first)).toBeNull()
  expect(unpacker.open(third)).toMatchObject({ missed: false, notes: [event(3)] })
  const pieces = send(event(30_000))
  expect(pieces.length).toBeGreaterThan(3)
  pieces.splice(1, 1)
  const opened = pieces.map((text) => unpacker.open(text))
  expect(opened.flatMap((one) => one?.notes ?? [])).toEqual([])
  expect(opened.some((one) => one?.missed)).toBe(true)
  expect(send(event(4)).map((text) => unpacker.open(text))).toMatchObject([{ notes: [event(4)] }])
})

it('ND1: what is no envelope is passed over, and so is a note of a newer version', () => {
  const unpacker = new Unpacker()
  const junk = ['', '{', 'null', '[]', '{"from":1,"n":1}', '{"from":"a","n":0,"notes":[]}', '\u0000']
  for (const text of junk) expect(unpacker.open(text)).toBeNull()
  const notes = [
    { kind: 'appended', documentId: 'doc_1', seq: -1 },
    { kind: 'appended', documentId: ['doc_1'], seq: 1 },
    { kind: 'revoked', target: {} },
    { kind: 'revoked', target: { userId: 'usr_1', workspaceId: 'ws_1' } },
    {
      kind: 'present',
      place: 'doc_1',
      whole: true,
      entries: [{ id: 1, clock: 1, state: '{', userId: 'u', mayWrite: true }],
    },
    {
      kind: 'present',
      place: 'doc_1',
      whole: true,
      entries: [{ id: -1, clock: 1, state: '{}', userId: 'u', mayWrite: true }],
    },
    { kind: 'tomorrow' },
    null,
    { kind: 'revoked', target: { userId: 'usr_1' } },
  ]
  expect(unpacker.open(JSON.stringify({ from: 'b', n: 1, notes }))?.notes).toEqual([notes.at(-1)])
})
