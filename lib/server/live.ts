import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Store } from '@/db/store'
import type { Live } from '@/lib/commands/context'
import { must } from '@/lib/kit/assert'
import type { Clock } from '@/lib/kit/clock'
import type { Log } from './log'
import type { Runtime } from './runtime'

export function openLive(given: {
  store: Store
  readSession: Runtime['readSession']
  origins: ReadonlySet<string>
  log: Log
  clock: Clock
}): Live & { upgrade(r: IncomingMessage, s: Duplex, h: Buffer): boolean; drain(): Promise<void> } {
  return {
    publish: () => {},
    revoke: () => {},
    async readDocument(id) {
      const [row] = await given.store.sql<
        { bytes: Uint8Array }[]
      >`select bytes from journal where document_id = ${id} order by seq limit 1`
      return new Uint8Array(must(row, 'first row').bytes)
    },
    upgrade: () => false,
    drain: async () => {},
  }
}
