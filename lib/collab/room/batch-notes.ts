import type { Connection } from './connection'

export interface Noted {
  /** Of the last row committed; 0: none. */
  readonly news: number
  readonly refused: boolean
}

/** What a batch of the journal leaves to be told when all its rows are through. */
export class BatchNotes {
  private readonly owed = new Set<Connection>()
  private news = 0
  private refused = false

  /** Has something to be told. */
  owe(connection: Connection): void {
    this.owed.add(connection)
  }

  forget(connection: Connection): void {
    this.owed.delete(connection)
  }

  committed(seq: number): void {
    this.news = Math.max(this.news, seq)
  }

  rowRefused(): void {
    this.refused = true
  }

  /** Tells each of them how far the journal is, and answers the rest. */
  tell(seq: number): Noted {
    for (const connection of this.owed) connection.acknowledge(seq)
    this.owed.clear()
    const { news, refused } = this
    this.news = 0
    this.refused = false
    return { news, refused }
  }
}
