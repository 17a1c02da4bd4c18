/** The budgets of the client. The server's are in ../limits.ts; these stay well below them. Milliseconds. */
export const pace = {
  /** 25 update frames a second. The first after a pause leaves at once. */
  update: 40,
  /** 10 cursor moves a second. */
  awareness: 100,
  /** Words reach the disk this soon; together with what came meanwhile. */
  keep: 50,
  keepOffline: 300,
  /** Longer than this without a commit is worth telling. */
  notSavedAfter: 3_000,
  /** A reconnect within this time is not worth telling. */
  offlineAfter: 1_500,
  backoffFirst: 200,
  backoffMost: 10_000,
  /** The server speaks every 20 s at least. */
  silence: 45_000,
  /** A disk that does not answer must not keep anybody from the server's copy. */
  loadPatience: 2_000,
  /** Unsent output in bytes beyond which updates wait: they merge better here than in the socket's buffer. */
  backlog: 1024 * 1024,
  compactEvery: 60_000,
  /** So many closes of one kind within a minute mean that coming back does not help. */
  patience: 4,
} as const
