import * as Y from 'yjs'
import { CollabClient } from '../client/collab-client'
import { readServerFrame } from '../client/server-frame'
import type { Limits } from '../limits'
import { withoutCleanup } from '../protocol/no-cleanup'
import { createEngine, type Engine } from '../room/engine'
import type { AppendOutcome, Authorizer, Bus, EngineLog, JournalStore, Roots } from '../room/ports'
import { buildDoc } from '../room/stored-document'
import { contentHash } from './content-hash'
import { MemoryWire } from './memory-bus'
import { MemoryPersistence } from './memory-persistence'
import { MemoryStore } from './memory-store'
import { type Pipe, pipesTo } from './pipe'
import { type Rng, rng } from './rng'
import { shapeEdit, thickDocument } from './shape-edits'
import { judgeTokens, Tokens } from './tokens'
import { VirtualTime } from './virtual-time'

export const SIM_ROOTS: Roots = { text: 'text', page: 'xml', meta: 'map', board: 'array' }
const ROOM = 'str_sim'

/** A fault put in on purpose, which the oracle must notice. */
export type Mutant =
  | 'acknowledge-early'
  | 'forget-last-row'
  | 'lose-broadcasts'
  | 'no-anti-entropy'
  | 'forget-retry'

export interface Schedule {
  readonly seed: number
  readonly steps: number
  readonly clients: number
  readonly nodes: number
  readonly mutant?: Mutant
  readonly limits?: Partial<Limits>
  /**
   * Partitions, evictions, thick documents, edits of structure and undo as well. Each step then draws from a stream of
   * its own, so that leaving one out does not change the others.
   */
  readonly storms?: boolean
  /** The steps that are taken, for a schedule that is being made smaller; default: all of them. */
  readonly only?: readonly number[]
}

/** As the first pinned seeds were found, before there were storms. */
export function classicSchedule(seed: number): Schedule {
  return { seed, steps: 300, clients: 3 + (seed % 3), nodes: 1 + (seed % 2) }
}

/** What the torture command and the tests run under a seed: 3 to 8 people at 2 or 3 nodes. */
export function stormySchedule(seed: number, mutant?: Mutant): Schedule {
  return {
    seed,
    steps: 300,
    clients: 3 + (seed % 6),
    nodes: 2 + (seed % 2),
    storms: true,
    ...(mutant ? { mutant } : {}),
  }
}

export interface Report {
  readonly seed: number
  readonly problems: readonly string[]
  readonly edits: number
  readonly acknowledged: number
  readonly crashes: number
  readonly snapshots: number
  readonly partitions: number
  readonly evictions: number
  /** Of the content everybody ended with. */
  readonly hash: string
}

export const quietLog: EngineLog = { info() {}, warn() {}, error() {} }

/** Runs one schedule: everything that happens in it follows from the seed. */
export async function simulate(schedule: Schedule): Promise<Report> {
  const world = new World(schedule)
  await world.run()
  return world.report()
}

interface Gate {
  readonly place: 'before' | 'after'
  readonly open: () => void
  readonly fail: (error: Error) => void
}

/** One server process: an engine, its door to the database, and whether it lives. */
class Node {
  readonly gates: Gate[] = []
  engine: Engine | null = null
  alive = true

  constructor(
    readonly store: MemoryStore,
    readonly world: World,
  ) {}

  start(limits: Partial<Limits>, time: VirtualTime, bus: Bus, chance: Rng): void {
    this.engine = createEngine({
      store: this.gated(),
      authorizer,
      roots: SIM_ROOTS,
      log: quietLog,
      bus,
      time,
      limits: {
        linger: 500,
        catchUp: 2_000,
        snapshotTailRows: 12,
        snapshotPause: 0,
        snapshotOnUnloadRows: 4,
        ...limits,
      },
      newBatchId: () => `${chance.next()}`,
      newClientId: () => 1 + chance.below(2 ** 32 - 2),
    })
  }

  private gate(place: Gate['place']): Promise<void> {
    if (this.world.calm) return Promise.resolve()
    return new Promise((open, fail) => this.gates.push({ place, open, fail }))
  }

