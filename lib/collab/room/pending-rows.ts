import type { Committer } from './committer'
import type { Connection } from './connection'
import type { AppendOutcome, Claim, Grant } from './ports'
import type { Room } from './room'
import type { ServerAuthor } from './server-edit'

/** One row on its way into the journal: what one author did, mostly in one turn. */
export interface PendingRow {
  readonly room: Room
  /** Null: the server itself. */
  readonly author: Connection | null
  readonly userId: string | null
  readonly sessionId: string | null
  readonly grant: Grant | null
  readonly parts: Uint8Array[]
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
  readonly claims: readonly Claim[]
  readonly author: Connection | null
  readonly grant: Grant | null
  readonly by: ServerAuthor
  readonly settled?: PendingRow['settled']
}

/** A room's rows that are gathered or sent, in order. */
export class PendingRows {
  private rows: PendingRow[] = []
  private size = 0
  private sent = 0

  constructor(
    private readonly room: Room,
    private readonly committer: Committer,
  ) {}

  get isEmpty(): boolean {
    return this.rows.length === 0
  }

  get last(): PendingRow | undefined {
    return this.rows.at(-1)
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

  add({ bytes, claims, author, grant, by, settled = null }: NewRow): void {
    const { last } = this
    this.size += bytes.length
    // Only the room's last row may grow: one in between would move its author's later words before others' earlier ones.
    if (author && last?.state === 'gathering' && last.author === author) {
      last.claims.push(...claims)
      last.frames = author.frames
      this.committer.grow(last, bytes)
      return
    }
    const row: PendingRow = {
      room: this.room,
      author,
      userId: by.userId,
      sessionId: by.sessionId,
      grant,
      parts: [bytes],
      claims: [...claims],
      bytes: bytes.length,
      frames: author?.frames ?? 0,
      waiting: null,
      settled,
      state: 'gathering',
      since: this.committer.moment(),
    }
    this.rows.push(row)
    this.committer.add(row)
  }

  /** One has been sent to the store. */
  left(): void {
    this.sent += 1
  }

  /** The store has answered for one. */
  returned(row: PendingRow): void {
    this.sent -= 1
    this.size -= row.bytes
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

  private forget(rows: readonly PendingRow[]): void {
    const gone = new Set(rows)
    this.rows = this.rows.filter((row) => !gone.has(row))
    for (const row of rows) {
      this.size -= row.bytes
      row.settled?.('dropped')
    }
  }
}
