import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentHash } from '../testing/content-hash'
import { type Rng, rng } from '../testing/rng'
import { shapeEdit } from '../testing/shape-edits'
import { SIM_ROOTS } from '../testing/simulator'
import { WholeUpdate } from './whole-update'

const NOTHING_KNOWN = Uint8Array.of(0)

/** Three people who edit and hear of each other now and then; then some who only write. The journal of it. */
function journal(chance: Rng): { rows: Uint8Array[]; shaped: number; doc: Y.Doc } {
  const rows: Uint8Array[] = []
  const server = new Y.Doc()
  server.on('update', (row: Uint8Array) => rows.push(row))
  const people = [1, 2, 3].map((n) => {
    const doc = new Y.Doc()
    doc.clientID = n * 1_000_000
    return { doc, undo: new Y.UndoManager([doc.getXmlFragment('page'), doc.getArray('board')]) }
  })
  const meet = (doc: Y.Doc) => {
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)))
  }
  for (let i = 20 + chance.below(150); i > 0; i--) {
    const { doc, undo } = chance.pick(people)
    shapeEdit(doc, undo, chance)
    if (chance.below(4) === 0) meet(doc)
  }
  for (const { doc } of people) meet(doc)
  const shaped = rows.length
  for (let i = chance.below(30); i > 0; i--) {
    // Ids above, between and below those that are there.
    const doc = applied(Y.encodeStateAsUpdate(server))
    doc.clientID = chance.pick([1_000_000, 3_000_000, 500_000, 2_500_000, 9_000_000])
    const text = doc.getText('text')
    text.insert(chance.below(text.length + 1), `words ${i}`)
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
  }
  return { rows, shaped, doc: server }
}

function applied(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'RM20: rows put behind each other say what the document built of them says (seed %i)',
  (seed) => {
    const chance = rng(seed)
    const { rows, shaped, doc } = journal(chance)
    // As they are stored: a snapshot of the first, then the rest.
    const cut = shaped + chance.below(rows.length - shaped + 1)
    const whole = WholeUpdate.of(Y.encodeStateAsUpdate(applied(...rows.slice(0, cut))), rows.slice(cut))
    expect(whole).not.toBeNull()
    if (!whole) return
    const hash = contentHash(doc, SIM_ROOTS)
    expect(contentHash(applied(whole.bytes), SIM_ROOTS)).toBe(hash)
    expect(Y.decodeStateVector(whole.stateVector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
    for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(doc)))
      expect(whole.end(client)).toBe(end)
    expect(whole.lackedBy(NOTHING_KNOWN)).toBe(whole.bytes)
    expect(Y.decodeUpdate(whole.lackedBy(Y.encodeStateVector(doc)) ?? whole.bytes).structs).toEqual([])
    const most = applied(...rows.slice(0, -1))
    const behind = [...doc.store.clients.keys()].some(
      (client) => Y.getState(most.store, client) < Y.getState(doc.store, client),
    )
    if (behind && most.store.clients.size > 0) expect(whole.lackedBy(Y.encodeStateVector(most))).toBeNull()
  },
)

test('RM20: who has every letter is told what was deleted meanwhile, and who has more as well', () => {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'one two three')
  const theirs = applied(Y.encodeStateAsUpdate(doc))
  doc.getText('text').delete(3, 4)
  theirs.getText('text').insert(13, ' four')
  const rest = WholeUpdate.of(Y.encodeStateAsUpdate(doc), [])?.lackedBy(Y.encodeStateVector(theirs))
  expect(rest?.length).toBeLessThan(20)
  Y.applyUpdate(theirs, rest ?? Uint8Array.of(0, 0))
  expect(theirs.getText('text').toString()).toBe('one three four')
})

test('RM20: what only building could tell about is not taken for a whole', () => {
  const doc = new Y.Doc()
  const rows: Uint8Array[] = []
  doc.on('update', (row: Uint8Array) => rows.push(row))
  for (const word of ['a', 'b', 'c']) doc.getText('text').insert(0, word)
  doc.getText('text').delete(0, 2)
  const [first, second, third, deletion] = rows
  if (!first || !second || !third || !deletion) throw new Error('four rows')
  expect(WholeUpdate.of(null, [first, second, third])).not.toBeNull()
  expect(WholeUpdate.of(first, [second, third])).not.toBeNull()
  expect(WholeUpdate.of(first, [third])).toBeNull()
  expect(WholeUpdate.of(first, [first])).toBeNull()
  expect(WholeUpdate.of(null, [second])).toBeNull()
  expect(WholeUpdate.of(first.slice(0, -1), [])).toBeNull()
  expect(WholeUpdate.of(null, [])?.bytes).toEqual(Uint8Array.of(0, 0))
  // Somebody else's word between two letters that are not here, and between two that are.
  const other = applied(first, second)
  const before = Y.encodeStateVector(other)
  other.getText('text').insert(1, 'x')
  const between = Y.encodeStateAsUpdate(other, before)
  expect(WholeUpdate.of(first, [between])).toBeNull()
  expect(WholeUpdate.of(first, [second, between])).not.toBeNull()
  // What a row deletes still lies in the bytes of those before it.
  expect(WholeUpdate.of(first, [second, third, deletion])).toBeNull()
  expect(WholeUpdate.of(Y.encodeStateAsUpdate(doc), [])).not.toBeNull()
})
