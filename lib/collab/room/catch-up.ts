import type { RoomHost } from './host'
import type { JournalRow } from './ports'

export interface CatchUpEvents {
  /** Whether what is read still has somebody who wants it. */
  wanted(): boolean
  /** Committed rows, in order, own ones among them. */
  rows(rows: readonly JournalRow[]): void
  /** Some have left the journal: only a load has them all. */
  tooFarBehind(): void
}

/** Reads what other nodes have committed. One reading at a time. */
export class CatchUp {
  private reading = false

  constructor(
    private readonly documentId: string,
    private readonly host: RoomHost,
  ) {}

  /** Everything after row `seq`. */
  from(seq: number, events: CatchUpEvents): void {
    if (this.reading) return
    this.reading = true
    this.host.store
      .read(this.documentId, seq)
      .then((rows) => {
        if (!events.wanted()) return
        if (rows) events.rows(rows)
        else events.tooFarBehind()
      })
      .catch((error: unknown) => {
        this.host.log.warn({ err: error, documentId: this.documentId }, 'journal not read')
      })
      .finally(() => {
        this.reading = false
      })
  }
}