  private gated(): JournalStore {
    const { store, world } = this
    return {
      load: async (id, take) => {
        await this.gate('before')
        const stored = await store.load(id, take)
        if (
          stored &&
          !('broken' in stored) &&
          world.schedule.mutant === 'forget-last-row' &&
          stored.tail.length > 0
        )
          return { ...stored, seq: stored.seq - 1, tail: stored.tail.slice(0, -1) }
        return stored
      },
      append: async (batch, rows) => {
        if (world.schedule.mutant === 'acknowledge-early') {
          const last = store.documents.get(ROOM)?.seq ?? 0
          void this.gate('before')
            .then(() => (this.alive ? store.append(batch, rows) : null))
            .catch(() => {})
          return rows.map((_, i) => last + i + 1)
        }
        await this.gate('before')
        const id = world.schedule.mutant === 'forget-retry' ? `${batch}${Math.random()}` : batch
        const outcomes = await store.append(id, rows)
        world.wrote(batch, outcomes)
        await this.gate('after')
        return outcomes
      },
      heads: async (ids) => {
        await this.gate('before')
        return store.heads(ids)
      },
      read: async (id, after) => {
        await this.gate('before')
        return store.read(id, after)
      },
      saveSnapshot: async (snapshot) => {
        await this.gate('before')
        const stored = await store.saveSnapshot(snapshot)
        await this.gate('after')
        return stored
      },
    }
  }
}

const authorizer: Authorizer = {
  async resolve(_room, session) {
    return {
      kind: 'document',
      documentId: ROOM,
      workspaceId: 'ws_sim',
      mode: 'write',
      grant: {
        memberId: `mem_${session.userId}`,
        memberRevision: 1,
        sessionId: null,
        documentAccessRevision: 1,
      },
      identity: {
        userId: session.userId,
        memberId: `mem_${session.userId}`,
        name: session.userId,
        color: '#000000',
      },
    }
  },
}

/** One person at one device. The tab may close; the disk stays. */
class Person {
  doc = new Y.Doc()
  undo: Y.UndoManager | null = null
  client: CollabClient | null = null
  readonly disk = new MemoryPersistence()
  readonly pipes = new Set<Pipe>()
  node = 0

  constructor(
    readonly name: string,
    readonly world: World,
  ) {}

  open(): void {
    const { world } = this
    this.doc = new Y.Doc()
    this.doc.clientID = 1 + world.ids.below(2 ** 32 - 2)
    // A capture time of zero keeps the real clock out of it.
    this.undo = new Y.UndoManager([this.doc.getXmlFragment('page'), this.doc.getArray('board')], {
      captureTimeout: 0,
    })
    this.client = new CollabClient({
      url: 'sim',
      room: ROOM,
      doc: this.doc,
      schema: 1,
      build: 'sim',
      persistence: this.disk,
      time: world.time,
      openLink: (url, events) => {
        this.node = world.chance.below(world.nodes.length)
        const node = world.nodes[this.node]
        const server = () => (node?.alive ? node.engine : null)
        const session = { sessionId: `ses_${this.name}`, userId: this.name }
        const lossy =
          world.schedule.mutant === 'lose-broadcasts'
            ? {
                ...events,
                received: (bytes: Uint8Array) => {
                  if (readServerFrame(bytes).kind === 'update' && world.chance.below(100) === 0) return
                  events.received(bytes)
                },
              }
            : events
        return pipesTo(server, session, this.pipes)(url, lossy)
      },
    })
  }

  close(): void {
    this.client?.destroy()
    this.client = null
  }
}

class World {
  chance: Rng
  readonly ids: Rng
  readonly time: VirtualTime
  readonly store = new MemoryStore()
  readonly nodes: Node[] = []
  readonly people: Person[] = []
  readonly tokens = new Tokens()
  calm = false
  private readonly cutOff = new Set<Person | Node>()
  private crashes = 0
  private snapshots = 0
  private partitions = 0
  private evictions = 0
  private hash = ''
  private readonly problems: string[] = []
  private readonly batches = new Map<string, string>()
  private readonly wire = new MemoryWire(false)

