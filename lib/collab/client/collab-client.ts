import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import { withoutCleanup } from '../protocol/no-cleanup'
import { Close, LIVE_UPDATE_BYTES, Message, type ModeName } from '../protocol/numbers'
import { clientHello, type Identity, syncFrame } from '../protocol/write-frame'
import { browserTime, type ClientTime } from './client-time'
import { Ledger } from './ledger'
import { type Link, type OpenLink, openWebSocket } from './link'
import type { Persistence } from './persistence'
import type { SaveState } from './save-state'
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

/** The budgets of the client. The server's are in ../limits.ts; these stay well below them. */
const pace = {
  /** 25 update frames a second. The first after a pause leaves at once. */
  update: 40,
  /** 10 cursor moves a second. */
  awareness: 100,
  /** Words reach the disk this soon; together with what came meanwhile. */
  keep: 50,
  keepOffline: 300,
  /** Longer than this without a commit is worth telling. */
  notSavedAfter: 3_000,
  /** A reconnect within this time is not worth telling. */
  offlineAfter: 1_500,
  backoffFirst: 200,
  backoffMost: 10_000,
  /** The server speaks every 20 s at least. */
  silence: 45_000,
  /** A disk that does not answer must not keep anybody from the server's copy. */
  loadPatience: 2_000,
  /** Unsent output beyond which updates wait: they merge better here than in the socket's buffer. */
  backlog: 1024 * 1024,
  compactEvery: 60_000,
  /** So many closes of one kind within a minute mean that coming back does not help. */
  patience: 4,
} as const

const EMPTY_UPDATE = Uint8Array.of(0, 0)
const FROM_DISK = Symbol('device copy')

type Ready = 'no' | 'local' | 'server'
type Verdict =
  | Extract<SaveState, { kind: 'revoked' }>
  | { readonly kind: 'outdated' }
  | { readonly kind: 'refused'; readonly reason: 'too_large' | 'not_accepted' }

/** One document (or channel) and its connection to the server. See README.md. */
export class CollabClient {
  readonly loaded: Promise<boolean>
  readonly synced: Promise<void>
  private readonly time: ClientTime
  private readonly ledger: Ledger
  private readonly listeners = new Set<() => void>()
  private readonly eventListeners = new Set<(event: unknown) => void>()
  private resolveSynced = () => {}
  private readonly letCleanUp: () => void
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
  /** Whether our step 2 has gone out on this connection: only then are live updates placed rightly. */
  private offered = false
  private frames = 0
  /** How many of them the server has committed. */
  private acknowledged = 0
  /** What is in the outbox is too large for a live update, and goes when everything before it is acknowledged. */
  private waiting = false
  private outbox: Uint8Array[] = []
  private lastUpdateSent = Number.NEGATIVE_INFINITY
  private lastAwarenessSent = Number.NEGATIVE_INFINITY
  private cancelUpdate: (() => void) | null = null
  private cancelAwareness: (() => void) | null = null
  private cancelKeep: (() => void) | null = null
  private cancelReconnect: (() => void) | null = null
  private cancelLook: (() => void) | null = null
  private cancelSilence: (() => void) | null = null
  private cancelCompact: (() => void) | null = null
  private attempts = 0
  private failedOnce = false
  private lostAt: number | null = null
  private lastHeard = 0
  private closes: { readonly code: number; readonly at: number }[] = []
  private verdict: Verdict | null = null
  private destroyed = false
  private shown: SaveState = { kind: 'connecting', pending: 0, kept: true }

  constructor(private readonly options: CollabClientOptions) {
    this.time = options.time ?? browserTime
    this.ledger = new Ledger(options.doc ? (options.persistence ?? null) : null, () => this.look())
    this.synced = new Promise((resolve) => {
      this.resolveSynced = resolve
    })
    this.loaded = this.loadFromDisk()
    this.letCleanUp = options.doc ? withoutCleanup(options.doc) : () => {}
    options.doc?.on('update', this.onUpdate)
    options.awareness?.on('update', this.onAwareness)
    if (typeof window !== 'undefined') {
      window.addEventListener('online', this.onWake)
      window.addEventListener('offline', this.onAway)
      window.addEventListener('pageshow', this.onWake)
      window.addEventListener('pagehide', this.onLeave)
      document.addEventListener('visibilitychange', this.onWake)
    }
    this.connect()
    this.compactLater()
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
    this.closes = []
    this.attempts = 0
    if (!this.link) this.connect()
    this.look()
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    const { doc, awareness } = this.options
    doc?.off('update', this.onUpdate)
    this.letCleanUp()
    awareness?.off('update', this.onAwareness)
    if (typeof window !== 'undefined') {
      window.removeEventListener('online', this.onWake)
      window.removeEventListener('offline', this.onAway)
      window.removeEventListener('pageshow', this.onWake)
      window.removeEventListener('pagehide', this.onLeave)
      document.removeEventListener('visibilitychange', this.onWake)
    }
    this.flushUpdates()
    for (const cancel of [this.cancelKeep, this.cancelReconnect, this.cancelLook, this.cancelCompact])
      cancel?.()
    this.link?.close()
    this.dropLink()
    // The last words still go to the disk before it is closed.
    void this.ledger.write().then(() => this.ledger.close())
    this.listeners.clear()
    this.eventListeners.clear()
  }

