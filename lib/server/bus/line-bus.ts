import type { Bus, BusNote, EngineLog } from '@/lib/collab'
import { Packer, Unpacker } from './envelope'
import type { Line, OpenLine } from './line'

/** Milliseconds. */
export interface LineTiming {
  /** A text must come back to its sender within this time, or the line counts as dead, whatever its sockets say. */
  readonly echo: number
  /** A line on which nothing was said for so long is tried with an empty envelope. */
  readonly silence: number
  /** Between tries to open it. */
  readonly retryFirst: number
  readonly retryMost: number
}

const TIMING: LineTiming = { echo: 2_000, silence: 1_000, retryFirst: 100, retryMost: 2_000 }

/** While the line is down: the rest is read from the rows by whoever missed it. */
const KEPT = 2_000

export interface LineBus extends Bus {
  /** Resolves when notes get through for the first time. */
  readonly opened: Promise<void>
  /** Hands over what was published, if the line stands, and ends it. Never rejects. */
  close(): Promise<void>
}

/** A bus over a line, which may break at any time; it is opened again and again until `close`. */
export function openLineBus(given: {
  readonly open: OpenLine
  /** Another one with every start of a process. */
  readonly nodeId: string
  readonly log: EngineLog
  readonly timing?: Partial<LineTiming>
}): LineBus {
  return new OverLine(given.open, given.nodeId, given.log, { ...TIMING, ...given.timing })
}

interface Listener {
  readonly heard: (note: BusNote, from: string) => void
  readonly missed: () => void
}

class OverLine implements LineBus {
  readonly shared = true
  readonly opened: Promise<void>
  private line: Line | null = null
  private echoed = false
  private closed = false
  private sending: Promise<void> | null = null
  private scheduled = false
  private mustSpeak = false
  private tries = 0
  private saidAt = 0
  /** Since when the oldest text that has not come back is on its way; null: all have. */
  private awaited: { readonly n: number; readonly at: number } | null = null
  private said = 0
  private queue: BusNote[] = []
  /** Of a document only the newest seq is worth telling. */
  private readonly heads = new Map<string, number>()
  /** Handed over without an answer: they are sent again, and who has them already knows by their number. */
  private unsure: readonly string[] = []
  private readonly packer: Packer
  private readonly unpacker = new Unpacker()
  private readonly listeners = new Set<Listener>()
  private readonly watch: NodeJS.Timeout
  private retry: NodeJS.Timeout | undefined
  private resolveOpened = () => {}

  constructor(
    private readonly openLine: OpenLine,
    private readonly nodeId: string,
    private readonly log: EngineLog,
    private readonly timing: LineTiming,
  ) {
    this.packer = new Packer(nodeId)
    this.opened = new Promise((resolve) => {
      this.resolveOpened = resolve
    })
    this.watch = setInterval(() => this.look(), Math.min(timing.echo, timing.silence) / 4)
    this.watch.unref()
    this.connect()
  }

  get up(): boolean {
    return this.echoed
  }

  publish(note: BusNote): void {
    if (this.closed) return
    // Worthless a moment later, and said again as soon as the line stands.
    if (!this.echoed && (note.kind === 'here' || note.kind === 'asked' || note.kind === 'present')) return
    if (note.kind === 'appended') {
      this.heads.set(note.documentId, Math.max(note.seq, this.heads.get(note.documentId) ?? 0))
    } else if (this.queue.length < KEPT) this.queue.push(note)
    // Rights that ended weigh more than anything else that waits.
    else if (note.kind === 'revoked')
      this.queue[this.queue.findIndex(({ kind }) => kind !== 'revoked')] = note
    this.sendSoon()
  }

  subscribe(heard: Listener['heard'], missed: Listener['missed']): () => void {
    const listener = { heard, missed }
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    if (this.closed) return
    if (this.echoed) {
      this.sendSoon()
      const late = new Promise<void>((resolve) => setTimeout(resolve, 500).unref())
      await Promise.race([this.drained(), late])
    }
    this.closed = true
    clearInterval(this.watch)
    clearTimeout(this.retry)
    this.line?.close()
    this.line = null
    this.echoed = false
  }

  private async drained(): Promise<void> {
    while (this.scheduled || this.sending) {
      await (this.sending ?? new Promise<void>((resolve) => setImmediate(resolve)))
    }
  }

  // --- the line ---------------------------------------------------------------------------------------------------