  constructor(readonly schedule: Schedule) {
    this.chance = rng(schedule.seed).fork('steps')
    this.ids = rng(schedule.seed).fork('ids')
    this.time = new VirtualTime(rng(schedule.seed).fork('jitter'))
    this.store.add(ROOM)
    if (schedule.storms && rng(schedule.seed).fork('thick').below(5) === 0)
      this.store.begin(ROOM, thickDocument())
    for (let i = 0; i < schedule.nodes; i++) this.startNode(i)
    for (let i = 0; i < schedule.clients; i++) {
      const person = new Person(`p${i}`, this)
      this.people.push(person)
      person.open()
    }
  }

  private startNode(i: number): void {
    const node = new Node(this.store, this)
    this.nodes[i] = node
    node.start(
      { ...(this.schedule.mutant === 'no-anti-entropy' ? { catchUp: 1e9 } : {}), ...this.schedule.limits },
      this.time,
      this.bus(i, node),
      this.ids,
    )
  }

  /** Pub/sub as it is: loses, repeats and reorders without a word. */
  private bus(i: number, node: Node): Bus {
    const end = this.wire.join(`${i}`)
    return {
      ...end,
      shared: this.schedule.nodes > 1,
      publish: (note) => {
        // Signs of life go by time, and would bury what the schedule is about.
        if (node.alive && note.kind !== 'here') end.publish(note)
      },
    }
  }

  /** ST2: a batch answers the same however often it is tried; another answer means that it was written again. */
  wrote(batch: string, outcomes: readonly AppendOutcome[]): void {
    const answer = JSON.stringify(outcomes)
    const before = this.batches.get(batch)
    if (before !== undefined && before !== answer) this.problems.push('a batch was written twice')
    this.batches.set(batch, answer)
  }

  async run(): Promise<void> {
    const { seed, steps, storms, only } = this.schedule
    const taken = only ?? Array.from({ length: steps }, (_, i) => i)
    for (const step of taken) {
      if (storms) this.chance = rng(seed).fork(`step ${step}`)
      if (storms && this.chance.below(100) < 5) await this.storm()
      else await this.step()
      await this.time.settle()
      if (step % 5 === 0) this.observe()
    }
    await this.heal()
    await this.verify()
    for (const node of this.nodes) {
      this.snapshots += node.engine?.stats().snapshots ?? 0
      node.engine?.stop()
    }
    for (const person of this.people) person.close()
  }

  report(): Report {
    return {
      seed: this.schedule.seed,
      problems: this.problems,
      edits: this.tokens.count,
      acknowledged: [...this.tokens.all.values()].filter((token) => token.acknowledged).length,
      crashes: this.crashes,
      snapshots: this.snapshots,
      partitions: this.partitions,
      evictions: this.evictions,
      hash: this.hash,
    }
  }

  private async storm(): Promise<void> {
    const dice = this.chance.below(7)
    if (dice < 2) this.partition()
    else if (dice < 5) this.cutOff.clear()
    else await this.evict()
  }

  /** Nothing reaches them and nothing comes from them, and nobody is told: neither a close nor an error. */
  private partition(): void {
    this.partitions += 1
    for (const one of [...this.people, ...this.nodes]) if (this.chance.below(4) === 0) this.cutOff.add(one)
  }

  /** Everybody leaves a node, and the document leaves its memory. */
  private async evict(): Promise<void> {
    this.evictions += 1
    const node = this.chance.below(this.nodes.length)
    for (const person of this.people)
      if (person.node === node) for (const pipe of [...person.pipes]) pipe.cut()
    await this.time.pass(1_000)
  }

  private async step(): Promise<void> {
    const dice = this.chance.below(1000)
    if (dice < 300) this.edit()
    else if (dice < 640) this.deliver()
    else if (dice < 790) this.database()
    else if (dice < 850) this.gossip()
    else if (dice < 930) await this.time.pass(this.chance.below(200))
    else if (dice < 960) this.cutSomebody()
    else if (dice < 975) this.crash()
    else if (dice < 985) this.tab()
    else await this.time.pass(1_000 + this.chance.below(4_000))
  }

