import * as Y from 'yjs'
import { CollabClient } from '@/lib/collab/client/collab-client'
import type { SaveState } from '@/lib/collab/client/save-state'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import type { Rng } from '@/lib/collab/testing/rng'
import type { Tokens } from '@/lib/collab/testing/tokens'
import { pageText } from './page-text'
import { socketLink } from './socket-link'
import type { Address } from './victim'

/** One person at one device, with the real client, typing words that nobody else types. */
export class Writer {
  doc = new Y.Doc()
  client: CollabClient
  disk = new MemoryPersistence()
  /** Every save state the page has shown, with when (performance.now). */
  readonly shown: { readonly state: SaveState['kind']; readonly at: number }[] = []
  /** How often a connection was greeted. */
  greetings = 0
  private cut = () => {}
  private wasOnline = false

  constructor(
    readonly name: string,
    private readonly room: string,
    private readonly address: () => Address,
    private readonly tokens: Tokens,
    /** Called with each "saved". */
    private readonly told: () => void = () => {},
  ) {
    this.client = this.open()
  }

  private open(): CollabClient {
    const client = new CollabClient({
      url: 'ws://127.0.0.1/collab',
      room: this.room,
      doc: this.doc,
      schema: 1,
      build: 'torture',
      persistence: this.disk,
      openLink: socketLink(this.room, this.address, (cut) => {
        this.cut = cut
      }),
    })
    client.subscribe(() => {
      const { kind } = client.saveState
      if (client.online && !this.wasOnline) this.greetings += 1
      this.wasOnline = client.online
      if (this.shown.at(-1)?.state !== kind) this.shown.push({ state: kind, at: performance.now() })
      if (kind !== 'saved') return
      this.tokens.acknowledged(this.name)
      this.told()
    })
    const { doc } = this
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === client) this.tokens.seen(this.name, this.words)
    })
    return client
  }

  /** The network breaks; the client comes back by itself. */
  disconnect(): void {
    this.cut()
  }

  /** The tab is closed and opened again: only what this device kept comes back. */
  reopen(): void {
    const state = this.client.saveState
    if ('kept' in state && state.kept) this.tokens.promised(this.name)
    this.client.destroy()
    this.tokens.gone(this.name)
    this.doc = new Y.Doc()
    this.client = this.open()
  }

  get words(): string {
    return pageText(this.doc)?.toString() ?? ''
  }

  edit(chance: Rng): void {
    if (this.client.ready === 'no') return
    const text = pageText(this.doc)
    if (!text) return
    const words = text.toString()
    const mine = chance.below(6) === 0 ? this.tokens.deletable(this.name, words) : []
    if (mine.length > 0) {
      const token = chance.pick(mine)
      this.tokens.deleted(token)
      text.delete(words.indexOf(token), token.length)
      return
    }
    text.insert(this.tokens.place(words, chance), this.tokens.insert(this.name))
  }

  /** Takes all words out. */
  clear(): void {
    const text = pageText(this.doc)
    if (text) text.delete(0, text.length)
  }

  settled(): Promise<void> {
    return this.client.saved()
  }

  end(): void {
    this.client.destroy()
  }
}
