/** Version of this protocol; its history is in ../PROTOCOL.md. */
export const PROTOCOL_VERSION = 1

/** First number of every frame. 0 to 3 are y-websocket's; ours begin at 100, far from what it may add. */
export const Message = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  hello: 100,
  saved: 101,
  event: 102,
  resync: 103,
} as const

/** Second number of a sync frame. */
export const Sync = { step1: 0, step2: 1, update: 2 } as const

/** The most one live update may carry. What is larger - a paste, an import - goes as a step 2. */
export const LIVE_UPDATE_BYTES = 64 * 1024

/** What a connection may do in a room, as the server's hello says it. */
export const Mode = { read: 0, write: 1, channel: 2 } as const

export type ModeName = keyof typeof Mode

/** Close codes. 44xx is the server's decision: a stock y-websocket client does not come back after one. */
export const Close = {
  /** The process stops; come back in a moment. */
  restart: 1012,
  /** Something of ours failed; come back in a moment. */
  failure: 1011,
  badFrame: 4400,
  notSignedIn: 4401,
  /** Refused, or judged again: come back once, and a second refusal is final. */
  notAllowed: 4403,
  notFound: 4404,
  /** The server could not place this update. Come back and sync from the start. */
  resync: 4408,
  outdated: 4409,
  tooLarge: 4413,
  tooFast: 4429,
} as const

export type CloseCode = (typeof Close)[keyof typeof Close]
