import * as Y from 'yjs'
import type { Limits } from '../limits'
import { type Letters, lettersOf } from '../protocol/letters'
import { type ScannedUpdate, scanUpdate } from '../protocol/scan-update'
import { WholeUpdate } from '../protocol/whole-update'
import { Answers } from './answers'
import { faultIn, judge, type Verdict } from './guard'
import type { Claim, JournalRow, Roots, StoredDocument } from './ports'
import { type EditOptions, EditRefused, type ServerAuthor } from './server-edit'
import { buildDoc, checkRows, docOf } from './stored-document'
import { Typing } from './typing'

/** An update that says nothing. */
const NOTHING = Uint8Array.of(0, 0)

/** What is new in bytes of a client; as letters, when they are nothing but these. */
export interface Applied {
  readonly bytes: Uint8Array
  readonly letters: Letters | null
}

export interface Change<T> {
  readonly value: T
  /** Null: the change changed nothing. */
  readonly row: { readonly bytes: Uint8Array; readonly claims: readonly Claim[] } | null
}

/**
 * The content of a document in memory, and whose each client id in it is. Knows nothing of what is committed. As long
 * as nobody changes it, it is the bytes that were stored: a Y.Doc is built when it is first needed. What is asked of it
 * before then - the question and the answers to joiners, the guard - the bytes can tell (RM20).
 */
export class LiveDocument {
  readonly answers = new Answers(this)
  /** What was stored, until the document is built. */
  private content: WholeUpdate | Y.Doc
  private readonly owners: Map<number, string | null>
  private readonly typing: Typing
  private readonly serverClients = new Map<string | null, number>()

  /** Throws StoredDocumentBroken. */
  constructor(
    stored: StoredDocument,
    private readonly roots: Roots,
    private readonly limits: Limits,
    private readonly newClientId: () => number,
  ) {
    this.owners = new Map(stored.clients)
    this.typing = new Typing(limits)
    checkRows(stored)
    const rows = stored.tail.map((row) => row.bytes)
    this.content =
      WholeUpdate.of(stored.snapshot?.bytes ?? null, rows) ?? this.watched(buildDoc(stored, roots))
  }

  /** With everything in it that was taken. */
  get doc(): Y.Doc {
    const doc = this.build()
    this.typing.write(doc)
    return doc
  }

  /** If it is not built yet. Throws StoredDocumentBroken. */
  build(): Y.Doc {
    if (this.content instanceof WholeUpdate)
      this.content = this.watched(docOf([this.content.bytes], this.roots))
    return this.content
  }

  private watched(doc: Y.Doc): Y.Doc {
    // Not 'update': whoever listens to that makes Yjs encode every change.
    doc.on('afterTransaction', () => this.answers.forget())
    return doc
  }

  get isBuilt(): boolean {
    return this.content instanceof Y.Doc
  }

  private get whole(): WholeUpdate | null {
    return this.content instanceof WholeUpdate ? this.content : null
  }

  destroy(): void {
    if (this.content instanceof Y.Doc) this.content.destroy()
  }

  stateVector(): Uint8Array {
    return this.whole?.stateVector() ?? Y.encodeStateVector(this.doc)
  }

  /** The update that somebody with this state vector lacks. */
  lackedBy(stateVector: Uint8Array): Uint8Array {
    return this.whole?.lackedBy(stateVector) ?? Y.encodeStateAsUpdate(this.doc, stateVector)
  }

  /** Whether a user may make this change, and whether it can be placed. Changes nothing. */
  judge(scanned: ScannedUpdate, bytes: number, userId: string): Verdict {
    const { content } = this
    const known = (client: number) =>
      content instanceof WholeUpdate
        ? content.end(client)
        : (this.typing.end(client) ?? Y.getState(content.store, client))
    return judge(scanned, bytes, known, this.owners, userId, this.roots, this.limits)
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
  ): Applied | null | { readonly why: string } {
    // Who has nothing of their own says so.
    if (scanned.sections.length === 0 && scanned.deletes.size === 0) return null
    // Encoding what changed costs as much as applying it; an update that fits exactly is that change already.
    const own = exact ? update.slice() : null
    const letters = own && lettersOf(own, scanned)
    if (letters && this.typing.keep(letters)) {
      this.answers.forget()
      return { bytes: letters.update, letters }
    }
    const { doc } = this
    try {
      let bytes: Uint8Array | null = own
      if (own) Y.applyUpdate(doc, own)
      else bytes = this.changesOf(() => Y.applyUpdate(doc, unknownIn(update, scanned, doc))).bytes
      const why = faultIn(doc, scanned, this.limits.depth)
      if (why) return { why }
      if (letters) this.typing.placed(letters)
      return bytes && { bytes, letters }
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

/**
 * What of an update is not in the document. Of what is, Yjs looks at the neighbours all the same and takes the items there
 * apart, if need be between the halves of a letter, which it then replaces: words that nobody has committed.
 */
function unknownIn(update: Uint8Array, { sections }: ScannedUpdate, doc: Y.Doc): Uint8Array {
  const overlaps = sections.some(({ client, from }) => from < Y.getState(doc.store, client))
  return overlaps ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update
}
