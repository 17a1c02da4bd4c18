import type { Doc } from 'yjs'
import type { Store } from '@/db/store'
import type { Actor } from '@/lib/domain/actor'
import type { Language } from '@/lib/domain/language'
import type { LiveEvent } from '@/lib/domain/live-event'
import type { User } from '@/lib/domain/user'
import type { Clock } from '@/lib/kit/clock'
import type { Id } from '@/lib/kit/ids'
import type { Exchange } from './exchange'
import type { FileStore } from './file-store'

/** Whose connections to close. They come back, and are judged again. */
export type Revoked =
  | { readonly userId: string }
  | { readonly sessionId: string }
  | { readonly memberId: string }
  | { readonly documentId: string }
  | { readonly workspaceId: string }

/** What commands need of the sync engine. */
export interface Live {
  /** Tells everybody who listens to the room (a workspace's channel, a strategy). After the commit, never before. */
  publish(room: string, event: LiveEvent): void
  /** Closes matching connections on every node, within a second. */
  revoke(target: Revoked): void
  /** The committed state of a document, as one Yjs update (V1). */
  readDocument(documentId: string): Promise<Uint8Array>
  /** The same, with the number of the journal row it has reached. */
  read(documentId: string): Promise<{ readonly update: Uint8Array; readonly seq: number }>
  /**
   * Reads a document where it lies, as committed: without the bytes, and without building it a second time. `work` is
   * synchronous and writes nothing.
   */
  look<T>(documentId: string, work: (doc: Doc) => T): Promise<{ readonly value: T; readonly seq: number }>
  /**
   * Changes a document through its live room, in the name of a user (null: the server's own), committed when it
   * resolves. Ask `permit` first: the engine does not. `change` runs in one transaction, may be repeated, and leaves
   * nothing behind when it throws. `owners`: whose the client ids are when it brings words written elsewhere.
   */
  edit<T>(
    documentId: string,
    author: { readonly userId: string | null; readonly sessionId: string | null },
    change: (doc: Doc) => T,
    options?: { readonly owners?: ReadonlyMap<number, string | null> },
  ): Promise<{ readonly value: T; readonly seq: number }>
  /** Who has a document open, as far as this node knows, with what their page says (unchecked). Works inside `edit`. */
  presence(
    documentId: string,
  ): readonly { readonly userId: string; readonly mayWrite: boolean; readonly state: unknown }[]
}

/** A letter, already in the reader's language. `text` holds the whole letter; links stand on lines of their own. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Where no mail can be sent, the links of this letter go to the server's log: nobody may be shown them. */
  readonly orLog?: boolean
}

export interface Mailer {
  /** False when SMTP_URL is unset: links must be shown to whoever asked instead. */
  readonly delivers: boolean
  /** Never throws: a mail that could not be sent is logged, the command has happened all the same. */
  send(letter: Letter): Promise<boolean>
}

/** What every command is given: the house's services, no person yet. */
export interface Services {
  readonly store: Store
  readonly live: Live
  readonly mailer: Mailer
  readonly clock: Clock
  /** The public address, without a trailing slash. */
  readonly appUrl: string
  /** The bytes of pictures and attachments. */
  readonly files: FileStore
  readonly exchange: Exchange
}

/** Somebody at the door: language and network address are known, nothing else. */
export interface GuestContext extends Services {
  readonly language: Language
  /** Network address, for rate limits; 'unknown' when there is none. */
  readonly address: string
  readonly userAgent: string
}

export type { User }

/** A signed-in user acting for themselves. */
export interface UserContext extends GuestContext {
  readonly user: User
  readonly sessionId: Id<'ses'>
}

/** A member acting in one workspace. */
export interface Context extends UserContext {
  readonly actor: Actor
}
