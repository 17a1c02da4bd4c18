import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { z } from 'zod'
import { openJournal } from '@/db/repositories/journal'
import { CollabClient } from '@/lib/collab/client/collab-client'
import type { OpenLink } from '@/lib/collab/client/link'
import { buildDoc, found } from '@/lib/collab/room/room'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { judgeTokens, Tokens } from '@/lib/collab/testing/tokens'
import { TEST_ROOTS } from '@/lib/testing/collab/collab-server'
import { type StoredPerson, storedWorld } from '@/lib/testing/collab/stored-world'

export interface TortureOptions {
  readonly databaseUrl: string
  readonly rounds: number
  readonly seed: number
  /** Four by default. */
  readonly clients?: number
  readonly onRound?: (line: string) => void
}

export interface TortureReport {
  readonly rounds: number
  readonly edits: number
  /** Edits somebody was told are saved. */
  readonly acknowledged: number
  /** Edits a colleague had on the screen. */
  readonly seen: number
  readonly kills: number
  readonly lost: number
  readonly problems: readonly string[]
}

const ORIGIN = 'https://app.example.test'
const message = z.object({ kind: z.string(), batches: z.number().optional(), port: z.number().optional() })
type Message = z.infer<typeof message>

/** The server, killed and started again on the same port. */
class Victim {
  port = 0
  private child: ChildProcess | null = null
  private next: ChildProcess | null = null
  private listeners = new Set<(message: Message) => void>()

  constructor(private readonly databaseUrl: string) {}

  /** Starts on the port of the one before. The next one begins to load. */
  async start(): Promise<void> {
    const child = this.next ?? this.load()
    this.child = child
    const listening = this.until((said) => said.kind === 'listening', child)
    child.send(this.port)
    this.port = (await listening).port ?? 0
    this.next = this.load()
  }

  private load(): ChildProcess {
    const child = fork(path.join(import.meta.dirname, 'collab-process.ts'), [this.databaseUrl], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.on('message', (raw) => {
      const parsed = message.safeParse(raw)
      if (parsed.success) for (const listener of [...this.listeners]) listener(parsed.data)
    })
    return child
  }

  /** Resolves with the first message that fits; rejects when the process ends before. */
  until(fits: (message: Message) => boolean, child = this.child): Promise<Message> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the server ended by itself'))
      const listener = (said: Message) => {
        if (!fits(said)) return
        this.listeners.delete(listener)
        child?.off('exit', ended)
        resolve(said)
      }
      this.listeners.add(listener)
      child?.once('exit', ended)
    })
  }

  async end(): Promise<void> {
    await this.kill()
    this.child = this.next
    await this.kill()
  }

  async kill(): Promise<void> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

class Writer {
  doc = new Y.Doc()
  client: CollabClient
  disk = new MemoryPersistence()

  constructor(
    readonly name: string,
    private readonly person: StoredPerson,
    private readonly room: string,
    private readonly victim: Victim,
    private readonly tokens: Tokens,
  ) {
    this.client = this.open()
  }

  private open(): CollabClient {
    const link: OpenLink = (_url, events) => {
      const ws = new WebSocket(`ws://127.0.0.1:${this.victim.port}/collab/${this.room}`, {
        headers: { origin: ORIGIN, cookie: `session=${this.person.sessionId}` },
      })
      let over = false
      const close = (code: number) => {
        if (!over) events.closed(code)
        over = true
      }
      ws.on('open', () => events.opened())
      ws.on('message', (data) => {
        if (data instanceof Uint8Array) events.received(data)
      })
      ws.on('close', (code) => close(code))
      ws.on('error', () => {})
      return {
        send: (bytes) => {
          if (ws.readyState === ws.OPEN) ws.send(bytes)
        },
        unsent: () => ws.bufferedAmount,
        close() {
          ws.terminate()
          close(1006)
        },
      }
    }
    const client = new CollabClient({
      url: 'ws://127.0.0.1/collab',
      room: this.room,
      doc: this.doc,
      schema: 1,
      build: 'torture',
      persistence: this.disk,
      openLink: link,
    })
    client.subscribe(() => {
      if (client.saveState.kind === 'saved') this.tokens.acknowledged(this.name)
    })
    const { doc } = this
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === client) this.tokens.seen(this.name, doc.getText('text').toString())
    })
    return client
  }

  /** The tab is closed and opened again: only what this device kept comes back. */
  reopen(): void {
    const state = this.client.saveState
    if ('kept' in state && state.kept) this.tokens.promised(this.name)
    this.client.destroy()
    this.tokens.gone(this.name)
    this.doc = new Y.Doc()
    this.client = this.open()
  }

  edit(chance: Rng): void {
    if (this.client.ready === 'no') return
    const text = this.doc.getText('text')
    const words = text.toString()
    const mine = chance.below(6) === 0 ? this.tokens.deletable(this.name, words) : []
    if (mine.length > 0) {
      const token = chance.pick(mine)
      this.tokens.deleted(token)
      text.delete(words.indexOf(token), token.length)
      return
    }
    text.insert(this.tokens.place(words, chance), this.tokens.insert(this.name))
  }

  settled(): Promise<void> {
    return this.client.saved()
  }
}

