import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres, { type Sql } from 'postgres'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { must } from '@/lib/kit/assert'
import { type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import type { Seat } from './client'

/** The database all of them share - as it is in production, with fsync - and the people and documents in it. */
export class World {
  private readonly sessions: string[] = []
  private seats = 0

  private constructor(
    readonly database: { readonly url: string; readonly pid: number },
    readonly sql: Sql,
    private readonly stored: StoredWorld,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(): Promise<World> {
    const folder = await mkdtemp(path.join(tmpdir(), 'throughline-sync-'))
    const server = await startEmbedded({ dataDir: folder })
    await migrate(server.url)
    // People and empty documents need not be on disk before the next one is made.
    const sql = postgres(server.url, {
      max: 4,
      onnotice: () => {},
      connection: { synchronous_commit: 'off' },
    })
    return new World(server, sql, await storedWorld(sql), async () => {
      await sql.end({ timeout: 2 })
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    })
  }

  close(): Promise<void> {
    return this.end()
  }

  /** New documents with this content and so many seats in each, every one of another person. */
  async rooms(rooms: number, people: number, content?: Uint8Array): Promise<Seat[]> {
    while (this.sessions.length < rooms * people) {
      const person = await this.stored.person('owner')
      this.sessions.push(person.sessionId)
    }
    const seats: Seat[] = []
    for (let i = 0; i < rooms; i++) {
      const { strategyId } = await this.stored.strategy(content)
      for (let j = 0; j < people; j++) {
        this.seats += 1
        const session = this.sessions[i * people + j] ?? ''
        // Five bytes long, as the ids Yjs draws mostly are.
        seats.push({ room: strategyId, session, author: 2 ** 31 + this.seats })
      }
    }
    return seats
  }

  /** Content that has been there for long: in a snapshot, with its author known. */
  async snapshot(room: string, content: Uint8Array, author: number): Promise<void> {
    const { sql } = this
    await sql.begin(async (tx) => {
      const [document] = await tx<{ id: string }[]>`
        update documents set seq = 1 where id = (select document_id from strategies where id = ${room}) returning id`
      const id = must(document, 'the room has a document').id
      const checksum = createHash('sha256').update(content).digest('hex')
      await tx`insert into snapshots (document_id, seq, bytes, checksum)
        values (${id}, 1, ${Buffer.from(content)}, ${checksum})`
      await tx`insert into document_clients (document_id, client_id, user_id) values (${id}, ${author}, null)`
    })
  }
}
