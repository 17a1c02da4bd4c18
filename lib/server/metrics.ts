import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { EngineStats, Meter } from '@/lib/collab'

/** Figures of this node, for Prometheus. */
export interface Metrics {
  /** The engine tells this as it works. */
  readonly meter: Meter
  /** Asked anew for every reading; until it is set the engine's figures are left out. */
  watch(stats: () => EngineStats): void
  /** The figures as text, and of which kind; null: whoever asks may not know. */
  read(authorization: string | null): Promise<{ readonly text: string; readonly type: string } | null>
  close(): void
}

/** From a commit on a fast disk to a database that is away. Seconds. */
const buckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60]

/** `token`: METRICS_TOKEN. Without one nobody is told anything. */
export function openMetrics(token: string | undefined): Metrics {
  const register = new Registry()
  if (token) collectDefaultMetrics({ register, prefix: 'throughline_' })
  let stats: (() => EngineStats) | null = null
  const seconds = (name: string, help: string) =>
    new Histogram({ name: `throughline_${name}_seconds`, help, buckets, registers: [register] })
  const commit = seconds('commit', 'From a batch leaving for the journal until it is committed.')
  const acknowledge = seconds(
    'acknowledge',
    'From the first update of a row arriving until it is committed, and so acknowledged.',
  )
  const closed = new Counter({
    name: 'throughline_closed_connections_total',
    help: 'Connections closed by this node, by close code (lib/collab/PROTOCOL.md).',
    labelNames: ['code'],
    registers: [register],
  })
  for (const [name, help, of] of gauges)
    new Gauge({
      name: `throughline_${name}`,
      help,
      registers: [register],
      collect() {
        if (stats) this.set(of(stats()))
      },
    })
  for (const [name, help, of] of counters)
    new Counter({
      name: `throughline_${name}_total`,
      help,
      registers: [register],
      collect() {
        this.reset()
        if (stats) this.inc(of(stats()))
      },
    })
  return {
    meter: {
      committed: (ms) => commit.observe(ms / 1_000),
      acknowledged: (ms) => acknowledge.observe(ms / 1_000),
      closed: (code) => closed.inc({ code }),
    },
    watch(of) {
      stats = of
    },
    async read(authorization) {
      if (!token || !same(authorization ?? '', `Bearer ${token}`)) return null
      return { text: await register.metrics(), type: register.contentType }
    },
    close: () => register.clear(),
  }
}

const gauges: readonly (readonly [string, string, (stats: EngineStats) => number])[] = [
  ['connections', 'Sockets open on this node.', ({ connections }) => connections],
  ['rooms', 'Documents in memory.', ({ rooms }) => rooms],
  ['channels', 'Channels with listeners.', ({ channels }) => channels],
  ['pending_rows', 'Rows that are not committed.', ({ pendingRows }) => pendingRows],
  ['pending_bytes', 'Bytes that are not committed.', ({ pendingBytes }) => pendingBytes],
  ['journal_lag_seconds', 'Age of the oldest update that is not committed.', ({ lag }) => lag / 1_000],
]

const counters: readonly (readonly [string, string, (stats: EngineStats) => number])[] = [
  ['updates', 'Updates taken from clients.', ({ updates }) => updates],
  ['journal_batches', 'Batches committed.', ({ batches }) => batches],
  ['journal_rows', 'Rows answered by the journal.', ({ rows }) => rows],
  ['journal_retries', 'Commits that had to be tried again.', ({ retries }) => retries],
  ['refused_rows', 'Rows whose author had lost the right to write.', ({ refused }) => refused],
  ['document_loads', 'Documents read into memory.', ({ loads }) => loads],
  ['document_reloads', 'Documents thrown away and read again.', ({ reloads }) => reloads],
  ['snapshots', 'Snapshots stored.', ({ snapshots }) => snapshots],
]

/** In the same time whatever is offered: hashes of one length are compared. */
function same(offered: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(offered), hash(wanted))
}
