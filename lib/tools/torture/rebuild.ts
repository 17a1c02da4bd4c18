import * as Y from 'yjs'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { rng } from '@/lib/collab/testing/rng'
import { shapeEdit, thickDocument } from '@/lib/collab/testing/shape-edits'
import { SIM_ROOTS } from '@/lib/collab/testing/simulator'
import { SmallHouse } from '@/lib/collab/testing/small-house'
import type { TortureCommand } from './command'

/** Points per document: short lives keep the documents as small as pages are. */
const LIFE = 250

/** After every edit the document is built again from what is stored, and compared: a round is one such point. */
export const rebuild: TortureCommand = {
  goals: 'R13, ST7',
  proves: 'snapshot and journal, built again at any point, are the live document',
  rounds: 1_000,
  plants: ['forget-last-row'],
  async run(run) {
    const end = run.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + run.minutes * 60_000
    const problems: string[] = []
    let points = 0
    let snapshots = 0
    for (let life = 0; points < run.rounds && performance.now() < end && problems.length < 5; life++) {
      const seed = (run.seed + life) >>> 0
      const chance = rng(seed).fork('rebuild')
      const house = new SmallHouse({
        seed,
        documents: ['doc'],
        limits: { snapshotTailRows: 3 + chance.below(20), snapshotPause: 0, linger: 1 },
      })
      if (chance.below(50) === 0) house.store.begin('doc', thickDocument())
      for (let i = 0; i < LIFE && points < run.rounds; i++) {
        const author = { userId: `u${chance.below(4)}`, sessionId: `s${chance.below(4)}` }
        const edited = house.engine.edit('doc', author, (doc) => {
          if (chance.below(3) > 0) {
            const text = doc.getText('text')
            if (text.length > 40 && chance.below(4) === 0) text.delete(chance.below(text.length - 10), 6)
            else text.insert(chance.below(text.length + 1), `w${chance.below(1_000)} `)
            if (text.length > 9 && chance.below(6) === 0) text.format(chance.below(4), 5, { bold: true })
          } else shapeEdit(doc, new Y.UndoManager(doc.getArray('board')), chance)
        })
        await house.time.settle()
        await edited
        const looked = house.engine.look('doc', (doc) => contentHash(doc, SIM_ROOTS))
        await house.time.settle()
        const live = (await looked).value
        if (run.plant === 'forget-last-row') house.store.documents.get('doc')?.journal.pop()
        const rebuilt = await house.storedHash('doc').catch((error: unknown) => String(error))
        points += 1
        if (rebuilt !== live) {
          problems.push(
            `life ${seed}, point ${i}: built again it is another document (${rebuilt.slice(0, 80)})`,
          )
          break
        }
        // Sometimes the room is let go, and the next edit loads it.
        if (chance.below(40) === 0) await house.time.pass(50)
      }
      snapshots += house.engine.stats().snapshots
      house.engine.stop()
    }
    return { rounds: points, acknowledged: points, lost: problems.length, problems, figures: { snapshots } }
  },
}
