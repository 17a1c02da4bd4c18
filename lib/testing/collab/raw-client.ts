import WebSocket from 'ws'
import * as Y from 'yjs'
import type { Link, OpenLink } from '@/lib/collab/client/link'
import { readServerFrame, type ServerFrame } from '@/lib/collab/client/server-frame'
import { Message, Sync } from '@/lib/collab/protocol/numbers'
import { clientHello, syncFrame } from '@/lib/collab/protocol/write-frame'

export interface Door {
  readonly url: string
  readonly origin: string
}

/** A way for CollabClient to reach a test server as one session. */
export function linkAs(door: Door, sessionId: string): OpenLink {
  return (url, events): Link => {
    const ws = new WebSocket(url, { headers: { origin: door.origin, cookie: `session=${sessionId}` } })
    let over = false
    const close = (code: number) => {
      if (over) return
      over = true
      events.closed(code)
    }
    ws.on('open', () => events.opened())
    ws.on('message', (data) => {
      if (data instanceof Uint8Array) events.received(data)
    })
    ws.on('close', (code) => close(code))
    ws.on('error', () => {})
    return {
      send: (bytes) => {
        if (ws.readyState === ws.OPEN) ws.send(bytes)
      },
      unsent: () => ws.bufferedAmount,
      close() {
        ws.terminate()
        close(1006)
      },
    }
  }
}

/** A socket with nothing of ours in it: sends any bytes, remembers all that comes. */
export class RawClient {
  readonly doc = new Y.Doc()
  readonly frames: ServerFrame[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly ws: WebSocket
  /** Step 2 and live frames sent, as the server counts them. */
  sent = 0
  private answersQuestions = false
  private waiting: { test: (frame: ServerFrame) => boolean; resolve: (frame: ServerFrame) => void }[] = []

  constructor(door: Door, room: string, sessionId: string | null, headers: Record<string, string> = {}) {
    this.ws = new WebSocket(`${door.url}/${room}`, {
      headers: { origin: door.origin, ...(sessionId ? { cookie: `session=${sessionId}` } : {}), ...headers },
    })
    this.ws.on('error', () => {})
    this.ws.on('message', (data) => {
      if (!(data instanceof Uint8Array)) return
      const frame = readServerFrame(data)
      if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(this.doc, frame.update, this)
      this.frames.push(frame)
      // Asked again, it answers as every client does; until then nothing of it is acknowledged.
      if (frame.kind === 'step1' && this.answersQuestions) this.answer(frame.stateVector)
      this.waiting = this.waiting.filter((one) => {
        if (!one.test(frame)) return true
        one.resolve(frame)
        return false
      })
    })
    this.closed = new Promise((resolve) => {
      this.ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.ws.once('open', () => resolve())
      this.ws.once('error', reject)
    })
  }

  send(bytes: Uint8Array): void {
    if (bytes[0] === Message.sync && bytes[1] !== Sync.step1) this.sent += 1
    this.ws.send(bytes)
  }

  /** The next frame of a kind, also one that has already come. */
  async frame<K extends ServerFrame['kind']>(kind: K): Promise<Extract<ServerFrame, { kind: K }>> {
    const is = (frame: ServerFrame): frame is Extract<ServerFrame, { kind: K }> => frame.kind === kind
    const found = this.frames.find(is)
    if (found) return found
    return new Promise((resolve) => {
      this.waiting.push({
        test: is,
        resolve: (frame) => {
          if (is(frame)) resolve(frame)
        },
      })
    })
  }

  /** Resolves when the server has acknowledged so many update frames of this connection. */
  saved(frames: number): Promise<void> {
    const enough = (frame: ServerFrame) => frame.kind === 'saved' && frame.frames >= frames
    if (this.frames.some(enough)) return Promise.resolve()
    return new Promise((resolve) => this.waiting.push({ test: enough, resolve: () => resolve() }))
  }

  /** Hello, both steps: after this the connection is a writer like any other. */
  async handshake(options: { hello?: boolean; schema?: number } = {}): Promise<this> {
    if (this.ws.readyState !== this.ws.OPEN) await this.opened()
    if (options.hello ?? true) this.send(clientHello(options.schema ?? 1, 'test'))
    this.send(syncFrame('step1', Y.encodeStateVector(this.doc)))
    await this.frame('step2')
    const asked = this.frames.find((frame) => frame.kind === 'step1')
    if (asked) this.answer(asked.stateVector)
    this.answersQuestions = true
    return this
  }

  private answer(stateVector: Uint8Array): void {
    this.send(syncFrame('step2', Y.encodeStateAsUpdate(this.doc, stateVector)))
  }

  /** Changes the own document and gives the update, not sent. */
  change(work: (doc: Y.Doc) => void): Uint8Array {
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    this.doc.on('update', collect)
    this.doc.transact(() => work(this.doc))
    this.doc.off('update', collect)
    return Y.mergeUpdates(updates)
  }

  close(): void {
    this.ws.terminate()
  }
}