  private connect(): void {
    if (this.closed) return
    let mine: Line | null = null
    let over = false
    const lost = (why: unknown) => {
      if (over) return
      over = true
      // One that was given up from here has been replaced already.
      if (mine && this.line !== mine) return
      this.giveUp(why)
    }
    const events = {
      heard: (text: string) => {
        if (!over && this.line === mine) this.heard(text)
      },
      lost,
    }
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('it did not open in time')), 3 * this.timing.echo).unref()
    })
    const opening = this.openLine(events)
    // One that opens after all is not wanted any more.
    opening.then(
      (line) => {
        if (over) line.close()
      },
      () => {},
    )
    Promise.race([opening, late])
      .then((line) => {
        if (over || this.closed) {
          line.close()
          return
        }
        mine = line
        this.line = line
        this.awaited = null
        this.sendSoon(true)
      })
      .catch(lost)
  }

  private down(why: unknown): void {
    if (this.echoed) this.log.warn({ err: why }, 'the bus is down; nodes follow each other by the journal')
    this.echoed = false
    this.awaited = null
    if (this.closed) return
    const { retryFirst, retryMost } = this.timing
    const wait = Math.min(retryMost, retryFirst * 2 ** Math.min(this.tries, 10))
    this.tries += 1
    clearTimeout(this.retry)
    // Not all nodes at once, after an outage that ended for all.
    this.retry = setTimeout(() => this.connect(), wait / 2 + (Math.random() * wait) / 2)
    this.retry.unref()
  }

  private look(): void {
    const now = performance.now()
    const { line } = this
    if (!line) return
    if (this.awaited && now - this.awaited.at > this.timing.echo) this.giveUp(new Error('nothing comes back'))
    else if (now - this.saidAt > this.timing.silence) this.sendSoon(true)
  }

  private giveUp(why: unknown): void {
    const { line } = this
    this.line = null
    // Its answer may never come.
    this.sending = null
    line?.close()
    this.down(why)
  }

  private heard(text: string): void {
    const opened = this.unpacker.open(text)
    if (!opened) return
    if (opened.from === this.nodeId) {
      this.cameBack(opened.n)
      return
    }
    if (opened.missed) this.tellMissed()
    for (const note of opened.notes)
      this.safely(() => {
        for (const listener of this.listeners) listener.heard(note, opened.from)
      })
  }

  private cameBack(n: number): void {
    if (this.awaited && n >= this.awaited.n)
      this.awaited = n < this.said ? { n: this.said, at: this.saidAt } : null
    if (this.echoed) return
    this.echoed = true
    this.tries = 0
    this.resolveOpened()
    this.log.info({}, 'the bus is up')
    // Whatever was said before we listened has passed us by.
    this.tellMissed()
    this.sendSoon()
  }

  private tellMissed(): void {
    this.safely(() => {
      for (const { missed } of this.listeners) missed()
    })
  }

  /** A listener's mistake is not the line's. */
  private safely(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.log.error({ err: error }, 'a note was not taken in')
    }
  }

  // --- sending ----------------------------------------------------------------------------------------------------

  private sendSoon(evenNothing = false): void {
    if (evenNothing) this.mustSpeak = true
    if (this.scheduled || this.sending || !this.line) return
    this.scheduled = true
    // What one turn has to tell travels together.
    setImmediate(() => {
      this.scheduled = false
      this.send()
    })
  }

  private send(): void {
    const { line } = this
    if (!line || this.sending) return
    const texts = [...this.unsure, ...this.take()]
    if (texts.length === 0) return
    this.mustSpeak = false
    this.unsure = texts
    this.saidAt = performance.now()
    this.awaited ??= { n: this.said, at: this.saidAt }
    this.sending = line.send(texts).then(
      () => {
        if (this.line !== line) return
        this.unsure = []
        this.sending = null
        if (this.queue.length > 0 || this.heads.size > 0 || this.mustSpeak) this.sendSoon()
      },
      (error: unknown) => {
        if (this.line === line) this.giveUp(error)
      },
    )
  }

  private take(): string[] {
    const notes: BusNote[] = [...this.queue]
    for (const [documentId, seq] of this.heads) notes.push({ kind: 'appended', documentId, seq })
    this.queue = []
    this.heads.clear()
    if (notes.length === 0 && (!this.mustSpeak || this.unsure.length > 0)) return []
    const { texts, tooLarge } = this.packer.pack(notes)
    if (tooLarge > 0) this.log.error({ notes: tooLarge }, 'notes are too large for the bus')
    this.said += texts.length
    return texts
  }
}