  private edit(): void {
    const person = this.chance.pick(this.people)
    const { client, doc } = person
    // As in the page: nobody types before the first sync, or this device's copy.
    if (!client || client.ready === 'no') return
    const text = doc.getText('text')
    const what = this.chance.below(100)
    if (what < 65 || this.tokens.count === 0) {
      const token = this.tokens.insert(person.name)
      text.insert(this.tokens.place(text.toString(), this.chance), token)
    } else if (what < 80) {
      const found = this.tokens.deletable(person.name, text.toString())
      if (found.length === 0) return
      const token = this.chance.pick(found)
      this.tokens.deleted(token)
      text.delete(text.toString().indexOf(token), token.length)
    } else if (what < 88) {
      if (text.length > 1)
        text.format(0, 1 + this.chance.below(text.length - 1), { bold: this.chance.below(2) === 0 })
    } else if (this.schedule.storms && what < 97)
      shapeEdit(doc, person.undo ?? new Y.UndoManager(doc.getXmlFragment('page')), this.chance)
    else if (what < 89) doc.getMap('meta').set('paste', 'p'.repeat(66_000 + this.chance.below(4_000)))
    else if (what < 94) doc.getMap('meta').set(`k${this.chance.below(4)}`, this.chance.below(1000))
    else this.restructure(doc.getXmlFragment('page'))
  }

  private restructure(page: Y.XmlFragment): void {
    if (page.length > 3 && this.chance.below(3) === 0) page.delete(this.chance.below(page.length), 1)
    else {
      const paragraph = new Y.XmlElement('paragraph')
      page.insert(this.chance.below(page.length + 1), [paragraph])
      paragraph.insert(0, [new Y.XmlText(`w${this.chance.below(100)}`)])
    }
  }

  private deliver(): void {
    const pipes = this.people
      .filter((person) => !this.cutOff.has(person))
      .flatMap((person) => [...person.pipes])
      .filter((pipe) => pipe.busy)
    if (pipes.length === 0) return
    const pipe = this.chance.pick(pipes)
    for (let n = this.chance.below(4); n >= 0; n--) if (!pipe.move(this.chance.below(2) === 0)) break
  }

  private database(): void {
    const waiting = this.nodes.filter((node) => node.alive && node.gates.length > 0 && !this.cutOff.has(node))
    if (waiting.length === 0) return
    const { gates } = this.chance.pick(waiting)
    const [gate] = gates.splice(this.chance.below(gates.length), 1)
    if (this.chance.below(100) < 8) gate?.fail(new Error('connection to the database lost'))
    else gate?.open()
  }

  private gossip(): void {
    const { carried } = this.wire
    if (carried.length === 0) return
    const [message] = carried.splice(this.chance.below(carried.length), 1)
    if (!message) return
    const fate = this.chance.below(100)
    if (fate < 20) return
    if (fate < 30) carried.push(message)
    const node = this.nodes[Number(message.to)]
    if (node?.alive && !this.cutOff.has(node)) this.wire.deliver(message)
  }

  private cutSomebody(): void {
    const pipes = this.people.flatMap((person) => [...person.pipes])
    if (pipes.length > 0) this.chance.pick(pipes).cut()
  }

  /** kill -9: what has reached the database happens or not, nothing else of the process does. */
  private crash(): void {
    const i = this.chance.below(this.nodes.length)
    const node = this.nodes[i]
    if (!node?.alive) {
      this.startNode(i)
      return
    }
    this.crashes += 1
    node.alive = false
    this.snapshots += node.engine?.stats().snapshots ?? 0
    node.engine?.stop()
    for (const gate of node.gates.splice(0))
      if (gate.place === 'before' && this.chance.below(2) === 0) gate.open()
    for (const person of this.people) if (person.node === i) for (const pipe of [...person.pipes]) pipe.cut()
  }

  private tab(): void {
    const person = this.chance.pick(this.people)
    const { client } = person
    if (client) {
      const state = client.saveState
      // "Kept on this device" is a promise too.
      if ('kept' in state && state.kept) this.tokens.promised(person.name)
      person.close()
      this.tokens.gone(person.name)
    } else person.open()
  }

