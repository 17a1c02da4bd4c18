import * as Y from 'yjs'
import { syncFrame } from '../protocol/write-frame'
import type { Ledger } from './ledger'
import type { Link } from './link'
import type { Outbox } from './outbox'

const EMPTY_UPDATE = Uint8Array.of(0, 0)

/**
 * Both ends ask each other for what they lack. The server is answered only after its own content is here: what waits
 * for content we do not have yet would go out with holes in it.
 */
export class Handshake {
  /** The server's answer to our question is outstanding. */
  private awaiting = false
  /** Each question gets its answer: the server counts them to know which of ours covers what. */
  private unanswered: Uint8Array[] = []

  constructor(
    private readonly doc: Y.Doc,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly mayWrite: () => boolean,
  ) {}

  begin(link: Link): void {
    this.awaiting = true
    link.send(syncFrame('step1', Y.encodeStateVector(this.doc)))
  }

  /** The connection is gone. */
  end(): void {
    this.awaiting = false
    this.unanswered = []
  }

  /** The server asks: it has this, and wants the rest. */
  asked(stateVector: Uint8Array): void {
    if (this.awaiting) this.unanswered.push(stateVector.slice())
    else this.offer(stateVector)
  }

  /** The server's content is here. */
  answered(): void {
    this.awaiting = false
    const { unanswered } = this
    this.unanswered = []
    for (const stateVector of unanswered) this.offer(stateVector)
  }

  private offer(stateVector: Uint8Array): void {
    if (!this.mayWrite()) return
    const nothingToSay = this.ledger.pending === 0 && !knowsMore(this.doc, stateVector)
    this.outbox.offer(nothingToSay ? EMPTY_UPDATE : Y.encodeStateAsUpdate(this.doc, stateVector))
  }
}

/** Whether the document has anything the state vector does not. */
function knowsMore(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector)
  for (const client of doc.store.clients.keys())
    if (Y.getState(doc.store, client) > (theirs.get(client) ?? 0)) return true
  return false
}
