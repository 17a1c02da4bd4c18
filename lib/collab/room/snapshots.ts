import * as Y from 'yjs'
import { failpoint } from '@/lib/kit/failpoint'
import { toHistory } from './history'
import type { RoomHost } from './host'
import type { StoredDocument } from './ports'

/** RM12: when a document's committed state is stored as a whole, and the storing. */
export class Snapshots {
  private epoch = 0
  /** False when another writer has the epoch: appending stays right; storing is its work now. */
  private mayStore = true
  private storing = false
  private notBefore = 0
  /** When the last one was stored here. */
  private at = Number.NEGATIVE_INFINITY
  private seq = 0
  private size = 0
  private tail = 0

  constructor(
    private readonly documentId: string,
    private readonly host: RoomHost,
  ) {}

  get busy(): boolean {
    return this.storing
  }

  /** Loaded anew, under a new epoch. */
  begin(stored: StoredDocument): void {
    this.epoch = stored.epoch
    this.mayStore = true
    this.seq = stored.snapshot?.seq ?? 0
    this.size = stored.snapshot?.bytes.length ?? 0
    this.tail = stored.tail.reduce((sum, row) => sum + row.bytes.length, 0)
  }

  /** So many bytes more in the journal. */
  grew(bytes: number): void {
    this.tail += bytes
  }

  /** Whether the next load would read more rows than it should. */
  worthAtEnd(seq: number): boolean {
    return seq - this.seq > this.host.limits.snapshotOnUnloadRows
  }

  /**
   * Runs `store` at the next good moment, when one is due and no other room stores: twenty at once would keep everybody's
   * letters waiting. Whose turn it is not is asked again at its next batch. `store` never rejects.
   */
  plan(seq: number, whenAtRest: (work: () => void) => void, store: () => Promise<void>): void {
    const { storing } = this.host
    if (storing.size > 0 || !this.isDue(seq)) return
    storing.add(this)
    whenAtRest(() => void store().finally(() => storing.delete(this)))
  }

  private isDue(seq: number): boolean {
    const { limits, time } = this.host
    const now = time.now()
    if (!this.mayStore || this.storing || this.notBefore > now) return false
    const rows = seq - this.seq
    const outweighs = this.tail > Math.max(limits.snapshotTailBytes, this.size)
    if (!outweighs && rows <= limits.snapshotTailRows) return false
    const ago = now - this.at
    // A clock that was set back must not keep it waiting.
    return ago < 0 || ago >= limits.snapshotPause || rows > limits.snapshotMostRows
  }

  /**
   * Stores `doc`, committed up to `seq`, and moves the rows before it into history. Never rejects: the journal has it all.
   */
  async store(doc: Y.Doc, seq: number): Promise<void> {
    if (!this.mayStore || this.storing) return
    const { epoch, tail, documentId } = this
    const { store, limits, counts, log, time } = this.host
    this.storing = true
    try {
      const bytes = Y.encodeStateAsUpdate(doc)
      const rows = await store.read(documentId, this.seq)
      if (!rows) {
        // Another node has stored one meanwhile.
        this.mayStore = false
        return
      }
      await failpoint('snapshotMid')
      const past = rows.filter((row) => row.seq <= seq)
      const stored = await store.saveSnapshot({
        documentId,
        epoch,
        seq,
        bytes,
        rows: past.length,
        history: toHistory(past, limits.sessionPause),
      })
      if (this.epoch !== epoch) return
      this.mayStore = stored
      if (!stored) return
      counts.snapshots += 1
      this.at = time.now()
      this.seq = seq
      this.size = bytes.length
      this.tail -= tail
    } catch (error) {
      this.notBefore = time.now() + limits.snapshotRetry
      log.warn({ err: error, documentId }, 'snapshot not stored')
    } finally {
      this.storing = false
    }
  }
}
