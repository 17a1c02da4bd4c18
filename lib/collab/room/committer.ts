import type { Limits } from '../limits'
import { Pace } from './pace'
import type { PendingRow } from './pending-rows'
import type { AppendOutcome, AppendRow, EngineLog, JournalStore, Meter, Time } from './ports'
import type { Room } from './room'

/**
 * Group commit over all rooms: while one batch is on its way the next one gathers. A batch leaves at the end of the turn
 * in which its first row came, or when a busy node's pace lets it (see Pace).
 */
export class Committer {
  private queue: PendingRow[] = []
  private readonly pace: Pace
  private atEnd = false
  private hurried = false
  /** Ends the waiting for the moment at which the next batch leaves; null: nothing waits. */
  private recall: (() => void) | null = null
  private busy = false
  private stopped = false
  private idle: (() => void)[] = []
  /** The first row of the batch on its way. */
  private first: PendingRow | undefined
  /** Rooms that keep somebody from writing because of what all rooms together have pending. */
  private readonly underPressure = new Set<Room>()
  readonly counts = { batches: 0, rows: 0, retries: 0 }
  /** Bytes gathered and on their way, over all rooms. */
  bytes = 0

  constructor(
    private readonly store: JournalStore,
    private readonly time: Time,
    private readonly limits: Limits,
    private readonly log: EngineLog,
    private readonly newBatchId: () => string,
    private readonly meter: Meter,
  ) {
    this.pace = new Pace(limits)
  }

  /** Now, as `PendingRow.since` says it. */
  moment(): number {
    return this.time.cost()
  }

  /** Milliseconds the journal is behind: the age of the oldest row that is not committed. */
  get lag(): number {
    const oldest = this.first ?? this.queue[0]
    return oldest ? this.moment() - oldest.since : 0
  }

  get pending(): number {
    return this.queue.length + (this.busy ? 1 : 0)
  }

  add(row: PendingRow): void {
    this.queue.push(row)
    this.bytes += row.bytes
    this.pace.letter(this.time.now())
    // A change of the server: somebody waits for its answer.
    if (!row.author) this.hurry()
    this.schedule()
  }

  /** So many bytes more in a row that has not left yet. */
  grow(row: PendingRow, bytes: number): void {
    row.bytes += bytes
    this.bytes += bytes
    this.pace.letter(this.time.now())
  }

  /** Somebody waits for what is gathered: a newcomer for the document, a change of the server for its turn. */
  hurry(): void {
    this.hurried = true
    if (!this.recall) return
    this.recall()
    this.recall = null
    this.soon()
  }

  /** Takes the rows of a room that have not left yet out of the queue. */
  drop(room: Room): PendingRow[] {
    const dropped: PendingRow[] = []
    this.queue = this.queue.filter((row) => {
      if (row.room !== room) return true
      row.state = 'dropped'
      this.bytes -= row.bytes
      dropped.push(row)
      return false
    })
    this.rested()
    return dropped
  }

  /** More is pending than this process should hold. */
  get pressed(): boolean {
    return this.bytes > this.limits.pendingBytes
  }

  /** Calls `room.relieved` when it is so no longer: a room whose own rows are through hears of no other batch. */
  whenRelieved(room: Room): void {
    this.underPressure.add(room)
  }

  /** Resolves when nothing is gathered and nothing on its way. */
  settled(): Promise<void> {
    if (this.queue.length === 0 && !this.busy) return Promise.resolve()
    this.hurry()
    return new Promise((resolve) => this.idle.push(resolve))
  }

  /** Ends the waiting for a database that does not come back. */
  stop(): void {
    this.stopped = true
  }

  private schedule(): void {
    if (this.planned || this.busy) return
    const rest = this.hurried ? 0 : this.pace.rest(this.time.now())
    if (rest > 0) this.recall = this.time.after(rest, () => this.go())
    else this.soon()
  }

  private get planned(): boolean {
    return this.atEnd || this.recall !== null
  }

  /** At the end of this turn. */
  private soon(): void {
    this.atEnd = true
    this.time.soon(() => this.go())
  }