  private observe(): void {
    for (const person of this.people) {
      const { client } = person
      if (!client) continue
      if (client.saveState.kind === 'saved') this.tokens.acknowledged(person.name)
      this.tokens.seen(person.name, person.doc.getText('text').toString())
      if (client.saveState.kind === 'refused' || client.saveState.kind === 'revoked')
        this.problems.push(`${person.name} was ${client.saveState.kind}`)
    }
  }

  /** The faults stop; everything gets the time to arrive. */
  private async heal(): Promise<void> {
    this.calm = true
    this.cutOff.clear()
    this.nodes.forEach((node, i) => {
      for (const gate of node.gates.splice(0)) gate.open()
      if (!node.alive) this.startNode(i)
    })
    for (const person of this.people) if (!person.client) person.open()
    for (let round = 0; round < 60; round++) {
      await this.time.pass(1_000)
      for (let moved = true; moved; ) {
        moved = false
        for (const person of this.people)
          for (const pipe of [...person.pipes]) while (pipe.move(true)) moved = true
        await this.time.settle()
      }
      const carried = this.wire.carried.splice(0)
      if (this.schedule.mutant !== 'no-anti-entropy')
        for (const message of carried) this.wire.deliver(message)
      await this.time.settle()
      if (round > 5 && this.people.every((person) => person.client?.saveState.kind === 'saved')) break
    }
    await this.time.pass(5_000)
    for (const person of this.people)
      for (const pipe of [...person.pipes]) while (pipe.move(true)) await this.time.settle()
    await this.time.settle()
    this.observe()
  }

  private async verify(): Promise<void> {
    const hashes = new Map<string, string>()
    for (const person of this.people) {
      const state = person.client?.saveState.kind
      if (state !== 'saved') this.problems.push(`${person.name} ends as ${state}`)
      if (person.doc.store.pendingStructs || person.doc.store.pendingDs)
        this.problems.push(`${person.name} has pending`)
      hashes.set(person.name, contentHash(person.doc, SIM_ROOTS))
    }
    if (this.schedule.storms) {
      const newcomer = await this.newcomer()
      hashes.set('newcomer', contentHash(newcomer.doc, SIM_ROOTS))
      newcomer.close()
    }
    const stored = await this.store.load(ROOM, false)
    if (!stored || 'broken' in stored) throw new Error('the simulated document is gone')
    let rebuilt: Y.Doc
    try {
      rebuilt = buildDoc(stored, SIM_ROOTS)
    } catch (error) {
      this.problems.push(`the stored document is broken: ${String(error)}`)
      return
    }
    hashes.set('store', contentHash(rebuilt, SIM_ROOTS))
    hashes.set('history', contentHash(this.fromHistory(), SIM_ROOTS))
    for (let i = 0; i < this.nodes.length; i++) {
      const engine = this.nodes[i]?.engine
      if (!engine) continue
      const doc = new Y.Doc()
      const reading = engine.read(ROOM)
      await this.time.settle()
      Y.applyUpdate(doc, (await reading).update)
      hashes.set(`node ${i}`, contentHash(doc, SIM_ROOTS))
    }
    this.hash = hashes.get('store') ?? ''
    if (new Set(hashes.values()).size > 1) {
      this.problems.push(`diverged: ${JSON.stringify([...hashes])}`)
    }
    this.problems.push(...judgeTokens(this.tokens, rebuilt.getText('text').toString()))
  }

  /** Somebody who has never been here opens the document. */
  private async newcomer(): Promise<Person> {
    const person = new Person('newcomer', this)
    person.open()
    for (let round = 0; round < 40 && person.client?.ready !== 'server'; round++) {
      await this.time.pass(500)
      for (const pipe of [...person.pipes]) while (pipe.move(true)) await this.time.settle()
    }
    if (person.client?.ready !== 'server') this.problems.push('a newcomer is not let in')
    return person
  }

  /** History and journal alone must give the same document: nothing was thrown away. */
  private fromHistory(): Y.Doc {
    const doc = new Y.Doc()
    withoutCleanup(doc)
    const document = this.store.documents.get(ROOM)
    doc.transact(() => {
      for (const part of [...(document?.history ?? []), ...(document?.journal ?? [])])
        Y.applyUpdate(doc, part.bytes)
    })
    if (doc.store.pendingStructs) this.problems.push('history has holes')
    return doc
  }
}
