import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sql } from 'postgres'
import { connect } from '@/db/database'
import { openJournal } from '@/db/repositories/journal'
import type { Limits } from '@/lib/collab/limits'
import { createEngine, type Engine } from '@/lib/collab/room/engine'
import type { Bus, EngineLog, JournalStore, Roots } from '@/lib/collab/room/ports'
import { askTogether } from '@/lib/kit/ask-together'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { createSocketServer } from '@/lib/server/socket/socket-server'

export const TEST_ROOTS: Roots = {
  preface: 'xml',
  situation: 'xml',
  difficulties: 'xml',
  policy: 'xml',
  activities: 'xml',
  meta: 'map',
  text: 'text',
}

export interface CollabServer {
  readonly engine: Engine
  readonly port: number
  /** ws://…/collab */
  readonly url: string
  readonly origin: string
  readonly sql: Sql
  /** Lines the engine and the door have logged. */
  readonly lines: { level: string; fields: Record<string, unknown>; message: string }[]
  drain(): Promise<void>
  stop(): Promise<void>
}

/**
 * The collab half of the app, without pages: http server, door, engine, PostgreSQL. A session is named by the cookie
 * `session=<ses id>`, looked up in the sessions table.
 */
export async function startCollabServer(options: {
  readonly databaseUrl: string
  readonly port?: number
  readonly limits?: Partial<Limits>
  /** To other servers on the same database; ended by whoever made it. */
  readonly bus?: Bus
  /** Wraps the store, to make it slow or broken. */
  readonly wrap?: (store: JournalStore) => JournalStore
  readonly readSession?: (sessionId: string) => Promise<{ sessionId: string; userId: string } | null>
}): Promise<CollabServer> {
  const { sql } = connect(options.databaseUrl, 6)
  // As in the app, which has asked the database much before it lets anybody in.
  await sql`select 1`
  const lines: CollabServer['lines'] = []
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message })
  }
  const log: EngineLog = { info: write('info'), warn: write('warn'), error: write('error') }
  const store = openJournal(sql)
  const engine = createEngine({
    store: options.wrap?.(store) ?? store,
    authorizer: makeAuthorizer(sql),
    roots: TEST_ROOTS,
    log,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.bus ? { bus: options.bus } : {}),
  })
  const server = createServer((_request, response) => response.writeHead(404).end())
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = 'https://app.example.test'
  const readSession =
    options.readSession ??
    askTogether(async (ids: readonly string[]) => {
      const rows = await sql<{ id: string; user_id: string }[]>`
        select id, user_id from sessions
        where id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)))
          and revoked_at is null and expires_at > now()`
      const users = new Map(rows.map((row) => [row.id, row.user_id]))
      return ids.map((sessionId) => {
        const userId = users.get(sessionId)
        return userId === undefined ? null : { sessionId, userId }
      })
    })
  const door = createSocketServer({
    engine,
    origins: new Set([origin]),
    log,
    ...(options.limits ? { limits: options.limits } : {}),
    async readSession(headers) {
      const sessionId = /(?:^|; )session=([^;]+)/.exec(headers.cookie ?? '')?.[1]
      return sessionId ? readSession(sessionId) : null
    },
  })
  server.on('upgrade', (request, socket, head) => {
    if (!door.handleUpgrade(request, socket, head)) socket.destroy()
  })
  return {
    engine,
    port,
    url: `ws://127.0.0.1:${port}/collab`,
    origin,
    sql,
    lines,
    drain: () => engine.drain(),
    async stop() {
      engine.stop()
      door.close()
      await close(server)
      await sql.end({ timeout: 2 })
    },
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