  private go(): void {
    this.atEnd = false
    this.recall = null
    if (!this.busy) this.leave()
  }

  private leave(): void {
    const batch: PendingRow[] = []
    let bytes = 0
    for (const row of this.queue) {
      if (
        batch.length >= this.limits.batchRows ||
        (batch.length > 0 && bytes + row.bytes > this.limits.batchBytes)
      )
        break
      batch.push(row)
      bytes += row.bytes
    }
    if (batch.length === 0) return
    this.hurried = false
    this.pace.leaves(this.time.now())
    this.first = batch[0]
    this.queue = this.queue.slice(batch.length)
    for (const row of batch) {
      row.state = 'sent'
      row.room.left(row)
    }
    this.busy = true
    this.commit(batch)
      .catch((error: unknown) => this.failed(batch, error))
      .finally(() => this.returned())
  }

  /** commit() answers for every failure of the store; this is a bug of ours. The rooms start over from the store. */
  private failed(batch: readonly PendingRow[], error: unknown): void {
    this.log.error({ err: error }, 'commit failed')
    for (const row of batch) if (row.state === 'sent') this.bytes -= row.bytes
    for (const room of new Set(batch.map((row) => row.room))) {
      try {
        room.broken()
      } catch (again) {
        // Whatever happens to one room, the others go on.
        this.log.error({ err: again, documentId: room.documentId }, 'room not started over')
      }
    }
  }

  private returned(): void {
    this.busy = false
    this.first = undefined
    if (!this.pressed) {
      const relieved = [...this.underPressure]
      this.underPressure.clear()
      for (const room of relieved) room.relieved()
    }
    if (this.queue.length > 0) this.schedule()
    this.rested()
  }

  private rested(): void {
    if (this.queue.length > 0 || this.busy) return
    const idle = this.idle
    this.idle = []
    for (const resolve of idle) resolve()
  }

  private async commit(batch: readonly PendingRow[]): Promise<void> {
    const left = this.moment()
    const outcomes = await this.append(batch)
    const back = this.moment()
    this.meter.committed(back - left)
    this.counts.batches += 1
    const rooms = new Set<Room>()
    for (let i = 0; i < batch.length; i++) {
      const row = batch[i]
      if (!row) continue
      row.state = 'answered'
      this.bytes -= row.bytes
      this.counts.rows += 1
      this.meter.acknowledged(back - row.since)
      const outcome = outcomes[i]
      rooms.add(row.room)
      row.room.returned(row, outcome ?? null)
    }
    for (const room of rooms) room.afterBatch()
  }

  /** Repeats until the store answers. A row that can never be stored counts as refused; the others do not suffer. */
  private async append(batch: readonly PendingRow[]): Promise<readonly AppendOutcome[]> {
    const rows = batch.map((row) => journalRow(row, this.time.now()))
    const id = this.newBatchId()
    let pause = this.limits.retryFirst
    for (;;) {
      try {
        const answer = await this.store.append(id, rows)
        if (!('impossible' in answer)) return answer
        this.log.error({ reason: answer.impossible, rows: rows.length }, 'append impossible')
        return this.apart(batch)
      } catch (error) {
        if (this.stopped) return rows.map(() => null)
        this.counts.retries += 1
        this.log.warn({ err: error, rows: rows.length, pause }, 'append will be repeated')
        await new Promise<void>((resolve) => this.time.after(pause, resolve))
        pause = Math.min(pause * 2, this.limits.retryMost)
      }
    }
  }

  private async apart(batch: readonly PendingRow[]): Promise<readonly AppendOutcome[]> {
    if (batch.length === 1) return [null]
    // In halves: one row at fault among two thousand costs twenty statements.
    const middle = batch.length >> 1
    const first = await this.append(batch.slice(0, middle))
    return [...first, ...(await this.append(batch.slice(middle)))]
  }
}

function journalRow(row: PendingRow, at: number): AppendRow {
  return {
    documentId: row.room.documentId,
    bytes: row.said.whole(),
    userId: row.userId,
    sessionId: row.sessionId,
    grant: row.grant,
    clients: row.claims,
    at,
  }
}
