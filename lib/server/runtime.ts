import type { Authorizer } from '@/lib/collab/room/ports'
import type { Services } from '@/lib/commands/context'
import type { Hasher } from '@/lib/commands/hasher'
import type { Config } from './config'
import type { Log } from './log'
import type { Metrics } from './metrics'
import type { SignedIn } from './session'

/** The living parts of the process. Made once by main.ts. */
export interface Runtime extends Services {
  readonly config: Config
  readonly log: Log
  /** Signs sessions. Generated into DATA_DIR on first start when AUTH_SECRET is unset. */
  readonly secret: string
  /** One for the process: it decides how many passwords are looked at together. */
  readonly hasher: Hasher
  /** Who may join which room, as the socket's door asks. */
  readonly rooms: Authorizer
  readonly metrics: Metrics
  /** Whether new visitors should be sent here: false once the server is stopping. */
  serving(): boolean
  /** The session a request carries, or null. One place for pages, routes and socket upgrades. */
  readSession(headers: Readonly<Record<string, string | string[] | undefined>>): Promise<SignedIn | null>
}

// Next bundles its own instances of our modules beside the custom server's. This slot is the one thing both share;
// it is written once, by the server, before Next answers anything.
const slot = Symbol.for('throughline.runtime')
const shared = globalThis as { [slot]?: Runtime }

export function setRuntime(runtime: Runtime): void {
  shared[slot] = runtime
}

/** Throws when called before the server has started: during a build nothing may ask. */
export function getRuntime(): Runtime {
  const runtime = shared[slot]
  if (!runtime) throw new Error('the server is not running')
  return runtime
}
