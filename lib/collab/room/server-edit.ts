/** Who the server writes for; null: for itself. */
export interface ServerAuthor {
  readonly userId: string | null
  readonly sessionId: string | null
}

export interface EditOptions {
  /**
   * When the change brings words that were written elsewhere: whose the client ids in it are. Ids that are neither
   * known here nor named become the author's.
   */
  readonly owners?: ReadonlyMap<number, string | null>
}

export interface Edited<T> {
  /** What the change answered, the time it was committed. */
  readonly value: T
  /** Of the journal row; of the last one when the change changed nothing. */
  readonly seq: number
}

/** The document could not be changed by the server; nothing of the change was stored. */
export class EditRefused extends Error {}
