/** A way for short texts to everybody who listens, ourselves among them. */
export interface Line {
  /** Resolves when they have been handed over, in order. Rejects when they may not have been. */
  send(texts: readonly string[]): Promise<void>
  /** Ends it at once. Never throws. */
  close(): void
}

export interface LineEvents {
  heard(text: string): void
  /** It is gone, and nothing will be heard of it any more. May be told more than once. */
  lost(why: unknown): void
}

/** Connects, and listens by the time it resolves. Rejects, leaving nothing open, when it cannot. */
export type OpenLine = (events: LineEvents) => Promise<Line>
