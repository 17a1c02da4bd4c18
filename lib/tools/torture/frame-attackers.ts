import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'
import { z } from 'zod'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'
import { bombs, honestFrames, honestUpdates, mutate } from '@/lib/collab/testing/frame-corpus'
import { type Rng, rng } from '@/lib/collab/testing/rng'

// People who mean harm, in a process of their own so that they do not hold up those who are measured. Each sends broken
// frames over one socket after another, some in pieces and some as text, until their share is sent.
const asked = z.object({
  seed: z.number(),
  frames: z.number(),
  rooms: z.array(z.string()),
  url: z.string(),
  attackers: z.array(z.record(z.string(), z.string())),
})

process.on('disconnect', () => process.exit(0))
const say = process.send?.bind(process)
if (!say) throw new Error('usage: forked')
const given = await new Promise<z.infer<typeof asked>>((resolve) =>
  process.once('message', (raw) => resolve(asked.parse(raw))),
)

let sent = 0
let sockets = 0
const closes: Record<string, number> = {}
await Promise.all(
  given.attackers.map((headers, i) => attack(headers, rng(given.seed).fork(`attacker ${i}`), i)),
)
say({ kind: 'attacked', sent, sockets, closes }, () => process.exit(0))

async function attack(headers: Record<string, string>, chance: Rng, i: number): Promise<void> {
  const clientId = 50_000 + i
  const seeds = honestFrames(honestUpdates(chance, clientId, 'policy'))
  const crafted = bombs(clientId)
  const share = Math.ceil(given.frames / given.attackers.length)
  for (let left = share; left > 0; ) {
    // Now and then a room that is somebody else's.
    const room = chance.below(20) === 0 ? chance.pick(given.rooms) : (given.rooms[0] ?? '')
    const ws = new WebSocket(`${given.url}/collab/${room}`, { headers })
    sockets += 1
    const closed = new Promise<void>((resolve) => {
      ws.on('close', (code) => {
        closes[code] = (closes[code] ?? 0) + 1
        resolve()
      })
    })
    ws.on('error', () => {})
    ws.on('message', () => {})
    const opened = await Promise.race([
      new Promise<boolean>((resolve) => ws.once('open', () => resolve(true))),
      closed.then(() => false),
    ])
    if (!opened) {
      await delay(20)
      continue
    }
    ws.send(clientHello(1, 'storm'))
    ws.send(syncFrame('step2', Uint8Array.of(0, 0)))
    for (let n = 1 + chance.below(8); n > 0 && left > 0; n--) {
      hurl(ws, seeds, crafted, chance)
      sent += 1
      left -= 1
    }
    // Who was not thrown out goes by themselves, sometimes without a word.
    await Promise.race([closed, delay(30)])
    if (chance.below(2) === 0) ws.terminate()
    else ws.close()
    await Promise.race([closed, delay(1_000)])
  }
}

function hurl(
  ws: WebSocket,
  seeds: readonly Uint8Array[],
  crafted: readonly Uint8Array[],
  chance: Rng,
): void {
  const dice = chance.below(10)
  const base = chance.pick(dice < 2 ? crafted : seeds)
  const frame = dice === 0 || dice === 9 ? base : mutate(base, chance.pick(seeds), chance)
  const form = chance.below(20)
  if (form === 0) ws.send(Buffer.from(frame).toString('latin1'))
  else if (form === 1) {
    ws.send(frame.subarray(0, frame.length >> 1), { fin: false })
    ws.send(frame.subarray(frame.length >> 1), { fin: true })
  } else ws.send(frame)
}
