import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { openStore } from '@/db/store'
import { keepVersion } from '@/lib/commands/keep-version'
import { startCollabServer } from '@/lib/testing/collab/collab-server'
import { armFuse } from './fuse'

// The process that is killed. Counts what it has stored and says so, so that the kill can fall on a counted event and
// not on a moment of wall time.
const [databaseUrl] = process.argv.slice(2)
if (!databaseUrl || !process.send) throw new Error('usage: forked with a database URL')

// Nobody is left behind when the driver dies.
process.on('disconnect', () => process.exit(0))

/** A fault put in on purpose, which the oracle must notice. */
const plant = process.env.PLANT
let batches = 0
let invented = 1_000
const kept: number[][] = []
/** Of so many calls of the store one fails. */
const faults = Number(process.env.FAULTS ?? 0)
function mayFail(): void {
  if (faults > 0 && Math.random() < faults) throw new Error('the store fails')
}
const say = process.send.bind(process)

// Loading the program takes longer than everything else here, so the next process loads while this one is tortured.
// Nothing of the database or the network is touched before the word comes.
const port = await new Promise<number>((resolve) =>
  process.once('message', (given) => resolve(Number(given))),
)
const server = await startCollabServer({
  databaseUrl,
  port,
  limits: {
    linger: 200,
    snapshotTailRows: 20,
    snapshotPause: 0,
    snapshotTailBytes: 2_000,
    framesPerSecond: 500,
    framesBurst: 1_000,
  },
  wrap: (store) => ({
    ...store,
    async load(id, takeEpoch) {
      if (plant === 'leak') kept.push(new Array<number>(25_000).fill(Math.random()))
      mayFail()
      const stored = await store.load(id, takeEpoch)
      if (plant !== 'forget-last-row' || !stored || 'broken' in stored || stored.tail.length === 0)
        return stored
      return { ...stored, seq: stored.seq - 1, tail: stored.tail.slice(0, -1) }
    },
    async append(id, rows) {
      say({ kind: 'sending', batches: ++batches })
      mayFail()
      if (plant === 'acknowledge-early') {
        void delay(50)
          .then(() => store.append(id, rows))
          .catch(() => {})
        return rows.map(() => ++invented)
      }
      if (plant === 'stall' && batches % 20 === 0)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
      // As if a batch whose answer was lost had been written.
      if (plant === 'never-retry') return store.append(id, rows).catch(() => rows.map(() => ++invented))
      const outcomes = await store.append(id, rows)
      say({ kind: 'stored', batches })
      return outcomes
    },
    async saveSnapshot(snapshot) {
      say({ kind: 'snapshot', batches })
      mayFail()
      return store.saveSnapshot(snapshot)
    },
  }),
})

/** The longest the event loop stood still, and errors logged, since the last time this was asked. */
const pulse = monitorEventLoopDelay({ resolution: 10 })
pulse.enable()
process.on('message', (raw) => {
  if (!z.object({ measure: z.literal(true) }).safeParse(raw).success) return
  const errors = server.lines.filter((line) => line.level === 'error')
  const last = errors.at(-1)
  const lastError = last ? `${last.message} ${String(last.fields.err ?? '')}` : ''
  say({ kind: 'measured', stall: pulse.max / 1e6, errors: errors.length, lastError })
  pulse.reset()
  server.lines.length = 0
})

process.on('message', (raw) => {
  if (!z.object({ vitals: z.literal(true) }).safeParse(raw).success) return
  server.lines.length = 0
  // Twice: what the first frees may hold more.
  globalThis.gc?.()
  globalThis.gc?.()
  const { rooms, connections } = server.engine.stats()
  const heap = process.memoryUsage().heapUsed
  say({ kind: 'vitals', heap, handles: process.getActiveResourcesInfo().length, rooms, connections })
})

const armed = z.object({ arm: z.string(), stall: z.number() })
process.on('message', (raw) => {
  const asked = armed.safeParse(raw)
  if (!asked.success) return
  armFuse(asked.data.arm, asked.data.stall, () => say({ kind: 'fired' }))
  say({ kind: 'armed' })
})

if (process.env.VERSIONS) keepVersions()
say({ kind: 'listening', port: server.port })

/** A version of a strategy after every few commits, as people and sessions' ends make them. */
function keepVersions(): void {
  const store = openStore(databaseUrl ?? '')
  const clock = { now: () => Date.now() }
  let commits = 0
  server.engine.onCommitted((documentId) => {
    commits += 1
    if (commits % 6 > 0) return
    void (async () => {
      const strategyId = await store.read.versions.strategyOf(documentId)
      if (strategyId === null) return
      const house = { store, live: server.engine, clock }
      await keepVersion(house, { strategyId, documentId, kind: 'session', name: null, by: null })
    })().catch(() => {})
  })
}
