import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'
import type { Person } from '@/e2e/support/people'
import { openChannel } from '@/lib/collab/client/channel'
import type { OpenLink } from '@/lib/collab/client/link'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import type { App } from '@/lib/testing/server'

/** People who have a page open and only listen: each with the two channels a browser on a board has. */
export interface Watchers {
  /** Events heard so far by all of them together. */
  heard(): number
  stop(): void
}

/** So many watchers of these rooms, signed in as one person; resolves when all of them are told. */
export async function watch(
  app: App,
  person: Person,
  rooms: readonly string[],
  n: number,
): Promise<Watchers> {
  const cookies = await person.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const openLink = linkAs(cookie, app.url)
  const url = `${app.url.replace(/^http/, 'ws')}/collab`
  let heard = 0
  let greeted = 0
  const stops: (() => void)[] = []
  for (let i = 0; i < n; i++) {
    for (const room of rooms)
      stops.push(
        openChannel({
          url,
          room,
          schema: SCHEMA_VERSION,
          build: '',
          openLink,
          onEvent: () => void heard++,
          onBack: () => undefined,
          onGreeted: () => void greeted++,
          onEnd: () => undefined,
        }),
      )
    // Fifty at once from one address would be taken for an attack.
    await delay(40)
  }
  for (let waited = 0; greeted < n * rooms.length; waited += 50) {
    if (waited > 30_000) throw new Error(`${greeted} of ${n * rooms.length} channels were opened`)
    await delay(50)
  }
  return {
    heard: () => heard,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

function linkAs(cookie: string, origin: string): OpenLink {
  return (url, events) => {
    const socket = new WebSocket(url, { headers: { cookie }, origin })
    socket.binaryType = 'arraybuffer'
    socket.on('open', () => events.opened())
    socket.on('message', (data: unknown) => {
      if (data instanceof ArrayBuffer) events.received(new Uint8Array(data))
    })
    socket.on('close', (code) => events.closed(code))
    socket.on('error', () => undefined)
    return {
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
      },
      unsent: () => socket.bufferedAmount,
      close: () => socket.close(),
    }
  }
}
