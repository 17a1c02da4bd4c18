import * as Y from 'yjs'
import { awarenessFrame, syncFrame } from '@/lib/collab/protocol/write-frame'
import { bombs, honestUpdates, mutate } from '@/lib/collab/testing/frame-corpus'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { SmallHouse } from '@/lib/collab/testing/small-house'
import type { TortureCommand } from './command'

const DOC = 'doc'

/** Who may only read tries to write, in every form a message can have: a round is an attempt. */
export const viewers: TortureCommand = {
  goals: 'S3, AU1',
  proves: 'who may only read changes not one byte, whatever form the attempt has',
  rounds: 500,
  plants: ['one-may-write'],
  async run(run) {
    const chance = rng(run.seed).fork('viewers')
    const problems: string[] = []
    let attempt = 0
    const mayWrite = (userId: string) =>
      userId === 'writer' || (run.plant === 'one-may-write' && attempt % 5 === 4)
    const house = new SmallHouse({
      seed: run.seed,
      documents: [DOC, 'other'],
      modeOf: (userId) => (mayWrite(userId) ? 'write' : 'read'),
    })
    house.store.begin(DOC, standing())
    const before = await house.storedHash(DOC)
    const writer = await house.guest('writer', DOC)
    const known = Y.encodeStateAsUpdate(await house.stored(DOC))
    for (; attempt < run.rounds && problems.length < 20; attempt++) {
      const userId = `viewer${attempt % 7}`
      const viewer = await house.guest(userId, DOC)
      const heard = writer.heard.length
      viewer.say(...forms(chance, known, attempt))
      await house.time.settle()
      writer.listen()
      const spread = writer.heard
        .slice(heard)
        .some((frame) => frame.kind === 'update' || frame.kind === 'step2')
      if (spread || house.store.documents.get(DOC)?.seq !== 1) {
        problems.push(`attempt ${attempt}: something was written`)
        break
      }
      viewer.pipe.cut()
      if (attempt % 500 === 0 && (await house.storedHash(DOC)) !== before)
        problems.push(`attempt ${attempt}: the document has changed`)
    }
    if ((await house.storedHash(DOC)) !== before) problems.push('the document has changed')
    problems.push(...house.errors)
    // Whoever may write still can: a server that refuses everybody proves nothing.
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'mine')
    writer.say(syncFrame('step2', Y.encodeStateAsUpdate(doc)))
    await house.time.settle()
    if (run.plant === null && house.store.documents.get(DOC)?.seq !== 2)
      problems.push('the writer cannot write')
    house.engine.stop()
    return { rounds: attempt, acknowledged: 0, lost: 0, problems }
  },
}

/** What an editor would have written, as one update each. */
const written = Array.from({ length: 8 }, (_, i) => honestUpdates(rng(i), 1_000 + i).slice(-2)).flat()

function standing(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, 'What stands here stays.')
  return Y.encodeStateAsUpdate(doc)
}

/** One attempt: mostly one frame, sometimes an innocent one before it. */
function forms(chance: Rng, known: Uint8Array, attempt: number): Uint8Array[] {
  const update = chance.pick(written)
  const frame = syncFrame('update', update)
  const step2 = syncFrame('step2', update)
  const step1 = syncFrame('step1', Uint8Array.of(0))
  const attempts: (() => Uint8Array[])[] = [
    () => [frame],
    () => [step2],
    () => [syncFrame('step2', Uint8Array.of(0, 0))],
    () => [syncFrame('step2', known)],
    // Numbers in more bytes than they need.
    () => [Uint8Array.of(0x80, 0, ...frame.subarray(1))],
    () => [Uint8Array.of(0, 0x82, 0, ...frame.subarray(2))],
    () => [Uint8Array.of(0, 0x81, 0x80, 0, ...step2.subarray(2))],
    // Two in one, and one within another.
    () => [Uint8Array.of(...step1, ...frame)],
    () => [Uint8Array.of(1, ...frame.subarray(2))],
    () => [
      awarenessFrame([{ id: 77, clock: 1, state: JSON.stringify({ update: [...update.subarray(0, 200)] }) }]),
    ],
    // Wild vectors, then the update.
    () => [syncFrame('step1', Y.encodeStateVectorFromUpdate(update)), frame],
    () => [syncFrame('step1', Uint8Array.of(1, 255, 255, 255, 255, 15, 255, 255, 15)), step2],
    () => [Uint8Array.of(chance.pick([2, 99, 101, 102, 103]), ...frame)],
    () => [mutate(frame, step2, chance)],
    () => [mutate(step2, frame, chance), frame],
    () => [chance.pick(bombs(attempt + 1)), frame],
  ]
  return chance.pick(attempts)()
}
