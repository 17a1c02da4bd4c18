import type { Limits } from '../limits'
import { Close, type CloseCode } from '../protocol/numbers'
import { type Identity, savedFrame } from '../protocol/write-frame'
import { Bucket } from './bucket'
import type { EngineSession, Resolution, Time, Transport } from './ports'

/** What the first frame said: one of ours says hello, a stock y-websocket client begins with step 1. */
export type Greeting = 'awaited' | 'ours' | 'stranger'

const NONE: readonly number[] = []

export interface ConnectionOwner {
  /** It is being closed from this side. */
  closing(code: CloseCode, reason: string): void
}

/** One open socket in one room, after it was let in. */
export class Connection {
  greeting: Greeting = 'awaited'
  closed = false
  /** Has been sent the document, and so gets every commit after it. */
  receives = false
  /** Update frames received so far; `saved` frames counts these. */
  frames = 0
  step1Sent = 0
  step2Received = 0
  firstSyncDone = false
  early = 0
  claimed = 0
  presenceStrikes = 0
  spoke = false
  private saved = 0
  private told = 0
  private holdUntil = 0
  private replyBytes = 0
  /** A colleague's paste alone may be more than may lie unread: whoever is just being sent it is not too slow. */
  private largest = 0
  private paused = false
  /** When whole documents were asked for, within the window. */
  private replies: readonly number[] = NONE
  private bytes: Bucket | null = null
  private cpu: Bucket | null = null

  constructor(
    readonly transport: Transport,
    readonly session: EngineSession,
    readonly roomName: string,
    readonly access: Resolution,
    private readonly limits: Limits,
    private readonly time: Time,
    private readonly owner: ConnectionOwner,
  ) {}

  /** Made when first touched: most who have a document open send nothing. */
  get byteBudget(): Bucket {
    const { limits } = this
    this.bytes ??= new Bucket(limits.liveBytesBurst, limits.liveBytesPerSecond, this.time.now())
    return this.bytes
  }

  get cpuBudget(): Bucket {
    const { limits } = this
    this.cpu ??= new Bucket(limits.cpuBurst, limits.cpuPerSecond, this.time.now())
    return this.cpu
  }

  get identity(): Identity {
    return this.access.identity
  }

  get mayWrite(): boolean {
    return this.access.kind === 'document' && this.access.mode === 'write'
  }

  send(frame: Uint8Array): void {
    if (this.closed) return
    const unread = this.transport.unread()
    if (unread > this.limits.unreadBytes + this.replyBytes + this.largest) {
      this.close(Close.tooFast, 'does not read')
      return
    }
    if (unread <= this.limits.unreadBytes) {
      this.replyBytes = 0
      this.largest = 0
    }
    this.spoke = true
    this.transport.send(frame)
    this.largest = Math.max(this.largest, frame.length)
  }

  /** A whole document may be larger than what a slow reader may leave unread. */
  sendReply(frame: Uint8Array): void {
    this.send(frame)
    this.replyBytes += frame.length
  }

  /** Whether one more whole-document reply is due in this window. */
  mayAskAgain(): boolean {
    const now = this.time.now()
    const recent = this.replies.filter((at) => at > now - this.limits.fullReplyWindow)
    if (recent.length >= this.limits.fullReplies) return false
    // Not pushed: that takes room for seventeen.
    this.replies = [...recent, now]
    return true
  }

  close(code: CloseCode, reason: string): void {
    if (this.closed) return
    this.closed = true
    this.owner.closing(code, reason)
    this.transport.close(code, reason)
  }

  /**
   * Something this connection sent will not be committed as it was sent. Nothing is acknowledged until a step 2 that
   * answers our newest step 1 is committed: that one brings everything again.
   */
  hold(): void {
    this.holdUntil = Number.POSITIVE_INFINITY
  }

  /**
   * A step 2 came, as the newest update frame. One that nobody asked for carries a paste, and is no answer; the client
   * sends it only while nothing else of it is unacknowledged, so when it crosses our question it is as good as one.
   */
  covered(): void {
    if (this.step2Received < this.step1Sent) this.step2Received += 1
    if (this.holdUntil === Number.POSITIVE_INFINITY && this.step2Received >= this.step1Sent)
      this.holdUntil = this.frames
  }

  describe() {
    return {
      userId: this.session.userId,
      mayWrite: this.mayWrite,
      greeting: this.greeting,
      receives: this.receives,
      frames: this.frames,
      saved: this.saved,
      told: this.told,
      holdUntil: this.holdUntil,
      step1Sent: this.step1Sent,
      step2Received: this.step2Received,
      paused: this.paused,
      unread: this.transport.unread(),
    }
  }

  /** All update frames up to this one are committed. */
  safe(frames: number): void {
    if (frames < this.holdUntil) return
    this.holdUntil = 0
    if (frames > this.saved) this.saved = frames
  }

  /** Says what has become safe, once per batch. */
  acknowledge(seq: number): void {
    if (this.saved === this.told) return
    this.told = this.saved
    if (this.greeting === 'ours') this.send(savedFrame(this.saved, seq))
  }

  /** Let in: reads on, unless what came before has already been too much. */
  start(): void {
    if (!this.paused) this.transport.resume()
  }

  pause(): void {
    if (this.paused || this.closed) return
    this.paused = true
    this.transport.pause()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    this.transport.resume()
  }
}
