import type * as Y from 'yjs'
import { assert } from '@/lib/kit/assert'
import type { RoomHost } from './host'
import { LiveDocument } from './live-document'
import { Room } from './room'
import type { Edited, EditOptions, ServerAuthor } from './server-edit'
import { buildDoc, found } from './stored-document'

/** The state vector of who has nothing. */
const NOTHING_KNOWN = Uint8Array.of(0)

/** A document as it is committed: one Yjs update (V1), and the journal row it has reached. */
export interface DocumentState {
  readonly update: Uint8Array
  readonly seq: number
}

/** Somebody who has a document open, on this node or another, and what their page says about them: unchecked JSON. */
export interface PresentPerson {
  readonly userId: string
  readonly mayWrite: boolean
  readonly state: unknown
}

/** The documents in memory, one room each, and what the server itself does with them. */
export class Rooms {
  private readonly byDocument = new Map<string, Room>()

  constructor(private readonly host: RoomHost) {}

  get size(): number {
    return this.byDocument.size
  }

  /** In memory, or null. */
  known(documentId: string): Room | null {
    return this.byDocument.get(documentId) ?? null
  }

  /** From now on in memory. Nothing is known of it before its `opening`. */
  of(documentId: string): Room {
    const known = this.byDocument.get(documentId)
    if (known) return known
    const room = new Room(documentId, this.host)
    this.byDocument.set(documentId, room)
    return room
  }

  forget(room: Room): void {
    if (this.byDocument.get(room.documentId) === room) this.byDocument.delete(room.documentId)
  }

  /** In memory. */
  all(): IterableIterator<Room> {
    return this.byDocument.values()
  }

  /** Compares every room with the journal, in one question: a last message may have been lost. Rejects as the store does. */
  async catchUp(): Promise<void> {
    if (this.byDocument.size === 0) return
    const heads = await this.host.store.heads([...this.byDocument.keys()])
    for (const [documentId, head] of heads) this.known(documentId)?.compare(head)
  }

  /** See `SyncEngine.look`. */
  async look<T>(documentId: string, work: (doc: Y.Doc) => T): Promise<Edited<T>> {
    if (this.byDocument.has(documentId))
      return this.visit(documentId, (room) =>
        room.atRest(({ doc }, seq) => ({ value: readingOnly(doc, work), seq })),
      )
    const stored = found(documentId, await this.host.store.load(documentId, false))
    const doc = buildDoc(stored, this.host.roots)
    try {
      return { value: work(doc), seq: stored.seq }
    } finally {
      doc.destroy()
    }
  }

  async read(documentId: string): Promise<DocumentState> {
    const whole = (live: LiveDocument, seq: number) => ({ update: live.lackedBy(NOTHING_KNOWN), seq })
    if (this.byDocument.has(documentId)) return this.visit(documentId, (room) => room.atRest(whole))
    const stored = found(documentId, await this.host.store.load(documentId, false))
    const { roots, limits, newClientId } = this.host
    const live = new LiveDocument(stored, roots, limits, newClientId)
    try {
      return whole(live, stored.seq)
    } finally {
      live.destroy()
    }
  }

  /** See `SyncEngine.edit`. */
  edit<T>(
    documentId: string,
    author: ServerAuthor,
    change: (doc: Y.Doc) => T,
    options?: EditOptions,
  ): Promise<Edited<T>> {
    return this.visit(documentId, (room) => room.edit(author, change, options))
  }

  presence(documentId: string): PresentPerson[] {
    const room = this.known(documentId)
    if (!room) return []
    return [...room.presence.near(), ...room.presence.far()].map(({ userId, mayWrite, state }) => ({
      userId,
      mayWrite,
      state: JSON.parse(state),
    }))
  }

  private async visit<T>(documentId: string, work: (room: Room) => Promise<T>): Promise<T> {
    for (;;) {
      const room = this.of(documentId)
      room.visit()
      try {
        await room.opening
        if (room.isClosed) continue
        return await work(room)
      } finally {
        room.endVisit()
      }
    }
  }
}

/** A bug of ours that wrote while it read must not go unnoticed: the room's content would differ from its journal. */
function readingOnly<T>(doc: Y.Doc, work: (doc: Y.Doc) => T): T {
  let wrote = false
  const note = () => {
    wrote = true
  }
  doc.on('update', note)
  try {
    return work(doc)
  } finally {
    doc.off('update', note)
    assert(!wrote, 'whoever looks at a document changes nothing')
  }
}
