import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import type { Figure } from '../figures'
import { Client, type Seat } from './client'
import { clientFrame, dialects } from './frames'
import type { Peer } from './peer'
import { against, type Bench, interleaved } from './rounds'
import { typedDocument } from './trace'

const ROOMS = 50
const PEOPLE = 10

/**
 * A proxy restarts, and five hundred people who have their documents come back in one moment. Each says what it has
 * (step 1) and is ready when it has been answered; the relay hands that to the others in the room and answers nobody.
 */
export async function storm(bench: Bench): Promise<Figure[]> {
  const content = typedDocument(10_000)
  const all = await interleaved(bench, async (peer) => {
    const seats = await bench.world.rooms(ROOMS, PEOPLE, content)
    if (peer.name === 'y-websocket' || peer.name === 'hocuspocus') await fill(peer, seats, content)
    const first = await arrive(peer, seats, content)
    for (const client of first) client.close()
    await delay(500)
    await peer.settle()
    const before = peer.spent()
    const begun = performance.now()
    const back = await arrive(peer, seats, content)
    const took = performance.now() - begun
    // The relay is still handing on what they said.
    await delay(500)
    const after = peer.spent()
    for (const client of back) client.close()
    await delay(200)
    return {
      CPU: after.server - before.server,
      database: after.database - before.database,
      'all back': took,
    }
  })
  return against(all.get('CPU'), 'CPU of 500 coming back', 'ms', { aim: 1.5 })
}

async function arrive(peer: Peer, seats: readonly Seat[], content: Uint8Array): Promise<Client[]> {
  const step1 = syncFrame('step1', Y.encodeStateVectorFromUpdate(content))
  const hello = (room: string) => {
    if (peer.name === 'ours') return [clientHello(1, 'bench'), step1]
    const said = dialects[peer.name]
    return [...said.hello(room).slice(0, -1), said.address(room, step1)]
  }
  const clients = seats.map(
    (seat) =>
      new Client(
        peer.name,
        peer.port,
        seat,
        { letters: () => undefined, saved: () => undefined },
        { hello: hello(seat.room), keeps: true },
      ),
  )
  await Promise.all(clients.map((client) => client.ready))
  return clients
}

/** Somebody brings each document to a server that has no database of ours. */
async function fill(peer: Peer, seats: readonly Seat[], content: Uint8Array): Promise<void> {
  const rooms = new Map(seats.map((seat) => [seat.room, seat]))
  for (const seat of rooms.values()) {
    const client = new Client(
      peer.name,
      peer.port,
      seat,
      { letters: () => undefined, saved: () => undefined },
      { keeps: true },
    )
    await client.ready
    client.send(clientFrame(dialects[peer.name].update(seat.room, content)))
    await delay(20)
    client.close()
  }
  // Hocuspocus stores two seconds after the last change.
  await delay(peer.name === 'hocuspocus' ? 3_000 : 0)
}
