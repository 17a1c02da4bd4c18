/** One record of this device's copy. */
export interface KeptUpdate {
  readonly key: number
  readonly bytes: Uint8Array
  /** How many of the person's changes are in it that the server has not acknowledged; 0: none. */
  readonly unsent: number
}

/**
 * Where a client keeps its copy of one room for one user. Every method may reject (private mode, full disk); the
 * client then goes on without and says so. Several tabs share one.
 */
export interface Persistence {
  /** Everything kept, in the order it was written. */
  load(): Promise<readonly KeptUpdate[]>
  /** Writes records in one transaction, in order; answers with their keys. Resolves when they are on disk. */
  append(
    updates: readonly { readonly bytes: Uint8Array; readonly unsent: number }[],
  ): Promise<readonly number[]>
  /** The server has these now. */
  markSent(keys: readonly number[]): Promise<void>
  /** Merges what the server has into one record when there are many. Must see other tabs' records too. */
  compact(merge: (updates: readonly Uint8Array[]) => Uint8Array): Promise<void>
  /** Removes the copy. */
  clear(): Promise<void>
  close(): void
}
