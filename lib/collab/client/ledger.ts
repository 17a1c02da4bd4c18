import * as Y from 'yjs'
import type { Persistence } from './persistence'

const GIVE_UP_AFTER = 3

/** Some changes of the person, written together. */
interface Entry {
  count: number
  /** Their bytes, until they are on this device's disk. */
  parts: Uint8Array[]
  /** The update frame of this connection that carried them; 0: none yet. */
  frame: number
  key: number | null
  acknowledged: boolean
  readonly since: number
}

interface RemotePart {
  readonly remote: Uint8Array
}

/**
 * Which of the person's changes the server has not acknowledged, and which of those are on this device's disk.
 * Everything the page says about "saved" and "kept" is read from here.
 */
export class Ledger {
  private entries: Entry[] = []
  private toKeep: (Entry | RemotePart)[] = []
  private writing = false
  private broken = false
  private failures = 0
  private closed = false

  constructor(
    private persistence: Persistence | null,
    private readonly changed: () => void,
  ) {}

  /** Changes the server has not acknowledged. */
  get pending(): number {
    let sum = 0
    for (const entry of this.entries) sum += entry.count
    return sum
  }

  /** When the oldest unacknowledged change was made. */
  get since(): number | null {
    return this.entries[0]?.since ?? null
  }

  /** Whether all unacknowledged changes are on disk. */
  get kept(): boolean {
    if (!this.persistence || this.broken) return this.entries.length === 0
    return this.entries.every((entry) => entry.key !== null)
  }

  /** Whether something waits to be written to disk. */
  get unwritten(): boolean {
    return this.toKeep.length > 0 || this.writing
  }

  local(bytes: Uint8Array, now: number): void {
    const last = this.entries.at(-1)
    // An entry takes more as long as it has neither been sent nor handed to the disk.
    const growing = last?.frame === 0 && last.key === null
    if (last && growing && (!this.persistence || this.toKeep.at(-1) === last)) {
      last.count += 1
      if (this.persistence) last.parts.push(bytes)
      return
    }
    const parts = this.persistence ? [bytes] : []
    const entry: Entry = { count: 1, parts, frame: 0, key: null, acknowledged: false, since: now }
    this.entries.push(entry)
    if (this.persistence) this.toKeep.push(entry)
  }

  remote(bytes: Uint8Array): void {
    if (this.persistence) this.toKeep.push({ remote: bytes })
  }

  /** Changes found on disk, from a tab that was closed before they were acknowledged. */
  found(key: number, count: number, now: number): void {
    this.entries.push({ count, parts: [], frame: 0, key, acknowledged: false, since: now })
  }

  /** Everything not sent on this connection yet goes out with this frame. */
  sent(frame: number): void {
    for (const entry of this.entries) if (entry.frame === 0) entry.frame = frame
  }

  /** A frame that carries everything unacknowledged again. */
  covered(frame: number): void {
    for (const entry of this.entries) entry.frame = frame
  }

  /** The connection is gone, and with it what it promised. */
  disconnected(): void {
    for (const entry of this.entries) entry.frame = 0
  }

  /** The server has committed all frames up to this one. */
  acknowledged(frames: number): void {
    const done: number[] = []
    this.entries = this.entries.filter((entry) => {
      if (entry.frame === 0 || entry.frame > frames) return true
      entry.acknowledged = true
      if (entry.key !== null) done.push(entry.key)
      return false
    })
    if (done.length > 0) this.run((persistence) => persistence.markSent(done))
  }

  /** Writes to disk what is not there yet. */
  async write(): Promise<void> {
    const { persistence } = this
    if (!persistence || this.writing || this.closed || this.toKeep.length === 0) return
    const items = this.toKeep
    this.toKeep = []
    this.writing = true
    try {
      const updates = items.map((item) =>
        'remote' in item
          ? { bytes: item.remote, unsent: 0 }
          : { bytes: merged(item.parts), unsent: item.acknowledged ? 0 : item.count },
      )
      const keys = await persistence.append(updates)
      const late: number[] = []
      items.forEach((item, i) => {
        const key = keys[i]
        if ('remote' in item || key === undefined) return
        item.key = key
        item.parts = []
        if (item.acknowledged && (updates[i]?.unsent ?? 0) > 0) late.push(key)
      })
      this.broken = false
      this.failures = 0
      if (late.length > 0) await persistence.markSent(late)
    } catch {
      // Private mode or a full disk. The words are still in memory and on their way; "kept" is no longer said.
      this.broken = true
      this.failures += 1
      this.toKeep = [...items, ...this.toKeep]
      if (this.failures >= GIVE_UP_AFTER) this.giveUp()
    } finally {
      this.writing = false
    }
    this.changed()
  }

  /** A disk that refuses three times in a row is not asked again: what waits for it would fill the memory. */
  private giveUp(): void {
    this.toKeep = []
    for (const entry of this.entries) entry.parts = []
    this.persistence?.close()
    this.persistence = null
  }

  compact(): void {
    this.run((persistence) => persistence.compact((updates) => Y.mergeUpdates([...updates])))
  }

  close(): void {
    this.closed = true
    this.persistence?.close()
  }

  async clear(): Promise<void> {
    this.toKeep = []
    this.entries = []
    await this.persistence?.clear()
  }

  private run(work: (persistence: Persistence) => Promise<unknown>): void {
    if (!this.persistence || this.closed) return
    work(this.persistence).catch(() => {
      // What could not be marked is sent again once more: harmless.
    })
  }
}

function merged(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  return parts.length === 1 && first ? first : Y.mergeUpdates([...parts])
}