  // --- this device's copy -----------------------------------------------------------------------------------------

  private async loadFromDisk(): Promise<boolean> {
    const { doc, persistence } = this.options
    const result = doc && persistence ? await this.withPatience(this.readDisk(doc, persistence)) : false
    this.diskDone = true
    if (this.linkOpen) this.greet()
    this.look()
    return result
  }

  private async readDisk(doc: Y.Doc, persistence: Persistence): Promise<boolean> {
    try {
      const kept = await persistence.load()
      if (this.destroyed || kept.length === 0) return false
      const late = this.diskDone
      doc.transact(() => {
        for (const update of kept) Y.applyUpdate(doc, update.bytes, FROM_DISK)
      }, FROM_DISK)
      for (const update of kept)
        if (update.unsent > 0) this.ledger.found(update.key, update.unsent, this.time.now())
      if (this.readyState === 'no') this.readyState = 'local'
      // The handshake has happened without these: only a new one offers them to the server.
      if (late) this.link?.close()
      return true
    } catch {
      return false
    }
  }

  private withPatience(work: Promise<boolean>): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.time.after(pace.loadPatience, () => resolve(false))
      void work.then((found) => {
        cancel()
        resolve(found)
      })
    })
  }

  private keepSoon(): void {
    if (this.cancelKeep || this.destroyed || !this.ledger.unwritten) return
    this.cancelKeep = this.time.after(this.greeted ? pace.keep : pace.keepOffline, () => {
      this.cancelKeep = null
      void this.ledger.write().then(() => this.keepSoon())
    })
  }

  private compactLater(): void {
    this.cancelCompact = this.time.after(pace.compactEvery, () => {
      this.ledger.compact()
      this.compactLater()
    })
  }

  // --- what the person does ---------------------------------------------------------------------------------------

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === FROM_DISK) return
    if (origin === this) {
      this.ledger.remote(update)
      this.keepSoon()
      return
    }
    // A reader's page may still touch its document (an editor that tidies up); nobody's words are in that.
    if (this.serverMode === 'read') return
    this.ledger.local(update, this.time.now())
    this.keepSoon()
    if (this.offered && this.serverMode === 'write') {
      this.outbox.push(update)
      this.sendUpdatesSoon()
    }
    this.look()
  }

  private sendUpdatesSoon(): void {
    if (this.cancelUpdate || this.waiting) return
    const wait = this.lastUpdateSent + pace.update - this.time.now()
    if (wait > 0) {
      this.cancelUpdate = this.time.after(wait, () => this.flushUpdates())
      return
    }
    let cancelled = false
    this.cancelUpdate = () => {
      cancelled = true
    }
    this.time.soon(() => {
      if (!cancelled) this.flushUpdates()
    })
  }

  private flushUpdates(): void {
    this.cancelUpdate?.()
    this.cancelUpdate = null
    const { link } = this
    if (!link || !this.offered || this.outbox.length === 0) return
    if (link.unsent() > pace.backlog) {
      this.cancelUpdate = this.time.after(pace.update, () => this.flushUpdates())
      return
    }
    const [first, ...rest] = this.outbox
    if (!first) return
    const update = rest.length === 0 ? first : Y.mergeUpdates(this.outbox)
    const large = update.length > LIVE_UPDATE_BYTES
    // A step 2 nobody asked for must be worth an answer to a question that is already on its way to us ("resync"): with
    // nothing unacknowledged before it, it carries everything the server may have dropped. It also keeps us from
    // sending faster than the server commits.
    this.waiting = large && this.acknowledged < this.frames
    if (this.waiting) {
      this.outbox = [update]
      return
    }
    this.outbox = []
    this.lastUpdateSent = this.time.now()
    this.frames += 1
    this.ledger.sent(this.frames)
    link.send(syncFrame(large ? 'step2' : 'update', update))
    this.look()
  }

  private readonly onAwareness = (
    changes: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin === this || !this.greeted) return
    const own = this.options.awareness?.clientID
    if (own === undefined) return
    const { added, updated, removed } = changes
    if (added.includes(own) || updated.includes(own) || removed.includes(own)) this.sendAwarenessSoon()
  }

  private sendAwarenessSoon(): void {
    if (this.cancelAwareness) return
    const wait = Math.max(0, this.lastAwarenessSent + pace.awareness - this.time.now())
    this.cancelAwareness = this.time.after(wait, () => {
      this.cancelAwareness = null
      const { awareness } = this.options
      if (!awareness || !this.link || !this.greeted) return
      this.lastAwarenessSent = this.time.now()
      const entries = encodeAwarenessUpdate(awareness, [awareness.clientID])
      const frame = syncFrame('step1', entries).subarray(1)
      frame[0] = Message.awareness
      this.link.send(frame)
    })
  }

  // --- the connection ---------------------------------------------------------------------------------------------

  private readonly onWake = (): void => {
    if (typeof document !== 'undefined' && document.visibilityState === 'hidden') return
    if (this.destroyed || this.verdict || this.link) return
    this.attempts = 0
    this.connect()
  }

  /** The browser knows before the socket does, which may stay silent for a minute. */
  private readonly onAway = (): void => {
    this.link?.close()
  }

  private readonly onLeave = (): void => {
    this.flushUpdates()
    void this.ledger.write()
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
    const { doc, schema, build, awareness } = this.options
    if (!link) return
    this.frames = 0
    this.acknowledged = 0
    link.send(clientHello(schema, build.slice(0, 64)))
    if (doc) {
      this.awaitingStep2 = true
      link.send(syncFrame('step1', Y.encodeStateVector(doc)))
    }
    // A higher clock than before: the server may still hold our entry from the connection that was lost.
    const state = awareness?.getLocalState()
    if (awareness && state) awareness.setLocalState(state)
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
    this.offered = false
    this.awaitingStep2 = false
    this.unanswered = []
    this.outbox = []
    this.waiting = false
    this.cancelUpdate?.()
    this.cancelAwareness?.()
    this.cancelSilence?.()
    this.cancelUpdate = null
    this.cancelAwareness = null
    this.cancelSilence = null
    this.ledger.disconnected()
    const { awareness } = this.options
    if (!awareness) return
    const others = [...awareness.getStates().keys()].filter((id) => id !== awareness.clientID)
    removeAwarenessStates(awareness, others, this)
  }

  private lost(code: number): void {
    const wasGreeted = this.greeted
    const refused = code === 1006 && !this.linkOpen
    this.dropLink()
    if (this.destroyed) return
    if (refused) void this.askWhy()
    this.failedOnce = true
    this.lostAt ??= this.time.now()
    this.verdict = this.judge(code, wasGreeted)
    if (this.verdict?.kind === 'revoked' && this.verdict.reason !== 'not_signed_in') {
      // What this person may no longer read does not stay on their device.
      void this.ledger.clear().catch(() => {})
    }
    if (!this.verdict) this.reconnectIn(this.delay(code))
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

  /** What a close code means for good; null: come back. */
  private judge(code: number, wasGreeted: boolean): Verdict | null {
    switch (code) {
      case Close.notSignedIn:
        return { kind: 'revoked', reason: 'not_signed_in' }
      case Close.notFound:
        return wasGreeted ? null : { kind: 'revoked', reason: 'not_found' }
      case Close.notAllowed:
        // In the middle it means "judged again"; at the door it is the judgement.
        if (!wasGreeted) return { kind: 'revoked', reason: 'not_allowed' }
        return this.tooOften(code) ? { kind: 'refused', reason: 'not_accepted' } : null
      case Close.outdated:
        return { kind: 'outdated' }
      case Close.tooLarge:
      case 1009:
        return { kind: 'refused', reason: 'too_large' }
      case Close.badFrame:
      case Close.resync:
        return this.tooOften(code) ? { kind: 'refused', reason: 'not_accepted' } : null
      default:
        return null
    }
  }

  private tooOften(code: number): boolean {
    const now = this.time.now()
    this.closes = this.closes.filter((close) => now - close.at < 60_000)
    this.closes.push({ code, at: now })
    return this.closes.filter((close) => close.code === code).length >= pace.patience
  }

  private delay(code: number): number {
    const { attempts } = this
    this.attempts += 1
    const chance = this.time.random()
    if (code === Close.notAllowed || code === Close.notFound || code === Close.resync)
      return 50 + chance * 200
    if (code === Close.restart && attempts < 3) return 100 + chance * 900
    if (code === Close.tooFast) return 2_000 + chance * 3_000
    const most = Math.min(pace.backoffMost, pace.backoffFirst * 2 ** attempts)
    return most / 2 + (chance * most) / 2
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
        if (awareness?.getLocalState()) this.sendAwarenessSoon()
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
        this.ledger.acknowledged(frame.frames)
        this.acknowledged = frame.frames
        if (this.waiting && this.acknowledged >= this.frames) {
          this.waiting = false
          this.sendUpdatesSoon()
        }
        this.attempts = 0
        this.closes = []
        this.look()
        return
      case 'event':
        for (const listener of [...this.eventListeners]) callSafely(() => listener(frame.event))
        return
      case 'resync':
        // Its step 1 follows. What went out before and is not acknowledged will be offered again.
        this.offered = false
        this.outbox = []
        this.waiting = false
        this.ledger.disconnected()
        return
      case 'queryAwareness':
        this.sendAwarenessSoon()
        return
      case 'unknown':
        return
    }
  }

  private step2Arrived(): void {
    this.awaitingStep2 = false
    this.attempts = 0
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
    const { link } = this
    if (!doc || !link || this.serverMode !== 'write') return
    const nothingToSay = this.ledger.pending === 0 && !knowsMore(doc, stateVector)
    const update = nothingToSay ? EMPTY_UPDATE : Y.encodeStateAsUpdate(doc, stateVector)
    this.outbox = []
    this.waiting = false
    this.offered = true
    this.frames += 1
    this.ledger.covered(this.frames)
    link.send(syncFrame('step2', update))
    this.look()
  }

  // --- the words for it -------------------------------------------------------------------------------------------

  /** Works out the save state anew and tells the page if it changed. */
  private look(): void {
    if (this.destroyed) return
    this.cancelLook?.()
    this.cancelLook = null
    const next = this.saveStateNow()
    if (!sameState(next, this.shown)) this.shown = next
    // Also without a new save state: mode, ready and online are read by the same listeners.
    for (const listener of [...this.listeners]) callSafely(listener)
  }

  private saveStateNow(): SaveState {
    const { pending, kept } = this.ledger
    const now = this.time.now()
    if (this.verdict)
      return this.verdict.kind === 'revoked' ? this.verdict : { ...this.verdict, pending, kept }
    if (!this.greeted) {
      if (this.readyState === 'no' && !this.failedOnce) return { kind: 'connecting', pending, kept }
      const lost = this.lostAt ?? Number.NEGATIVE_INFINITY
      if (this.readyState === 'server' && now - lost < pace.offlineAfter) {
        this.lookAt(lost + pace.offlineAfter)
        return pending === 0 ? { kind: 'saved' } : this.savingOrNot(pending, kept, now)
      }
      return { kind: 'offline', pending, kept }
    }
    if (this.readyState !== 'server') return { kind: 'connecting', pending, kept }
    if (this.serverMode === 'read') return { kind: 'read_only', pending, kept }
    return pending === 0 ? { kind: 'saved' } : this.savingOrNot(pending, kept, now)
  }

  private savingOrNot(pending: number, kept: boolean, now: number): SaveState {
    // What was written offline counts from the moment there was a server to take it.
    const due = Math.max(this.ledger.since ?? now, this.greetedAt) + pace.notSavedAfter
    if (now >= due) return { kind: 'not_saved', pending, kept }
    this.lookAt(due)
    return { kind: 'saving', pending, kept }
  }

  private lookAt(when: number): void {
    this.cancelLook?.()
    this.cancelLook = this.time.after(Math.max(1, when - this.time.now()), () => {
      this.cancelLook = null
      this.look()
    })
  }
}

/** Whether the document has anything the state vector does not. */
function knowsMore(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector)
  for (const client of doc.store.clients.keys())
    if (Y.getState(doc.store, client) > (theirs.get(client) ?? 0)) return true
  return false
}

function sameState(a: SaveState, b: SaveState): boolean {
  if (a.kind !== b.kind) return false
  if ('reason' in a && 'reason' in b && a.reason !== b.reason) return false
  if ('pending' in a && 'pending' in b) return a.pending === b.pending && a.kept === b.kept
  return true
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
