import { startCollabServer } from '@/lib/testing/collab/collab-server'

// The process that is killed. Counts what it has stored and says so, so that the kill can fall on a counted event and
// not on a moment of wall time.
const [databaseUrl, port] = process.argv.slice(2)
if (!databaseUrl || !process.send) throw new Error('usage: forked with a database URL and a port')

let batches = 0
const say = process.send.bind(process)
const server = await startCollabServer({
  databaseUrl,
  port: Number(port ?? 0),
  limits: {
    linger: 200,
    snapshotTailRows: 60,
    snapshotTailBytes: 2_000,
    framesPerSecond: 500,
    framesBurst: 1_000,
  },
  wrap: (store) => ({
    ...store,
    async append(id, rows) {
      say({ kind: 'sending', batches: ++batches })
      const outcomes = await store.append(id, rows)
      say({ kind: 'stored', batches })
      return outcomes
    },
    async saveSnapshot(snapshot) {
      say({ kind: 'snapshot', batches })
      return store.saveSnapshot(snapshot)
    },
  }),
})
say({ kind: 'listening', port: server.port })
