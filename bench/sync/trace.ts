import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { z } from 'zod'
import { generatedTrace, type Trace } from '@/lib/collab/testing/trace'
import { must } from '@/lib/kit/assert'
import type { Figure } from '../figures'
import { Client, type ClientEvents } from './client'
import { clientFrame, dialects } from './frames'
import type { Peer } from './peer'
import { against, type Bench, interleaved, plain } from './rounds'

const AUTHOR = 2 ** 31
const SILENT: ClientEvents = { letters: () => undefined, saved: () => undefined }

const recorded = z.object({
  startContent: z.string(),
  endContent: z.string(),
  txns: z.array(z.object({ patches: z.array(z.tuple([z.number(), z.number(), z.string()])) })),
})

/** The recorded typing of a paper, when the measure was told where one lies; else a made one of its size. */
async function traceOf(file: string | null): Promise<Trace> {
  if (!file) return generatedTrace(1)
  const read = recorded.parse(JSON.parse(gunzipSync(await readFile(file)).toString('utf8')))
  const { startContent, endContent, txns } = read
  return { startContent, endContent, edits: txns.flatMap((txn) => txn.patches) }
}

/** Types the trace, or its beginning, and hands out each edit as the update it makes. */
function typeOut({ startContent, edits }: Trace, each: (update: Uint8Array) => void): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = AUTHOR
  doc.on('update', each)
  const text = doc.getText('text')
  if (startContent) text.insert(0, startContent)
  for (const [at, deleted, inserted] of edits)
    doc.transact(() => {
      if (deleted) text.delete(at, deleted)
      if (inserted) text.insert(at, inserted)
    })
  return doc
}

/** A document somebody has worked on: so many edits of the made trace. */
export function typedDocument(edits: number): Uint8Array {
  const trace = generatedTrace(1)
  return Y.encodeStateAsUpdate(typeOut({ ...trace, edits: trace.edits.slice(0, edits) }, () => undefined))
}

/** From the request for a socket to the whole document in hand, when nobody has had it open: stored, loaded, sent. */
export async function cold(bench: Bench): Promise<Figure[]> {
  const trace = await traceOf(bench.trace)
  const content = Y.encodeStateAsUpdate(typeOut(trace, () => undefined))
  const able = bench.peers.filter((name) => name === 'ours' || name === 'hocuspocus')
  const all = await interleaved(
    { ...bench, peers: able },
    async (peer) => {
      const times: number[] = []
      let cpu = 0
      for (let i = 0; i < 5; i++) {
        const [seat] = await bench.world.rooms(1, 1)
        const { room } = must(seat, 'one room has one seat')
        await stored(bench, room, content)
        const before = peer.spent()
        const begun = performance.now()
        const client = new Client(peer.name, peer.port, must(seat, 'one seat'), SILENT, { keeps: true })
        await client.ready
        times.push(performance.now() - begun)
        cpu += peer.spent().server - before.server
        check(peer, client, trace)
        client.close()
      }
      const [first = Number.NaN, ...more] = times
      return { first, later: Math.max(...more), CPU: cpu / times.length }
    },
    { fresh: true },
  )
  return [
    ...plain(all.get('first'), 'ours', {
      name: 'ours: to the first client of a fresh process',
      unit: 'ms',
      aim: 60,
    }),
    ...plain(all.get('later'), 'ours', { name: 'ours: the slowest of the next four', unit: 'ms', aim: 60 }),
    ...plain(all.get('CPU'), 'ours', { name: 'ours: CPU of one load', unit: 'ms' }),
    ...plain(all.get('first'), 'hocuspocus', {
      name: 'hocuspocus: to the first client of a fresh process',
      unit: 'ms',
    }),
    ...plain(all.get('later'), 'hocuspocus', {
      name: 'hocuspocus: the slowest of the next four',
      unit: 'ms',
    }),
    ...plain(all.get('CPU'), 'hocuspocus', { name: 'hocuspocus: CPU of one load', unit: 'ms' }),
  ]
}

/** As both would have stored it: ours in a snapshot, Hocuspocus in a row. */
async function stored({ world }: Bench, room: string, content: Uint8Array): Promise<void> {
  await world.snapshot(room, content, AUTHOR)
  await world.sql`create table if not exists bench_hocuspocus (name text primary key, state bytea not null)`
  await world.sql`insert into bench_hocuspocus (name, state) values (${room}, ${Buffer.from(content)})`
}

/** What came must be the text of the trace: a fast answer that is wrong is no answer. */
function check(peer: Peer, client: Client, trace: Trace): void {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of client.kept ?? []) Y.applyUpdate(doc, update)
  })
  if (doc.getText('text').toString() !== trace.endContent)
    throw new Error(`${peer.name}: what came is not the text of the trace`)
}

/** The trace as one update for each of its edits, as fast as the server takes them; one writes and one listens. */
export async function singles(bench: Bench): Promise<Figure[]> {
  const trace = await traceOf(bench.trace)
  const updates: Uint8Array[] = []
  typeOut(trace, (update) => updates.push(update))
  const all = await interleaved(
    bench,
    async (peer) => {
      const [writing, listening] = await bench.world.rooms(1, 2)
      let saved = 0
      const count: ClientEvents = {
        letters: () => undefined,
        saved(_by, edits) {
          saved = edits
        },
      }
      const listener = new Client(peer.name, peer.port, must(listening, 'two seats'), SILENT, { keeps: true })
      await listener.ready
      const writer = new Client(
        peer.name,
        peer.port,
        { ...must(writing, 'two seats'), author: AUTHOR },
        count,
        {
          keeps: true,
        },
      )
      await writer.ready
      const frames = updates.map((update) =>
        clientFrame(dialects[peer.name].update(writer.seat.room, update)),
      )
      const before = peer.spent()
      const begun = performance.now()
      for (let i = 0; i < frames.length; i += 200)
        if (!writer.send(Buffer.concat(frames.slice(i, i + 200)))) await writer.drained()
      const all = () =>
        peer.name === 'ours' ? saved >= updates.length : (listener.kept?.length ?? 0) >= updates.length
      while (!all()) {
        if (performance.now() - begun > 180_000) throw new Error(`${peer.name}: the trace has not arrived`)
        await delay(5)
      }
      const took = performance.now() - begun
      await delay(200)
      const after = peer.spent()
      check(peer, listener, trace)
      writer.close()
      listener.close()
      return {
        CPU: (after.server - before.server) / 1000,
        database: (after.database - before.database) / 1000,
        took: took / 1000,
      }
    },
    {
      rounds: Math.min(bench.rounds, 2),
      limits: {
        framesPerSecond: 1e6,
        framesBurst: 1e6,
        liveBytesPerSecond: 1e9,
        liveBytesBurst: 1e9,
        cpuPerSecond: 1e6,
        cpuBurst: 1e6,
      },
    },
  )
  return [
    ...against(all.get('CPU'), `CPU of ${updates.length} single updates`, 's', {}),
    ...plain(all.get('CPU'), 'ours', { name: 'ours: the same, against its aim', unit: 's', aim: 6 }),
    ...plain(all.get('database'), 'ours', { name: "ours: the database's, apart", unit: 's' }),
    ...plain(all.get('took'), 'ours', { name: 'ours: until all of it was saved', unit: 's' }),
  ]
}
