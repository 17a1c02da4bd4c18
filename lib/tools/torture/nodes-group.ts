import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { z } from 'zod'
import type { Limits } from '@/lib/collab/limits'
import { must } from '@/lib/kit/assert'
import type { StoredPerson } from '@/lib/testing/collab/stored-world'
import { type TcpProxy, tcpProxy } from '@/lib/testing/tcp-proxy'
import type { Address } from './victim'

export const NODES_ORIGIN = 'https://app.example.test'

export interface NodesOptions {
  readonly databaseUrl: string
  readonly bus: { readonly kind: 'postgres' | 'redis'; readonly url: string }
  readonly limits?: Partial<Limits>
  /** A node says that it is about to store a snapshot, and waits for `Node.store`. */
  readonly holdSnapshots?: boolean
  readonly plant?: string | null
  /** The folder of another version, installed: every second process of a node is that version's. */
  readonly other?: string | null
}

/** From this folder to the top of a checkout. */
const UP = '../../..'

const message = z.object({
  kind: z.string(),
  port: z.number().optional(),
  seq: z.number().optional(),
  why: z.string().optional(),
})
type Message = z.infer<typeof message>

/** A node's place: the processes that stand in it, one after the other. */
export class Node {
  private child: ChildProcess | null = null
  private next: ChildProcess | null = null
  private loaded = 0
  private readonly listeners = new Set<(said: Message) => void>()
  readonly unhandled: string[] = []
  port = 0
  /** Whether a proxy should send people here. */
  ready = false

  constructor(private readonly options: NodesOptions) {}

  /** On a new port. The next process begins to load. */
  async start(): Promise<void> {
    const child = this.next ?? this.load()
    this.child = child
    this.next = null
    const listening = this.said('listening')
    const { databaseUrl, bus, limits = {}, holdSnapshots = false } = this.options
    child.send({ do: 'start', setup: { databaseUrl, bus, limits, holdSnapshots } })
    this.port = must((await listening).port, 'a listening node has a port')
    this.ready = true
  }

  /** So that a restart takes no longer than it does with a program that is on the disk already. */
  preload(): void {
    this.next ??= this.load()
  }

  private load(): ChildProcess {
    const { plant, other } = this.options
    const here = path.resolve(import.meta.dirname, UP)
    const version = other && this.loaded++ % 2 === 1 ? path.resolve(other) : here
    const folder = path.join(version, path.relative(here, import.meta.dirname))
    const child = fork(path.join(folder, 'nodes-process.ts'), [], {
      // Where a version's modules are, and what its imports mean.
      cwd: version,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...(plant ? { PLANT: plant } : {}) },
    })
    child.on('message', (raw) => {
      const said = message.safeParse(raw)
      if (!said.success) return
      if (said.data.kind === 'unhandled') this.unhandled.push(said.data.why ?? '')
      for (const listener of [...this.listeners]) listener(said.data)
    })
    return child
  }

  /** Resolves with the next message of a kind; rejects when the process ends before. */
  said(kind: string): Promise<Message> {
    const { child } = this
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`the node ended before it said ${kind}`))
      const listener = (said: Message) => {
        if (said.kind !== kind) return
        this.listeners.delete(listener)
        child?.off('exit', ended)
        resolve(said)
      }
      this.listeners.add(listener)
      child?.once('exit', ended)
    })
  }

  private send(order: object): void {
    this.child?.send(order)
  }

  async revoke(userId: string): Promise<void> {
    const done = this.said('revoked')
    this.send({ do: 'revoke', target: { userId } })
    await done
  }

  /** Lets a snapshot that waits be stored. */
  store(): void {
    this.send({ do: 'store' })
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  /** SIGTERM or SIGKILL, and waits. The exit code; null: killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const { child } = this
    this.ready = false
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const over = once(child, 'exit')
    child.kill(signal)
    await over
    return child.exitCode
  }

  async discard(): Promise<void> {
    // One that was stopped hears nothing else.
    await this.end('SIGKILL')
    this.child = this.next
    await this.end('SIGKILL')
  }
}

/** Nodes on one database, and a proxy in front that sends people to those that are ready, one after the other. */
export class NodeGroup {
  readonly nodes: readonly Node[]
  private turn = 0

  private constructor(
    options: NodesOptions,
    count: number,
    private readonly front: TcpProxy,
    private readonly pick: { next: () => Node | null },
  ) {
    this.nodes = Array.from({ length: count }, () => new Node(options))
    this.pick.next = () => {
      const ready = this.nodes.filter((node) => node.ready)
      return ready[this.turn++ % ready.length] ?? null
    }
  }

  static async start(options: NodesOptions, count = 2): Promise<NodeGroup> {
    const pick: { next: () => Node | null } = { next: () => null }
    const front = await tcpProxy(() => {
      const node = pick.next()
      return node && { host: '127.0.0.1', port: node.port }
    })
    const group = new NodeGroup(options, count, front, pick)
    await Promise.all(group.nodes.map((node) => node.start()))
    return group
  }

  node(i: number): Node {
    return must(this.nodes[i], 'a node of this number')
  }

  /** By the proxy, or past it at one node. */
  address(person: StoredPerson, at: Node | null = null): Address {
    return {
      url: `ws://127.0.0.1:${at ? at.port : this.front.port}`,
      headers: { origin: NODES_ORIGIN, cookie: `session=${person.sessionId}` },
    }
  }

  get unhandled(): string[] {
    return this.nodes.flatMap((node) => node.unhandled)
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.discard()))
    await this.front.stop()
  }
}
