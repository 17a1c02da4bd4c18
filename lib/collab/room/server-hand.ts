import type * as Y from 'yjs'
import type { LiveDocument } from './live-document'
import type { NewRow } from './pending-rows'
import type { AppendOutcome } from './ports'
import { type Edited, type EditOptions, EditRefused, type ServerAuthor } from './server-edit'

/** Tries before a document that is loaded again and again counts as not available. */
const TRIES = 5

type Outcome = AppendOutcome | 'dropped'

/** What the server's hand needs of a room. */
export interface Desk {
  /** Runs `work` at a moment in which everything in memory is committed. */
  atRest<T>(work: (live: LiveDocument, seq: number) => T): Promise<T>
  add(row: NewRow): void
  /** The document in memory holds what must not stay. */
  spoilt(): void
}

/** RM11: how the server changes a live document. */
export class ServerHand {
  constructor(private readonly desk: Desk) {}

  /**
   * `change` is called again when the document had to be loaded again before the change was committed. Resolves after
   * the commit.
   */
  async edit<T>(by: ServerAuthor, change: (doc: Y.Doc) => T, options: EditOptions = {}): Promise<Edited<T>> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { value, done } = await this.desk.atRest((live, seq) => this.once(live, seq, by, change, options))
      const outcome = await done
      if (outcome === null) throw new EditRefused('the document does not take this change')
      if (outcome !== 'dropped') return { value, seq: outcome }
    }
    throw new EditRefused('the document was loaded again too often')
  }

  private once<T>(
    live: LiveDocument,
    seq: number,
    by: ServerAuthor,
    change: (doc: Y.Doc) => T,
    options: EditOptions,
  ): { value: T; done: Promise<Outcome> } {
    try {
      const { value, row } = live.change(by, change, options)
      const done = row
        ? new Promise<Outcome>((settled) => this.desk.add({ ...row, author: null, grant: null, by, settled }))
        : Promise.resolve(seq)
      return { value, done }
    } catch (error) {
      this.desk.spoilt()
      throw error
    }
  }
}
