import { z } from 'zod'
import { startCollabServer } from '@/lib/testing/collab/collab-server'

// Ours, complete: door, sessions and rights out of PostgreSQL, guard, journal. Only Next is not there.
const [databaseUrl, words = '{}'] = process.argv.slice(2)
if (!databaseUrl || !process.send) throw new Error('usage: forked with a database URL')
const say = process.send.bind(process)

process.on('disconnect', () => process.exit(0))
process.on('message', (word) => {
  if (word !== 'collect') return
  // What was thrown away long ago is given back, as an idle process does after a while by itself.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  say({ collected: true })
})

const limits = z.record(z.string(), z.number()).parse(JSON.parse(words))
const server = await startCollabServer({ databaseUrl, limits })
say({ port: server.port })
