import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { must } from '@/lib/kit/assert'
import { openLineBus } from '@/lib/server/bus/line-bus'
import { postgresLine } from '@/lib/server/bus/postgres-line'
import { redisLine } from '@/lib/server/bus/redis-line'
import { startCollabServer } from '@/lib/testing/collab/collab-server'
import { NODES_ORIGIN } from './nodes-group'

// One node of several: engine, door, journal and bus, as in the app, without pages. SIGTERM ends it as it ends the app.

const setup = z.object({
  databaseUrl: z.string(),
  bus: z.object({ kind: z.enum(['postgres', 'redis']), url: z.string() }),
  limits: z.record(z.string(), z.number()),
  /** Snapshots wait for word from outside. */
  holdSnapshots: z.boolean(),
})
const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('start'), setup }),
  z.object({ do: z.literal('revoke'), target: z.object({ userId: z.string() }) }),
  z.object({ do: z.literal('store') }),
])

const say = must(process.send, 'this process is forked').bind(process)
// Nobody is left behind when the driver dies.
process.on('disconnect', () => process.exit(0))

/** A fault put in on purpose, which the oracle must notice. */
const plant = process.env.PLANT
let mayStore = () => {}

// Loading takes longer than all else; nothing of the database or the network is touched before the word comes.
const given = await new Promise<z.infer<typeof setup>>((resolve) =>
  process.on('message', (raw) => {
    const said = order.safeParse(raw)
    if (said.success && said.data.do === 'start') resolve(said.data.setup)
  }),
)
const { kind, url } = given.bus
const silent = { info() {}, warn() {}, error() {} }
const bus = openLineBus({
  open: kind === 'redis' ? redisLine(url, 'torture') : postgresLine(url),
  nodeId: randomUUID(),
  log: silent,
})
/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0)
let rowsSeen = 0
const server = await startCollabServer({
  databaseUrl: given.databaseUrl,
  bus:
    plant === 'deaf'
      ? { shared: true, up: true, publish: (note) => bus.publish(note), subscribe: () => () => {} }
      : bus,
  limits: { ...given.limits, ...(plant === 'deaf' ? { catchUp: 1e9, rejudgeInDoubt: 1e9 } : {}) },
  wrap: (store) => ({
    ...store,
    async append(id, rows) {
      if (plant !== 'hollow-rows') return store.append(id, rows)
      return store.append(
        id,
        rows.map((row) => (++rowsSeen % 10 === 0 ? { ...row, bytes: NOTHING } : row)),
      )
    },
    async saveSnapshot(snapshot) {
      if (given.holdSnapshots) {
        const word = new Promise<void>((resolve) => {
          mayStore = resolve
        })
        say({ kind: 'snapshot', seq: snapshot.seq })
        await word
      }
      if (plant !== 'no-fence') return store.saveSnapshot(snapshot)
      // As a writer would that trusts its own idea of what is newest.
      const { documentId, seq, bytes } = snapshot
      const checksum = createHash('sha256').update(bytes).digest('hex')
      await server.sql`insert into snapshots (document_id, seq, bytes, checksum)
        values (${documentId}, ${seq}, ${Buffer.from(bytes)}, ${checksum}) on conflict do nothing`
      return true
    },
  }),
})
await bus.opened
process.on('message', (raw) => {
  const said = order.safeParse(raw)
  if (!said.success) return
  if (said.data.do === 'store') mayStore()
  if (said.data.do === 'revoke') {
    server.engine.revoke(said.data.target)
    say({ kind: 'revoked' })
  }
})
process.once('SIGTERM', () => {
  void (async () => {
    await server.drain()
    await server.stop()
    await bus.close()
    process.exit(0)
  })()
})
process.on('unhandledRejection', (error) => say({ kind: 'unhandled', why: String(error) }))
say({ kind: 'listening', port: server.port, origin: NODES_ORIGIN })
