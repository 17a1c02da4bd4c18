import type { Limits } from '../limits'
import type { Connection } from './connection'
import { Presence } from './presence'

/** A room without a document: events and presence only. */
export class Channel {
  readonly connections = new Set<Connection>()
  readonly presence: Presence<Connection>

  constructor(
    /** Its name, on every node. */
    readonly key: string,
    limits: Limits,
  ) {
    this.presence = new Presence(limits)
  }
}
