import type { Limits } from '../limits'

/** What hearing somebody means: seen for the first time, after a silence, or as always. */
export type Meeting = 'new' | 'back' | 'known'

interface Peer {
  at: number
  silent: boolean
}

/** The other nodes, by when they were last heard. */
export class Peers {
  private readonly all = new Map<string, Peer>()

  constructor(private readonly limits: Limits) {}

  /** How many are heard now. */
  get size(): number {
    let count = 0
    for (const { silent } of this.all.values()) if (!silent) count += 1
    return count
  }

  heard(name: string, now: number): Meeting {
    const peer = this.all.get(name)
    if (!peer) {
      this.all.set(name, { at: now, silent: false })
      return 'new'
    }
    const away = peer.silent || now - peer.at > this.limits.doubt
    peer.at = now
    peer.silent = false
    return away ? 'back' : 'known'
  }

  /** It has said that it ends. */
  gone(name: string): void {
    this.all.delete(name)
  }

  /** Whether one of them may be saying things that do not arrive here. */
  inDoubt(now: number): boolean {
    for (const { at } of this.all.values()) if (now - at > this.limits.doubt) return true
    return false
  }

  /** Those who have just become silent. Whoever has been for long is forgotten. */
  newlySilent(now: number): string[] {
    const names: string[] = []
    for (const [name, peer] of this.all) {
      if (now - peer.at > this.limits.forgotten) this.all.delete(name)
      if (peer.silent || now - peer.at <= this.limits.silent) continue
      peer.silent = true
      names.push(name)
    }
    return names
  }
}
