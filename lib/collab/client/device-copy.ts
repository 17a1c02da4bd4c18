import * as Y from 'yjs'
import type { ClientTime } from './client-time'
import type { Ledger } from './ledger'
import { pace } from './pace'
import type { Persistence } from './persistence'

/** Origin of what this device's copy brings into the document. */
export const FROM_DISK = Symbol('device copy')

/** This device's copy of a document: reading it once, writing what is new, keeping it small. */
export class DeviceCopy {
  private isRead = false
  private ended = false
  private cancelWrite: (() => void) | null = null
  private cancelCompact: (() => void) | null = null

  constructor(
    private readonly doc: Y.Doc,
    private readonly persistence: Persistence | null,
    private readonly ledger: Ledger,
    private readonly time: ClientTime,
  ) {
    this.compactLater()
  }

  /**
   * Resolves with whether there was one, at the latest after a while. `brought` is called when its words are in the document;
   * `late`: only after this promise had been given up.
   */
  async read(brought: (late: boolean) => void): Promise<boolean> {
    if (!this.persistence) return false
    const work = this.bring(this.persistence, brought)
    const found = await new Promise<boolean>((resolve) => {
      const cancel = this.time.after(pace.loadPatience, () => resolve(false))
      void work.then((there) => {
        cancel()
        resolve(there)
      })
    })
    this.isRead = true
    return found
  }

  private async bring(persistence: Persistence, brought: (late: boolean) => void): Promise<boolean> {
    try {
      const kept = await persistence.load()
      if (this.ended || kept.length === 0) return false
      const late = this.isRead
      this.doc.transact(() => {
        for (const update of kept) Y.applyUpdate(this.doc, update.bytes, FROM_DISK)
      }, FROM_DISK)
      for (const update of kept)
        if (update.unsent > 0) this.ledger.found(update.key, update.unsent, this.time.now())
      brought(late)
      return true
    } catch {
      return false
    }
  }

  /** Something new waits to be written. */
  writeSoon(online: boolean): void {
    if (this.cancelWrite || this.ended || !this.ledger.unwritten) return
    this.cancelWrite = this.time.after(online ? pace.keep : pace.keepOffline, () => {
      this.cancelWrite = null
      void this.ledger.write().then(() => this.writeSoon(online))
    })
  }

  end(): void {
    this.ended = true
    this.cancelWrite?.()
    this.cancelCompact?.()
  }

  private compactLater(): void {
    this.cancelCompact = this.time.after(pace.compactEvery, () => {
      this.ledger.compact()
      this.compactLater()
    })
  }
}
