import * as Y from 'yjs'
import type { Origin } from './read'

/** Who did something, and when. `userId` null: the server itself. `at` null: before anybody kept time for us. */
export interface Hand {
  readonly userId: string | null
  /** Milliseconds since 1970. */
  readonly at: number | null
}

export interface LedgerRow {
  readonly userId: string | null
  readonly at: number
  /** A journal row or a segment of the history: a Yjs update (V1) of ours. */
  readonly bytes: Uint8Array
}

interface Entry {
  readonly from: number
  readonly to: number
  readonly userId: string | null
  readonly at: number
}

/** Says of any character who wrote it and who took it away, by what was written between two states. */
export class Ledger {
  private readonly inserts = new Map<number, Entry[]>()
  private readonly deletes = new Map<number, Entry[]>()

  /** @param clients whose each Yjs client id is: who wrote a character is known even when nobody knows when */
  constructor(
    rows: readonly LedgerRow[],
    private readonly clients: ReadonlyMap<number, string | null>,
  ) {
    for (const { userId, at, bytes } of rows) {
      const { structs, ds } = Y.decodeUpdate(bytes)
      for (const { id, length } of structs)
        note(this.inserts, id.client, { from: id.clock, to: id.clock + length, userId, at })
      for (const [client, ranges] of ds.clients)
        for (const { clock, len } of ranges)
          note(this.deletes, client, { from: clock, to: clock + len, userId, at })
    }
  }

  wrote({ client, clock }: Origin): Hand | null {
    const found = find(this.inserts, client, clock)
    const owner = this.clients.get(client)
    // A client id the server draws for an edit in somebody's name belongs to that somebody in the journal.
    if (owner === undefined) return found && { userId: found.userId, at: found.at }
    return { userId: owner ?? found?.userId ?? null, at: found?.at ?? null }
  }

  tookAway({ client, clock }: Origin): Hand | null {
    const found = find(this.deletes, client, clock)
    return found && { userId: found.userId, at: found.at }
  }
}

function note(map: Map<number, Entry[]>, client: number, entry: Entry): void {
  const known = map.get(client)
  if (known) known.push(entry)
  else map.set(client, [entry])
}

/** The first row that has it: an update that comes again says the same, later. */
function find(map: ReadonlyMap<number, readonly Entry[]>, client: number, clock: number): Entry | null {
  return map.get(client)?.find(({ from, to }) => from <= clock && clock < to) ?? null
}
