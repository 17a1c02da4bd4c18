import type { KeptUpdate, Persistence } from '../client/persistence'

/** A device's disk in memory: outlives the client that writes to it. */
export class MemoryPersistence implements Persistence {
  private rows: KeptUpdate[] = []
  private nextKey = 1
  failing = false

  async load(): Promise<readonly KeptUpdate[]> {
    this.check()
    return [...this.rows]
  }

  async append(updates: readonly { bytes: Uint8Array; unsent: number }[]): Promise<readonly number[]> {
    this.check()
    return updates.map((update) => {
      const key = this.nextKey++
      this.rows.push({ key, ...update })
      return key
    })
  }

  async markSent(keys: readonly number[]): Promise<void> {
    this.check()
    this.rows = this.rows.map((row) => (keys.includes(row.key) ? { ...row, unsent: 0 } : row))
  }

  async compact(merge: (updates: readonly Uint8Array[]) => Uint8Array): Promise<void> {
    this.check()
    const sent = this.rows.filter((row) => row.unsent === 0)
    const [first] = sent
    if (!first || sent.length < 2) return
    const base = { key: first.key, bytes: merge(sent.map((row) => row.bytes)), unsent: 0 }
    this.rows = [base, ...this.rows.filter((row) => row.unsent > 0)]
  }

  async clear(): Promise<void> {
    this.check()
    this.rows = []
  }

  close(): void {}

  get size(): number {
    return this.rows.length
  }

  private check(): void {
    if (this.failing) throw new Error('the disk is full')
  }
}
