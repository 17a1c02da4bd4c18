import WebSocket from 'ws'
import { members, users } from '@/db/schema'
import type { Store } from '@/db/store'
import { openChannel } from '@/lib/collab/client/channel'
import type { OpenLink } from '@/lib/collab/client/link'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import { sessionExpiry } from '@/lib/domain/session'
import { newId } from '@/lib/kit/ids'
import { loadSecret } from '@/lib/server/secret'
import { sessionCookie, sessionToken } from '@/lib/server/session'
import type { App } from '@/lib/testing/server'

/** People who have a page open and only listen. */
export interface Watchers {
  /** Events heard so far by all of them together. */
  heard(): number
  stop(): void
}

/** So many more members of a workspace, each signed in and listening to these rooms; resolves when all are told. */
export async function watch(
  app: App,
  store: Store,
  workspaceId: string,
  rooms: readonly string[],
  n: number,
): Promise<Watchers> {
  const cookies = await signedIn(app, store, workspaceId, n)
  let heard = 0
  let greeted = 0
  const stops: (() => void)[] = []
  const all = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${greeted} of ${n * rooms.length} channels were opened`)),
      60_000,
    )
    for (const cookie of cookies)
      for (const room of rooms)
        stops.push(
          openChannel({
            url: `${app.url.replace(/^http/, 'ws')}/collab`,
            room,
            schema: SCHEMA_VERSION,
            build: '',
            openLink: linkAs(cookie, app.url),
            onEvent: () => void heard++,
            onBack: () => undefined,
            onGreeted: () => {
              greeted += 1
              if (greeted < n * rooms.length) return
              clearTimeout(late)
              resolve()
            },
            onEnd: () => undefined,
          }),
        )
  })
  await all
  return {
    heard: () => heard,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

/** The cookies of new members; fifty forms would take longer than all there is to measure. */
async function signedIn(app: App, store: Store, workspaceId: string, n: number): Promise<string[]> {
  const secret = await loadSecret(undefined, app.dataDir)
  const { name } = sessionCookie(app.url)
  const now = new Date()
  const cookies: string[] = []
  for (let i = 0; i < n; i++) {
    const [userId, sessionId] = [newId('usr'), newId('ses')]
    await store.database
      .insert(users)
      .values({ id: userId, name: `Watcher ${i}`, email: `watcher.${i}.${userId}@example.com` })
    await store.database.insert(members).values({ id: newId('mem'), workspaceId, userId, role: 'viewer' })
    await store.transact((tx) =>
      tx.sessions.add({
        id: sessionId,
        userId,
        createdAt: now,
        seenAt: now,
        expiresAt: sessionExpiry(now, now.getTime()),
        userAgent: 'bench',
        address: '192.0.2.1',
      }),
    )
    cookies.push(`${name}=${await sessionToken(secret, { userId, sessionId })}`)
  }
  return cookies
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
