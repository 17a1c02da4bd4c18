import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { openJournal } from '@/db/repositories/journal'
import { CollabClient } from '@/lib/collab/client/collab-client'
import type { OpenLink } from '@/lib/collab/client/link'
import { buildDoc, found } from '@/lib/collab/room/stored-document'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { judgeTokens, Tokens } from '@/lib/collab/testing/tokens'
import { TEST_ROOTS } from '@/lib/testing/collab/collab-server'
import { type StoredPerson, storedWorld } from '@/lib/testing/collab/stored-world'
import { onePage, pageText } from './page-text'
import type { Address, Victim } from './victim'

export interface TortureOptions {
  /** What is killed. It has not been started yet; it is ended afterwards. */
  readonly victim: Victim
  readonly rounds: number
  readonly seed: number
  /** Four by default. */
  readonly clients?: number
  /** Milliseconds until everybody must be saved and must have read everything; a minute by default. */
  readonly patience?: number
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

class Writer {
  doc = new Y.Doc()
  client: CollabClient
  disk = new MemoryPersistence()

  constructor(
    readonly name: string,
    private readonly room: string,
    private readonly address: Address,
    private readonly tokens: Tokens,
    private readonly told: () => void,
  ) {
    this.client = this.open()
  }

  private open(): CollabClient {
    const link: OpenLink = (_url, events) => {
      const { url, headers } = this.address
      const ws = new WebSocket(`${url}/collab/${this.room}`, { headers })
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
      if (client.saveState.kind !== 'saved') return
      this.tokens.acknowledged(this.name)
      this.told()
    })
    const { doc } = this
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === client) this.tokens.seen(this.name, pageText(doc)?.toString() ?? '')
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
    const text = pageText(this.doc)
    if (!text) return
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
  const { victim } = options
  const totals = { edits: 0, acknowledged: 0, seen: 0, kills: 0, lost: 0 }
  const problems: string[] = []
  let sql: postgres.Sql | undefined
  try {
    await victim.start()
    sql = postgres(await victim.databaseUrl(), { max: 3, onnotice: () => {} })
    const world = await storedWorld(sql)
    const people: StoredPerson[] = []
    for (let i = 0; i < (options.clients ?? 4); i++) people.push(await world.person('partner'))
    const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
    for (let round = 1; round <= options.rounds; round++) {
      // A fresh document each time keeps the rounds independent and the oracle small.
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const notices = new Counter()
      const writers = addresses.map(
        (address, i) => new Writer(`c${i}`, strategyId, address, tokens, () => notices.add()),
      )
      await Promise.all(writers.map((writer) => writer.client.synced))
      const blow = victim.aim(chance, notices)
      // The kill itself ends this wait as well.
      blow.struck.catch(() => {})
      const types = writers.map(async (writer, i) => {
        const own = chance.fork(`round ${round} writer ${i}`)
        for (let n = 30 + own.below(30); n > 0; n--) {
          writer.edit(own)
          await delay(own.below(20))
        }
      })
      // Not every round comes to the chosen event; the server then dies when everybody has typed their share.
      await Promise.race([blow.struck, Promise.all(types)])
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
      const patience = options.patience ?? 60_000
      const late: string[] = []
      await Promise.all(
        writers.map(async (writer) => {
          const done = await Promise.race([writer.settled(), delay(patience, 'late')])
          if (done === 'late') late.push(`${writer.name} ends as ${writer.client.saveState.kind}`)
        }),
      )
      const journal = openJournal(sql)
      const rebuilt = buildDoc(found(documentId, await journal.load(documentId, false)), TEST_ROOTS)
      const hash = contentHash(rebuilt, TEST_ROOTS)
      const length = pageText(rebuilt)?.length
      // Everybody's last words still have to travel to everybody else.
      await Promise.race([
        until(() => writers.every((w) => pageText(w.doc)?.length === length)),
        delay(Math.min(patience, 10_000)),
      ])
      const wrong = [...late, ...judgeTokens(tokens, pageText(rebuilt)?.toString() ?? '')]
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
        `round ${round}: killed at ${blow.at}, ${tokens.count} edits, ${wrong.length === 0 ? 'nothing lost' : wrong.join('; ')}`,
      )
    }
  } finally {
    await sql?.end({ timeout: 2 })
    await victim.end()
  }
  return { rounds: options.rounds, ...totals, problems }
}

/** Counts "saved" notices, for blows that fall on a counted one. */
class Counter {
  private count = 0
  private waiting: { at: number; resolve: () => void }[] = []

  add(): void {
    this.count += 1
    for (const one of this.waiting) if (this.count >= one.at) one.resolve()
  }

  reached(at: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ at, resolve }))
  }
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
