import { type Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { withoutCleanup } from '../protocol/no-cleanup'
import type { ModeName } from '../protocol/numbers'
import { clientHello, type Identity } from '../protocol/write-frame'
import { browserTime, type ClientTime } from './client-time'
import { Comeback, type Verdict } from './comeback'
import { DeviceCopy, FROM_DISK } from './device-copy'
import { Handshake } from './handshake'
import { Ledger } from './ledger'
import { Line } from './line'
import { type OpenLink, openWebSocket } from './link'
import { Outbox } from './outbox'
import { OwnPresence } from './own-presence'
import { pace } from './pace'
import { hearPage } from './page-signals'
import type { Persistence } from './persistence'
import type { SaveState } from './save-state'
import { sameState, saySaving } from './say-saving'
import { readServerFrame, type ServerFrame } from './server-frame'
import { type AskTicket, fetchTicket } from './ticket'

export interface CollabClientOptions {
  /** Address of the collab endpoint, without the room and without a trailing slash: wss://host/collab */
  readonly url: string
  readonly room: string
  /** Null in a channel, which has no document. */
  readonly doc: Y.Doc | null
  /** Owned by the caller, who also destroys it. */
  readonly awareness?: Awareness | null
  /** Number of the editor's schema; an older one than the document asks for is turned away. */
  readonly schema: number
  readonly build: string
  readonly persistence?: Persistence | null
  readonly openLink?: OpenLink
  /** Asked when the server did not even let a socket open. Default: by HTTP; nobody, beside an `openLink` of one's own. */
  readonly askTicket?: AskTicket
  readonly time?: ClientTime
}

type Ready = 'no' | 'local' | 'server'

/** One document (or channel) and its connection to the server. See README.md. */
export class CollabClient {
  readonly loaded: Promise<boolean>
  readonly synced: Promise<void>
  private readonly time: ClientTime
  private readonly ledger: Ledger
  private readonly outbox: Outbox
  private readonly handshake: Handshake | null
  private readonly line: Line
  private readonly comeback: Comeback
  private readonly copy: DeviceCopy | null
  private readonly presence: OwnPresence | null
  private readonly listeners = new Set<() => void>()
  private readonly eventListeners = new Set<(event: unknown) => void>()
  private resolveSynced = () => {}
  private readonly letCleanUp: () => void
  private readonly stopHearing: () => void
  private diskDone = false
  private greeted = false
  private greetedAt = 0
  private serverMode: ModeName | null = null
  private who: Identity | null = null
  private readyState: Ready = 'no'
  private cancelLook: (() => void) | null = null
  private failedOnce = false
  private lostAt: number | null = null
  private verdict: Verdict | null = null
  private destroyed = false
  private shown: SaveState = { kind: 'connecting', pending: 0, kept: true }

  constructor(private readonly options: CollabClientOptions) {
    const { url, room, doc, awareness, persistence = null } = options
    this.time = options.time ?? browserTime
    this.ledger = new Ledger(doc ? persistence : null, () => this.look())
    this.outbox = new Outbox(this.time, this.ledger, () => this.look())
    this.handshake = doc
      ? new Handshake(doc, this.ledger, this.outbox, () => this.serverMode === 'write')
      : null
    this.line = new Line(`${url}/${encodeURIComponent(room)}`, options.openLink ?? openWebSocket, this.time, {
      opened: () => {
        if (this.diskDone) this.greet()
      },
      received: (bytes) => this.receive(bytes),
      lost: (code, refused) => this.lost(code, refused),
      // The page goes on, offline.
      impossible: () => {
        this.failedOnce = true
        this.line.comeBackIn(pace.backoffMost)
      },
      due: () => this.connect(),
    })
    this.comeback = new Comeback(this.time)
    this.copy = doc ? new DeviceCopy(doc, persistence, this.ledger, this.time) : null
    this.presence = awareness
      ? new OwnPresence(awareness, this.time, this, (frame) => {
          if (this.greeted) this.line.current?.send(frame)
        })
      : null
    this.synced = new Promise((resolve) => {
      this.resolveSynced = resolve
    })
    this.loaded = this.loadFromDisk()
    this.letCleanUp = doc ? withoutCleanup(doc) : () => {}
    doc?.on('update', this.onUpdate)
    this.stopHearing = hearPage({
      wake: () => this.wake(),
      away: () => this.line.close(),
      leave: () => {
        this.outbox.flush()
        void this.ledger.write()
      },
    })
    this.connect()
  }

  // --- what the page sees -----------------------------------------------------------------------------------------

  get saveState(): SaveState {
    return this.shown
  }

  get online(): boolean {
    return this.greeted
  }

  get mode(): ModeName | null {
    return this.serverMode
  }

  get identity(): Identity | null {
    return this.who
  }

  get ready(): Ready {
    return this.readyState
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  onEvent(listener: (event: unknown) => void): () => void {
    this.eventListeners.add(listener)
    return () => this.eventListeners.delete(listener)
  }

  /** Resolves once nothing of this device waits for the server's commit. May never, when access has ended. */
  saved(): Promise<void> {
    if (this.shown.kind === 'saved') return Promise.resolve()
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.shown.kind !== 'saved') return
        stop()
        resolve()
      })
    })
  }

  /** Tries now, also after the server has said no. */
  reconnect(): void {
    if (this.destroyed) return
    this.verdict = null
    this.comeback.afresh()
    this.connect()
    this.look()
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.options.doc?.off('update', this.onUpdate)
    this.letCleanUp()
    this.presence?.end()
    this.stopHearing()
    this.outbox.flush()
    this.copy?.end()
    this.cancelLook?.()
    this.line.end()
    this.disconnected()
    // The last words still go to the disk before it is closed.
    void this.ledger.write().then(() => this.ledger.close())
    this.listeners.clear()
    this.eventListeners.clear()
  }

  // --- what the person does ---------------------------------------------------------------------------------------

  private async loadFromDisk(): Promise<boolean> {
    const found = await this.copy?.read((late) => {
      if (this.readyState === 'no') this.readyState = 'local'
      // The handshake has happened without these: only a new one offers them to the server.
      if (late) this.line.close()
    })
    this.diskDone = true
    if (this.line.isOpen) this.greet()
    this.look()
    return found ?? false
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === FROM_DISK) return
    if (origin === this) {
      this.ledger.remote(update)
      this.copy?.writeSoon(this.greeted)
      return
    }
    // A reader's page may still touch its document (an editor that tidies up); nobody's words are in that.
    if (this.serverMode === 'read') return
    this.ledger.local(update, this.time.now())
    this.copy?.writeSoon(this.greeted)
    this.outbox.add(update)
    this.look()
  }

  // --- the connection ---------------------------------------------------------------------------------------------

  private wake(): void {
    if (this.line.current) return
    this.comeback.hopeful()
    this.connect()
  }

  private connect(): void {
    if (!this.destroyed && !this.verdict) this.line.open()
  }

  private greet(): void {
    const { current: link } = this.line
    const { schema, build } = this.options
    if (!link) return
    this.outbox.begin(link)
    link.send(clientHello(schema, build.slice(0, 64)))
    this.handshake?.begin(link)
    this.presence?.renew()
  }

  private disconnected(): void {
    this.greeted = false
    this.handshake?.end()
    this.outbox.end()
    this.presence?.disconnected()
  }

  private lost(code: number, refused: boolean): void {
    const wasGreeted = this.greeted
    this.disconnected()
    if (this.destroyed) return
    if (refused) void this.askWhy()
    this.failedOnce = true
    this.lostAt ??= this.time.now()
    this.verdict = this.comeback.judge(code, wasGreeted)
    if (this.verdict?.kind === 'revoked' && this.verdict.reason !== 'not_signed_in') {
      // What this person may no longer read does not stay on their device.
      void this.ledger.clear().catch(() => {})
    }
    if (!this.verdict) this.line.comeBackIn(this.comeback.delay(code))
    this.look()
  }

  /** An upgrade that was refused says nothing to a browser; the same question by HTTP is answered. */
  private async askWhy(): Promise<void> {
    const { url, room, openLink, askTicket } = this.options
    const ask = askTicket ?? (openLink ? null : fetchTicket)
    const reason = await ask?.(url, room)
    // Meanwhile a later try may have succeeded.
    if (!reason || this.destroyed || this.line.current || this.verdict) return
    // A proxy that was changed under somebody who writes: they go on, and are offline.
    if (reason === 'wrong_origin' && this.ledger.pending > 0) return
    this.line.stay()
    this.verdict = { kind: 'revoked', reason }
    // As with a close code: what this person may no longer read does not stay on their device.
    if (reason === 'not_found') void this.ledger.clear().catch(() => {})
    this.look()
  }

  // --- what the server says ---------------------------------------------------------------------------------------

  private receive(bytes: Uint8Array): void {
    try {
      this.act(readServerFrame(bytes))
    } catch {
      // Nothing from the network may reach the page as an exception. A new connection starts from the beginning.
      this.line.close()
    }
  }

  private act(frame: ServerFrame): void {
    const { doc, awareness } = this.options
    switch (frame.kind) {
      case 'hello':
        this.greeted = true
        this.greetedAt = this.time.now()
        this.lostAt = null
        this.serverMode = frame.mode
        this.who = frame.identity
        if (!doc) this.becomeReady()
        if (awareness?.getLocalState()) this.presence?.sendSoon()
        this.look()
        return
      case 'step1':
        this.handshake?.asked(frame.stateVector)
        return
      case 'step2':
      case 'update':
        if (!doc) return
        Y.applyUpdate(doc, frame.update, this)
        if (frame.kind === 'step2') this.step2Arrived()
        return
      case 'awareness':
        if (awareness) applyAwarenessUpdate(awareness, frame.entries, this)
        return
      case 'saved':
        this.outbox.saved(frame.frames)
        this.comeback.afresh()
        this.look()
        return
      case 'event':
        for (const listener of [...this.eventListeners]) callSafely(() => listener(frame.event))
        return
      case 'resync':
        // Its step 1 follows.
        this.outbox.startOver()
        return
      case 'queryAwareness':
        this.presence?.sendSoon()
        return
      case 'unknown':
        return
    }
  }

  private step2Arrived(): void {
    this.comeback.hopeful()
    this.becomeReady()
    this.handshake?.answered()
    this.look()
  }

  private becomeReady(): void {
    this.readyState = 'server'
    this.resolveSynced()
  }

  // --- the words for it -------------------------------------------------------------------------------------------

  /** Works out the save state anew and tells the page. */
  private look(): void {
    if (this.destroyed) return
    this.cancelLook?.()
    this.cancelLook = null
    const { verdict, greeted, greetedAt, lostAt, failedOnce, readyState: ready, serverMode: mode } = this
    const { pending, kept, since } = this.ledger
    const now = this.time.now()
    const facts = { verdict, greeted, greetedAt, lostAt, failedOnce, ready, mode, pending, kept, since }
    const { state, until } = saySaving(facts, now)
    if (!sameState(state, this.shown)) this.shown = state
    if (until !== null) this.cancelLook = this.time.after(Math.max(1, until - now), () => this.look())
    // Also without a new save state: mode, ready and online are read by the same listeners.
    for (const listener of [...this.listeners]) callSafely(listener)
  }
}

/** A listener's own mistake is its own: it must not end the connection. */
function callSafely(work: () => void): void {
  try {
    work()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