/** Runs the rounds. A seed decides who types what and on which counted event the server dies. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const chance = rng(options.seed)
  const sql = postgres(options.databaseUrl, { max: 3, onnotice: () => {} })
  const victim = new Victim(options.databaseUrl)
  const totals = { edits: 0, acknowledged: 0, seen: 0, kills: 0, lost: 0 }
  const problems: string[] = []
  try {
    const world = await storedWorld(sql)
    const people: StoredPerson[] = []
    for (let i = 0; i < (options.clients ?? 4); i++) people.push(await world.person('partner'))
    await victim.start()
    for (let round = 1; round <= options.rounds; round++) {
      // A fresh document each time keeps the rounds independent and the oracle small.
      const { strategyId, documentId } = await world.strategy()
      const tokens = new Tokens()
      const writers = people.map((person, i) => new Writer(`c${i}`, person, strategyId, victim, tokens))
      await Promise.all(writers.map((writer) => writer.client.synced))
      const place = chance.pick(['sending', 'stored', 'sending', 'stored', 'snapshot'])
      const nth = 3 + chance.below(25)
      let stored = 0
      const struck = victim.until((said) => {
        if (said.kind === 'stored') stored += 1
        return said.kind === place && stored >= nth
      })
      // The kill itself ends this wait as well.
      struck.catch(() => {})
      const types = writers.map(async (writer, i) => {
        const own = chance.fork(`round ${round} writer ${i}`)
        for (let n = 30 + own.below(30); n > 0; n--) {
          writer.edit(own)
          await delay(own.below(20))
        }
      })
      // Not every round comes to the chosen event; the server then dies when everybody has typed their share.
      await Promise.race([struck, Promise.all(types)])
      await victim.kill()
      totals.kills += 1
      // They finish their share with nobody there; sometimes one of them in a new tab.
      await Promise.all(types)
      if (chance.below(3) === 0) {
        const writer = chance.pick(writers)
        await until(
          () =>
            writer.client.saveState.kind === 'saved' ||
            ('kept' in writer.client.saveState && writer.client.saveState.kept),
        )
        writer.reopen()
      }
      await victim.start()
      for (const writer of writers) writer.client.reconnect()
      await Promise.all(writers.map((writer) => writer.settled()))
      const journal = openJournal(sql)
      const rebuilt = buildDoc(found(documentId, await journal.load(documentId, false)), TEST_ROOTS)
      const hash = contentHash(rebuilt, TEST_ROOTS)
      const length = rebuilt.getText('text').length
      // Everybody's last words still have to travel to everybody else.
      await Promise.race([
        until(() => writers.every((w) => w.doc.getText('text').length === length)),
        delay(10_000),
      ])
      const wrong = judgeTokens(tokens, rebuilt.getText('text').toString())
      for (const writer of writers)
        if (contentHash(writer.doc, TEST_ROOTS) !== hash)
          wrong.push(`${writer.name} differs from the database`)
      wrong.push(...(await holes(sql, documentId)))
      for (const writer of writers) writer.client.destroy()
      totals.edits += tokens.count
      for (const token of tokens.all.values()) {
        if (token.acknowledged) totals.acknowledged += 1
        if (token.seen) totals.seen += 1
      }
      totals.lost += wrong.filter((problem) => problem.startsWith('lost')).length
      problems.push(...wrong.map((problem) => `round ${round}: ${problem}`))
      options.onRound?.(
        `round ${round}: killed at ${place} ${nth}, ${tokens.count} edits, ${wrong.length === 0 ? 'nothing lost' : wrong.join('; ')}`,
      )
    }
  } finally {
    await victim.end()
    await sql.end({ timeout: 2 })
  }
  return { rounds: options.rounds, ...totals, problems }
}

async function until(there: () => boolean): Promise<void> {
  while (!there()) await delay(5)
}

/** Journal rows are numbered without holes up to the head, and history and journal do not overlap. */
async function holes(sql: postgres.Sql, documentId: string): Promise<string[]> {
  const [row] = await sql<{ head: number; rows: number; first: number; trimmed: number }[]>`
    select d.seq::int as head, count(j.seq)::int as rows, coalesce(min(j.seq), d.seq + 1)::int as first,
      coalesce((select max(seq) from snapshots where document_id = d.id), 0)::int as trimmed
    from documents d left join journal j on j.document_id = d.id where d.id = ${documentId} group by d.id`
  if (!row) return ['the document is gone']
  if (row.rows !== row.head - row.first + 1) return [`journal has holes: ${JSON.stringify(row)}`]
  return row.first === row.trimmed + 1
    ? []
    : [`rows were trimmed beyond the snapshot: ${JSON.stringify(row)}`]
}
