import type { Rng } from '@/lib/collab/testing/rng'
import type { StoredPerson } from '@/lib/testing/collab/stored-world'

/** How one person reaches the server. Stays the same over restarts. */
export interface Address {
  /** ws://host:port */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** Something that serves `/collab`, is killed, and started again on the same address. */
export interface Victim {
  start(): Promise<void>
  /** SIGKILL, and waits. */
  kill(): Promise<void>
  /** Ends it for good. */
  end(): Promise<void>
  /** Once started. */
  databaseUrl(): Promise<string>
  addressFor(person: StoredPerson): Promise<Address>
  /** Chooses the counted event on which the blow falls; `struck` settles with it. */
  aim(
    chance: Rng,
    notices: { reached(count: number): Promise<void> },
  ): { readonly at: string; readonly struck: Promise<unknown> }
}
