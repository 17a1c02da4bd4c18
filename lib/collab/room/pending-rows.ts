import type { Letters } from '../protocol/letters'
import type { Committer } from './committer'
import type { Connection } from './connection'
import type { AppendOutcome, Claim, Grant } from './ports'
import type { Room } from './room'
import { Said } from './said'
import type { ServerAuthor } from './server-edit'

/** One row on its way into the journal: what one author did while a batch gathered, mostly in one turn. */
export interface PendingRow {
  readonly room: Room
  /** Null: the server itself. */
  readonly author: Connection | null
  readonly userId: string | null
  readonly sessionId: string | null
  readonly grant: Grant | null
  readonly said: Said
  readonly claims: Claim[]
  bytes: number
  /** The author's last update frame in here. */
  frames: number
  /** Frames that brought nothing new are answered when everything before them is safe. */
  waiting: { readonly connection: Connection; readonly frames: number }[] | null
  readonly settled: ((outcome: AppendOutcome | 'dropped') => void) | null
  state: 'gathering' | 'sent' | 'answered' | 'dropped'
  /** When its first update came, by `Time.cost`. */
  readonly since: number
}

export interface NewRow {
  readonly bytes: Uint8Array
  /** The same, if it is nothing but letters. */
  readonly letters?: Letters | null
  readonly claims: readonly Claim[]
  readonly author: Connection | null
  readonly grant: Grant | null
  readonly by: ServerAuthor
  readonly settled?: PendingRow['settled']
}

/** A room's rows that are gathered or sent, in order. */
export class PendingRows {
  private rows: PendingRow[] = []
  /** The row that everybody said something in last. */
  private readonly latest = new Map<Connection, PendingRow>()
  private size = 0
  private sent = 0

  constructor(
    private readonly room: Room,
    private readonly committer: Committer,
  ) {}

  get isEmpty(): boolean {
    return this.rows.length === 0
  }

  get bytes(): number {
    return this.size
  }

  /** Sent, and not answered. */
  get inFlight(): number {
    return this.sent
  }

  get states(): readonly PendingRow['state'][] {
    return this.rows.map((row) => row.state)
  }

  add({ bytes, letters = null, claims, author, grant, by, settled = null }: NewRow): void {
    this.size += bytes.length
    const open = author && this.growing(author, letters)
    if (author && open) {
      open.said.add(bytes, letters)
      open.claims.push(...claims)
      open.frames = author.frames
      this.committer.grow(open, bytes.length)
      return
    }
    const said = new Said()
    said.add(bytes, letters)
    const row: PendingRow = {
      room: this.room,
      author,
      userId: by.userId,
      sessionId: by.sessionId,
      grant,
      said,
      claims: [...claims],
      bytes: bytes.length,
      frames: author?.frames ?? 0,
      waiting: null,
      settled,
      state: 'gathering',
      since: this.committer.moment(),
    }
    this.rows.push(row)
    if (author) this.latest.set(author, row)
    this.committer.add(row)
  }

  /**
   * The row that grows by what its author says now. Behind others' rows only by letters that go on where it ended: they
   * build on nothing that stands between. Anything else would come before words that it may build on.
   */
  private growing(author: Connection, letters: Letters | null): PendingRow | null {
    const row = this.latest.get(author)
    if (row?.state !== 'gathering') return null
    return row === this.rows.at(-1) || (letters && row.said.endsBefore(letters)) ? row : null
  }

  /** What somebody said was known: safe with the last row, if there is one. Answers whether. */
  waitForLast(connection: Connection): boolean {
    const last = this.rows.at(-1)
    if (!last) return false
    last.waiting ??= []
    last.waiting.push({ connection, frames: connection.frames })
    // An earlier row of theirs must not make it safe by growing.
    if (last.author !== connection) this.latest.delete(connection)
    return true
  }

  /** One has been sent to the store. */
  left(): void {
    this.sent += 1
  }

  /** The store has answered for one. */
  returned(row: PendingRow): void {
    this.sent -= 1
    this.size -= row.bytes
    this.close(row)
    const at = this.rows.indexOf(row)
    if (at >= 0) this.rows.splice(at, 1)
  }

  /** Takes back what has not left yet. */
  drop(): void {
    this.forget(this.committer.drop(this.room))
  }

  /** Nothing more will be heard of what was sent. */
  giveUp(): void {
    this.sent = 0
    this.forget(this.rows.filter((row) => row.state === 'sent'))
  }

  private close({ author }: PendingRow): void {
    const row = author && this.latest.get(author)
    if (author && row && row.state !== 'gathering') this.latest.delete(author)
  }

  private forget(rows: readonly PendingRow[]): void {
    const gone = new Set(rows)
    this.rows = this.rows.filter((row) => !gone.has(row))
    for (const row of rows) {
      this.size -= row.bytes
      this.close(row)
      row.settled?.('dropped')
    }
  }
}
