import { LIVE_UPDATE_BYTES } from './protocol/numbers'

const KiB = 1024
const MiB = 1024 * KiB

/**
 * Every bound of the sync engine, each with its reason. Tests and measures may pass others; nothing else carries a
 * number of its own.
 */
export const defaultLimits = {
  /** One live update. Everything typed by hand stays far below it. */
  liveUpdateBytes: LIVE_UPDATE_BYTES,
  /**
   * One step 2: a year of one person's work offline is less. Pasting 100,000 Chinese characters is one update of 300 KB
   * that Yjs cannot split, and refusing it would lose words; its price is bounded by `liveBytesPerSecond` and `cpuPerSecond`.
   */
  syncBytes: 2 * MiB,
  /** Largest frame `ws` lets in at all: room for what is too large to be told so (4413). Beyond: 1009. */
  frameBytes: 4 * MiB,
  /** Bytes of updates: one document's text per second is more than anybody types or pastes for long. */
  liveBytesPerSecond: 256 * KiB,
  liveBytesBurst: 2 * MiB + 512 * KiB,
  /** Our client sends at most 25 updates and 10 awareness messages a second; the burst covers a reconnect. */
  framesPerSecond: 40,
  framesBurst: 120,
  /** Server time spent on one connection's updates. One person must not take the process from the others. */
  cpuPerSecond: 100,
  /** A first sync of 2 MiB takes about a second once. Milliseconds. */
  cpuBurst: 3_000,
  /** A million entries (4 MB) took half a second to read; an honest document has a few thousand clients. */
  stateVectorBytes: 64 * KiB,
  /** A one-byte request can ask for a whole document; two per ten seconds is enough for any reconnect. */
  fullReplies: 2,
  fullReplyWindow: 10_000,
  /** Clocks that structs without content may claim in one frame: honest ones stand for text once typed. */
  freeClocksPerByte: 2,
  freeClocksPerFrame: 100_000,
  /** And for one user in one document while it is in memory. */
  freeClocksPerUser: 10_000_000,
  /** Client ids one frame may bring: a browser's offline tabs. Each stays in every state vector for ever. */
  newClientsPerFrame: 64,
  newClientsPerConnection: 256,
  /** Nested types. A page is about ten deep; at 20,000 a plain toJSON breaks the stack. */
  depth: 100,
  /** Live updates that came before the first sync step 2 and cannot be placed yet; that step brings them again. */
  earlyUpdates: 200,
  /** Frames kept while the document is being loaded. */
  waitingBytes: 4 * MiB + 64 * KiB,
  waitingFrames: 256,
  /** One person's cursor and name. */
  awarenessStateBytes: 4 * KiB,
  /** A stock client repeats what it heard of everybody, so a message may name many. */
  awarenessBytes: 64 * KiB,
  awarenessEntries: 512,
  /** An honest clock goes up by one; a jump to 2^53 would freeze the entry for ever. */
  awarenessClockStep: 1_000,
  awarenessFirstClock: 2 ** 31,
  /** Presence ids a room remembers the owner of. */
  awarenessOwners: 10_000,
  /**
   * Once so many sockets were written to within a span of so many milliseconds, everybody's output is gathered until its
   * end: then one write for each socket. A team of ten never comes there.
   */
  writesAtOnce: 64,
  gather: 20,
  /** Output a slow reader leaves lying about, besides its one large reply. */
  unreadBytes: MiB,
  /** Letters kept as bytes before they are put into the document together, and how large one may be: no paste. */
  heldLetters: 256,
  heldLetterBytes: 128,
  /** Updates waiting for the database, per document and per node; beyond it sockets are paused, not dropped. */
  pendingBytesPerDocument: 8 * MiB,
  pendingBytes: 64 * MiB,
  /**
   * Once more letters than this come within a span of so many milliseconds, batches leave for the journal only every
   * `pace` milliseconds. A person types six letters a second, ten at the most: five partners at once do not come there.
   */
  lettersAtOnce: 12,
  letterSpan: 200,
  pace: 40,
  /** One statement. More only make the first of them wait; fewer, while they come faster than statements end, all behind them. */
  batchRows: 2_000,
  batchBytes: 8 * MiB,
  /** One person's sockets in one room: a tab each. */
  socketsPerUserAndRoom: 8,
  /** And in all: eight tabs with a document and a channel each, twice over while reconnecting. */
  socketsPerUser: 32,
  /** Connections that have not been let in yet: enough for everybody of a large company reconnecting at once. */
  socketsGreeting: 500,
  socketsPerNode: 10_000,
  /** From the open socket to the decision about it. */
  greetingDeadline: 5_000,
  /** A room stays in memory this long after its last connection, for reloads and flaky networks. */
  linger: 10_000,
  /** When the journal's tail outweighs the snapshot (and this), a new snapshot is stored. */
  snapshotTailBytes: 64 * KiB,
  snapshotTailRows: 500,
  /** But while many write, not more often than this, before the tail has grown to so many rows, which are read at once. */
  snapshotPause: 5_000,
  snapshotMostRows: 2_000,
  /** After a snapshot could not be stored: encoding the whole document again at every batch would cost more than it saves. */
  snapshotRetry: 30_000,
  /** A room being let go stores a snapshot when the next load would read more rows than this. */
  snapshotOnUnloadRows: 50,
  /** Pauses longer than this end an editing session in the history. */
  sessionPause: 15 * 60_000,
  /** y-websocket gives up after 30 s of silence. */
  keepalive: 20_000,
  /** A lost revocation message must not matter for longer: every connection is judged again. */
  rejudge: 10 * 60_000,
  /** Waits between tries while the database is away. */
  retryFirst: 50,
  retryMost: 1_000,
  /** Anti-entropy: a lost last bus message is healed by reading the journal this often. Only with several nodes. */
  catchUp: 5_000,
  /** Every node says this often that it lives. */
  beat: 1_000,
  /** A node not heard for this long may be telling us of revocations that do not arrive: two beats, and a busy moment. */
  doubt: 2_200,
  /** Then, and while the bus is down, everybody is judged again this often: access ends within 5 s all the same. */
  rejudgeInDoubt: 1_500,
  /** People of a node not heard for this long are not shown any more: long enough for any pause of a healthy one. */
  silent: 8_000,
  /** A node not heard for this long has been restarted under another name, or is judged as seldom as everybody else. */
  forgotten: 2 * 60_000,
  /** Who is where is told again this often, and not shown after three times as long: a goodbye may be lost. */
  presenceAgain: 15_000,
  /** Cursors move up to ten times a second; what moves within this time travels to other nodes together. */
  presenceGather: 50,
  /** After lost notes, the journal is asked at most this often, and pages are told to read again at most every so many. */
  healGap: 500,
  greetAgainGap: 5_000,
  /** SIGTERM: "come back" spread over this long, so that clients do not all return in one moment. */
  drainSpread: 2_000,
  drainDeadline: 8_000,
} as const satisfies Record<string, number>

export type Limits = { readonly [K in keyof typeof defaultLimits]: number }
