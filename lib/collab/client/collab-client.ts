import { type Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { withoutCleanup } from '../protocol/no-cleanup'
import type { ModeName } from '../protocol/numbers'
import { clientHello, type Identity, syncFrame } from '../protocol/write-frame'
import { browserTime, type ClientTime } from './client-time'
import { Comeback, type Verdict } from './comeback'
import { DeviceCopy, FROM_DISK } from './device-copy'
import { Ledger } from './ledger'
import { type Link, type OpenLink, openWebSocket } from './link'
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

const EMPTY_UPDATE = Uint8Array.of(0, 0)

type Ready = 'no' | 'local' | 'server'

/** One document (or channel) and its connection to the server. See README.md. */
export class CollabClient {
  readonly loaded: Promise<boolean>
  readonly synced: Promise<void>
  private readonly time: ClientTime
  private readonly ledger: Ledger
  private readonly outbox: Outbox
  private readonly comeback: Comeback
  private readonly copy: DeviceCopy | null
  private readonly presence: OwnPresence | null
  private readonly listeners = new Set<() => void>()
  private readonly eventListeners = new Set<(event: unknown) => void>()
  private resolveSynced = () => {}
  private readonly letCleanUp: () => void
  private readonly stopHearing: () => void
  private link: Link | null = null
  private linkOpen = false
  private diskDone = false
  private greeted = false
  private greetedAt = 0
  private serverMode: ModeName | null = null
  private who: Identity | null = null
  private readyState: Ready = 'no'
  /** Set while the server's answer to our step 1 is outstanding: its own step 1 is answered after that. */
  private awaitingStep2 = false
  /** Each step 1 gets its answer: the server counts them to know which of ours covers what. */
  private unanswered: Uint8Array[] = []
  private cancelReconnect: (() => void) | null = null
  private cancelLook: (() => void) | null = null
  private cancelSilence: (() => void) | null = null
  private failedOnce = false
  private lostAt: number | null = null
  private lastHeard = 0
  private verdict: Verdict | null = null
  private destroyed = false
  private shown: SaveState = { kind: 'connecting', pending: 0, kept: true }

  constructor(private readonly options: CollabClientOptions) {
    const { doc, awareness, persistence = null } = options
    this.time = options.time ?? browserTime
    this.ledger = new Ledger(doc ? persistence : null, () => this.look())
    this.outbox = new Outbox(this.time, this.ledger, () => this.look())
    this.comeback = new Comeback(this.time)
    this.copy = doc ? new DeviceCopy(doc, persistence, this.ledger, this.time) : null
    this.presence = awareness
      ? new OwnPresence(awareness, this.time, this, (frame) => {
          if (this.greeted) this.link?.send(frame)
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
      away: () => this.link?.close(),
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
    if (!this.link) this.connect()
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
    this.cancelReconnect?.()
    this.cancelLook?.()
    this.link?.close()
    this.dropLink()
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
      if (late) this.link?.close()
    })
    this.diskDone = true
    if (this.linkOpen) this.greet()
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
    if (this.destroyed || this.verdict || this.link) return
    this.comeback.hopeful()
    this.connect()
  }

  private connect(): void {
    if (this.destroyed || this.verdict || this.link) return
    this.cancelReconnect?.()
    this.cancelReconnect = null
    const { url, room } = this.options
    let link: Link | null = null
    const current = () => link !== null && this.link === link
    try {
      link = (this.options.openLink ?? openWebSocket)(`${url}/${encodeURIComponent(room)}`, {
        opened: () => {
          if (!current()) return
          this.linkOpen = true
          if (this.diskDone) this.greet()
        },
        received: (bytes) => {
          if (current()) this.receive(bytes)
        },
        closed: (code) => {
          if (current()) this.lost(code)
        },
      })
    } catch {
      // An address a WebSocket does not take: the page goes on, offline.
      this.failedOnce = true
      this.reconnectIn(pace.backoffMost)
      return
    }
    this.link = link
    this.watchSilence()
  }

  private greet(): void {
    const { link } = this
    const { doc, schema, build } = this.options
    if (!link) return
    this.outbox.begin(link)
    link.send(clientHello(schema, build.slice(0, 64)))
    if (doc) {
      this.awaitingStep2 = true
      link.send(syncFrame('step1', Y.encodeStateVector(doc)))
    }
    this.presence?.renew()
  }

  private watchSilence(): void {
    this.lastHeard = this.time.now()
    const watch = () => {
      this.cancelSilence = this.time.after(pace.silence / 3, () => {
        if (this.time.now() - this.lastHeard > pace.silence) this.link?.close()
        else watch()
      })
    }
    watch()
  }

  private dropLink(): void {
    this.link = null
    this.linkOpen = false
    this.greeted = false
    this.awaitingStep2 = false
    this.unanswered = []
    this.cancelSilence?.()
    this.cancelSilence = null
    this.outbox.end()
    this.presence?.disconnected()
  }

  private lost(code: number): void {
    const wasGreeted = this.greeted
    const refused = code === 1006 && !this.linkOpen
    this.dropLink()
    if (this.destroyed) return
    if (refused) void this.askWhy()
    this.failedOnce = true
    this.lostAt ??= this.time.now()
    this.verdict = this.comeback.judge(code, wasGreeted)
    if (this.verdict?.kind === 'revoked' && this.verdict.reason !== 'not_signed_in') {
      // What this person may no longer read does not stay on their device.
      void this.ledger.clear().catch(() => {})
    }
    if (!this.verdict) this.reconnectIn(this.comeback.delay(code))
    this.look()
  }

  /** An upgrade that was refused says nothing to a browser; the same question by HTTP is answered. */
  private async askWhy(): Promise<void> {
    const { url, room, openLink, askTicket } = this.options
    const ask = askTicket ?? (openLink ? null : fetchTicket)
    const reason = await ask?.(url, room)
    // Meanwhile a later try may have succeeded.
    if (!reason || this.destroyed || this.link || this.verdict) return
    // A proxy that was changed under somebody who writes: they go on, and are offline.
    if (reason === 'wrong_origin' && this.ledger.pending > 0) return
    this.cancelReconnect?.()
    this.cancelReconnect = null
    this.verdict = { kind: 'revoked', reason }
    // As with a close code: what this person may no longer read does not stay on their device.
    if (reason === 'not_found') void this.ledger.clear().catch(() => {})
    this.look()
  }

  private reconnectIn(ms: number): void {
    this.cancelReconnect?.()
    this.cancelReconnect = this.time.after(ms, () => {
      this.cancelReconnect = null
      this.connect()
    })
  }

  // --- what the server says ---------------------------------------------------------------------------------------

  private receive(bytes: Uint8Array): void {
    this.lastHeard = this.time.now()
    try {
      this.act(readServerFrame(bytes))
    } catch {
      // Nothing from the network may reach the page as an exception. A new connection starts from the beginning.
      this.link?.close()
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
        if (this.awaitingStep2) this.unanswered.push(frame.stateVector.slice())
        else this.offer(frame.stateVector)
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
    this.awaitingStep2 = false
    this.comeback.hopeful()
    this.becomeReady()
    const { unanswered } = this
    this.unanswered = []
    for (const stateVector of unanswered) this.offer(stateVector)
    this.look()
  }

  private becomeReady(): void {
    this.readyState = 'server'
    this.resolveSynced()
  }

  /**
   * Answers the server's step 1 with all it lacks. Only after its own content is here: what waits for content we do not
   * have yet would go out with holes in it.
   */
  private offer(stateVector: Uint8Array): void {
    const { doc } = this.options
    if (!doc || this.serverMode !== 'write') return
    const nothingToSay = this.ledger.pending === 0 && !knowsMore(doc, stateVector)
    this.outbox.offer(nothingToSay ? EMPTY_UPDATE : Y.encodeStateAsUpdate(doc, stateVector))
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

/** Whether the document has anything the state vector does not. */
function knowsMore(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector)
  for (const client of doc.store.clients.keys())
    if (Y.getState(doc.store, client) > (theirs.get(client) ?? 0)) return true
  return false
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
