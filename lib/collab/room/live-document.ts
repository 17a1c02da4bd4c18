import * as Y from 'yjs'
import type { Limits } from '../limits'
import { type ScannedUpdate, scanUpdate } from '../protocol/scan-update'
import { Answers } from './answers'
import { faultIn, judge, type Verdict } from './guard'
import type { Claim, JournalRow, Roots, StoredDocument } from './ports'
import { type EditOptions, EditRefused, type ServerAuthor } from './server-edit'
import { buildDoc } from './stored-document'

/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0)

export interface Change<T> {
  readonly value: T
  /** Null: the change changed nothing. */
  readonly row: { readonly bytes: Uint8Array; readonly claims: readonly Claim[] } | null
}

/** The content of a document in memory, and whose each client id in it is. Knows nothing of what is committed. */
export class LiveDocument {
  readonly doc: Y.Doc
  readonly answers: Answers
  private readonly owners: Map<number, string | null>
  private readonly serverClients = new Map<string | null, number>()

  /** Throws StoredDocumentBroken. */
  constructor(
    stored: StoredDocument,
    private readonly roots: Roots,
    private readonly limits: Limits,
    private readonly newClientId: () => number,
  ) {
    this.doc = buildDoc(stored, roots)
    this.answers = new Answers(this.doc)
    this.owners = new Map(stored.clients)
  }

  destroy(): void {
    this.doc.destroy()
  }

  /** Whether a user may make this change, and whether it can be placed. Changes nothing. */
  judge(scanned: ScannedUpdate, bytes: number, userId: string): Verdict {
    return judge(scanned, bytes, this.doc, this.owners, userId, this.roots, this.limits)
  }

  claim(clients: readonly number[], userId: string): Claim[] {
    for (const client of clients) this.owners.set(client, userId)
    return clients.map((client) => ({ client, userId }))
  }

  /**
   * Applies bytes of a client. Returns what is new in them, null when nothing is, `why` when the document in
   * memory can no longer be used: it has taken what it must not hold, or Yjs changed it before it threw.
   */
  apply(
    scanned: ScannedUpdate,
    update: Uint8Array,
    exact: boolean,
  ): Uint8Array | null | { readonly why: string } {
    try {
      // Encoding what changed costs as much as applying it; an update that fits exactly is that change already.
      let bytes: Uint8Array | null
      if (exact) {
        Y.applyUpdate(this.doc, update)
        bytes = update.slice()
      } else bytes = this.changesOf(() => Y.applyUpdate(this.doc, update)).bytes
      const why = faultIn(this.doc, scanned, this.limits.depth)
      return why ? { why } : bytes
    } catch {
      return { why: 'cannot be applied' }
    }
  }

  /** A change of the server's own. What it throws leaves the document unusable. */
  change<T>(by: ServerAuthor, work: (doc: Y.Doc) => T, { owners }: EditOptions): Change<T> {
    const { doc } = this
    // Yjs may change doc.clientID when the change applies an update, so our own is remembered.
    const own = this.serverClient(by.userId)
    doc.clientID = own
    const { value, bytes } = this.changesOf(() => doc.transact(() => work(doc)))
    const scanned = scanUpdate(bytes ?? NOTHING)
    const why = faultIn(doc, scanned, this.limits.depth)
    if (why) throw new EditRefused(why)
    if (!bytes) return { value, row: null }
    const claims = scanned.sections
      .filter((section) => !this.owners.has(section.client))
      .map(({ client }) => {
        const named = owners?.get(client)
        return { client, userId: named === undefined ? by.userId : named }
      })
    // In memory an id the server draws for itself is nobody's, whoever the journal names as author.
    for (const { client, userId } of claims) this.owners.set(client, client === own ? null : userId)
    return { value, row: { bytes, claims } }
  }

  /** A row that another node has committed. */
  adopt(row: JournalRow): void {
    for (const section of scanUpdate(row.bytes).sections)
      if (!this.owners.has(section.client)) this.owners.set(section.client, row.userId)
    Y.applyUpdate(this.doc, row.bytes)
  }

  private changesOf<T>(work: () => T): { value: T; bytes: Uint8Array | null } {
    const changes: Uint8Array[] = []
    const collect = (change: Uint8Array) => {
      changes.push(change)
    }
    this.doc.on('update', collect)
    try {
      const value = work()
      const [only = null, ...more] = changes
      return { value, bytes: more.length === 0 ? only : Y.mergeUpdates(changes) }
    } finally {
      this.doc.off('update', collect)
    }
  }

  /**
   * One id per author and life of the document in memory. While it lives it belongs to the server alone: the author's
   * own browser writing under it as well would reuse clocks.
   */
  private serverClient(userId: string | null): number {
    let client = this.serverClients.get(userId)
    while (client === undefined) {
      const fresh = this.newClientId()
      if (!this.owners.has(fresh)) client = fresh
    }
    this.serverClients.set(userId, client)
    return client
  }
}
