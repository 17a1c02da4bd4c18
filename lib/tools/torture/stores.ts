import { rng } from '@/lib/collab/testing/rng'
import { SmallHouse } from '@/lib/collab/testing/small-house'
import { judgeTokens, Tokens } from '@/lib/collab/testing/tokens'
import type { TortureCommand } from './command'

/** Visits of a document before a new one is taken. */
const LIFE = 12

/** Loading and storing fail, before and after they have happened: a round is an injected fault. */
export const stores: TortureCommand = {
  goals: 'R6, RM4',
  proves: 'a load or a store that fails never writes an empty or an older document',
  rounds: 200,
  plants: ['empty-snapshot'],
  async run(run) {
    const end = run.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + run.minutes * 60_000
    const problems: string[] = []
    let faults = 0
    let acknowledged = 0
    let visits = 0
    for (let life = 0; faults < run.rounds && performance.now() < end && problems.length < 5; life++) {
      const seed = (run.seed + life) >>> 0
      const chance = rng(seed).fork('stores')
      let failing = true
      const house = new SmallHouse({
        seed,
        documents: ['doc'],
        limits: { linger: 200, snapshotTailRows: 4, snapshotPause: 0, snapshotOnUnloadRows: 1 },
        wrap: (store) => ({
          load: (id, take) => store.load(id, take),
          append: (batch, rows) => store.append(batch, rows),
          read: (id, after) => store.read(id, after),
          heads: (ids) => store.heads(ids),
          saveSnapshot: (snapshot) =>
            store.saveSnapshot(
              run.plant === 'empty-snapshot' ? { ...snapshot, bytes: Uint8Array.of(0, 0) } : snapshot,
            ),
        }),
      })
      const fault = () => {
        if (!failing || chance.below(3) > 0) return
        faults += 1
        throw new Error('the store fails')
      }
      house.store.before = fault
      house.store.after = fault
      const tokens = new Tokens()
      const disks = ['p0', 'p1'].map((name) => ({ name, disk: house.client(name, 'doc') }))
      for (const { disk } of disks) disk.client.destroy()
      let lastSnapshot = 0
      for (let visit = 0; visit < LIFE; visit++) {
        visits += 1
        const people = disks.map(({ name, disk }) => ({ name, ...house.client(name, 'doc', disk.disk) }))
        for (let i = 0; i < 6; i++) {
          await house.pass(chance.below(1_500))
          for (const person of people) {
            if (person.client.ready === 'no') continue
            const text = person.doc.getText('text')
            text.insert(tokens.place(text.toString(), chance), tokens.insert(person.name))
          }
        }
        failing = visit < LIFE - 1
        await house.pass(failing ? chance.below(4_000) : 20_000)
        for (const { name, client } of people) {
          const { saveState } = client
          if (saveState.kind === 'saved') tokens.acknowledged(name)
          else if ('kept' in saveState && saveState.kept) tokens.promised(name)
          client.destroy()
          tokens.gone(name)
        }
        // Everybody has left: the room is let go, or tries to be.
        await house.pass(1_000)
        const snapshot = house.store.documents.get('doc')?.snapshot?.seq ?? 0
        if (snapshot < lastSnapshot)
          problems.push(`life ${seed}: the snapshot went back from ${lastSnapshot} to ${snapshot}`)
        lastSnapshot = snapshot
      }
      house.store.before = () => {}
      house.store.after = () => {}
      const text = await house.stored('doc').then(
        (doc) => doc.getText('text').toString(),
        (error: unknown) => `broken: ${String(error)}`,
      )
      problems.push(...judgeTokens(tokens, text).map((problem) => `life ${seed}: ${problem}`))
      for (const token of tokens.all.values()) if (token.acknowledged) acknowledged += 1
      house.engine.stop()
    }
    const lost = problems.filter((problem) => problem.includes(': lost')).length
    return { rounds: faults, acknowledged, lost, problems, figures: { visits } }
  },
}
