import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { must } from '@/lib/kit/assert'
import { readServerFrame, type ServerFrame } from '../client/server-frame'
import { defaultLimits } from '../limits'
import { ByteReader } from '../protocol/byte-reader'
import { Close } from '../protocol/numbers'
import { awarenessFrame, clientHello, syncFrame } from '../protocol/write-frame'
import { MemoryWire } from '../testing/memory-bus'
import { MemoryStore } from '../testing/memory-store'
import { rng } from '../testing/rng'
import { quietLog, SIM_ROOTS } from '../testing/simulator'
import { VirtualTime } from '../testing/virtual-time'
import { createEngine, type Engine } from './engine'
import type { Authorizer } from './ports'

const PAPER = 'str_paper'
const BOARD = 'brd_board'

/** One tab: a socket at one node, and what it would show. */
class Tab {
  readonly frames: ServerFrame[] = []
  /** As a page keeps them: by presence id, with the clock it last heard, also of those who have gone. */
  readonly clocks = new Map<number, number>()
  readonly shown = new Map<number, { readonly user: { readonly id: string; readonly name: string } }>()
  readonly doc = new Y.Doc()
  code = 0
  private readonly end: ReturnType<Engine['connect']>

  constructor(
    engine: Engine,
    name: string,
    private readonly room: string,
  ) {
    this.end = engine.connect({ sessionId: `ses_${name}`, userId: name }, room, {
      send: (frame) => this.receive(readServerFrame(frame)),
      unread: () => 0,
      pause() {},
      resume() {},
      close: (code) => {
        this.code = code
      },
    })
  }

  hello(): void {
    this.end.receive(clientHello(1, 'tab'))
    if (this.room === BOARD) return
    this.end.receive(syncFrame('step1', Uint8Array.of(0)))
    this.end.receive(syncFrame('step2', Uint8Array.of(0, 0)))
  }

  type(words: string): void {
    const before = Y.encodeStateVector(this.doc)
    this.doc.getText('text').insert(0, words)
    this.end.receive(syncFrame('update', Y.encodeStateAsUpdate(this.doc, before)))
  }

  get words(): string {
    return this.doc.getText('text').toString()
  }

  /** Says where it is, under an id; null: that it is nowhere. */
  say(id: number, clock: number, state: object | null = {}): void {
    this.end.receive(awarenessFrame([{ id, clock, state: JSON.stringify(state) }]))
  }

  leave(): void {
    this.end.gone()
  }

  get names(): string[] {
    return [...this.shown.values()].map(({ user }) => user.id).sort()
  }

  greetings(): number {
    return this.frames.filter(({ kind }) => kind === 'hello').length
  }

  private receive(frame: ServerFrame): void {
    this.frames.push(frame)
    if (frame.kind === 'step2' || frame.kind === 'update') Y.applyUpdate(this.doc, frame.update)
    if (frame.kind !== 'awareness') return
    const reader = new ByteReader(frame.entries)
    for (let n = reader.varUint(); n > 0; n--) {
      const [id, clock, state] = [reader.varUint(), reader.varUint(), JSON.parse(reader.varString())]
      const known = this.clocks.get(id) ?? -1
      // The rule of y-protocols.
      if (clock < known || (clock === known && (state !== null || !this.shown.has(id)))) continue
      this.clocks.set(id, clock)
      if (state === null) this.shown.delete(id)
      else this.shown.set(id, state)
    }
  }
}

class Stage {
  readonly time = new VirtualTime(rng(1))
  readonly store = new MemoryStore()
  readonly wire = new MemoryWire(true)
  readonly engines: Engine[] = []
  readonly barred = new Set<string>()
  asked = 0

  constructor() {
    this.store.add(PAPER)
  }

  node(name: string): Engine {
    const authorizer: Authorizer = {
      resolve: async (room, { userId, sessionId }) => {
        this.asked += 1
        if (this.barred.has(userId)) return 'not_found'
        const identity = { userId, memberId: `mem_${userId}`, name: `Name of ${userId}`, color: '#000000' }
        const at = { workspaceId: 'ws', identity }
        if (room === BOARD) return { kind: 'channel', memberId: identity.memberId, ...at }
        const grant = { memberId: identity.memberId, memberRevision: 1, sessionId, documentAccessRevision: 1 }
        return { kind: 'document', documentId: room, mode: 'write', grant, ...at }
      },
    }
    const engine = createEngine({
      store: this.store,
      authorizer,
      roots: SIM_ROOTS,
      log: quietLog,
      time: this.time,
      bus: this.wire.join(name),
    })
    this.engines.push(engine)
    return engine
  }

  async tab(engine: Engine, name: string, room = PAPER): Promise<Tab> {
    const tab = new Tab(engine, name, room)
    await this.time.settle()
    tab.hello()
    await this.time.settle()
    return tab
  }

  /** In steps in which answers of the store arrive. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) await this.time.pass(Math.min(50, left))
  }

  end(): void {
    for (const engine of this.engines) engine.stop()
  }
}

let stage: Stage
afterEach(() => stage.end())

/** Two nodes that have heard of each other. */
async function two(): Promise<[Engine, Engine]> {
  stage = new Stage()
  const nodes = [stage.node('a'), stage.node('b')] as const
  await stage.pass(1_500)
  return [...nodes]
}

describe('words', () => {
  it('ND2: without a bus they come from the journal within five seconds; with it back, what was missed comes at once', async () => {
    const [a, b] = await two()
    const [ann, ben] = [await stage.tab(a, 'ann'), await stage.tab(b, 'ben')]
    ann.type('by the bus ')
    await stage.time.settle()
    expect(ben.words).toBe('by the bus ')
    for (const name of ['a', 'b']) stage.wire.cutOff(name)
    ann.type('by the journal ')
    await stage.pass(defaultLimits.catchUp + 100)
    expect(ben.words).toBe('by the journal by the bus ')
    // Just after a look at the journal: without more, the next one would be five seconds away.
    ann.type('missed ')
    for (const name of ['a', 'b']) stage.wire.mend(name)
    await stage.pass(defaultLimits.healGap + 100)
    expect(ben.words).toBe('missed by the journal by the bus ')
  })

  it('ND2: one question to the store looks after all rooms, and only rooms that are behind read', async () => {
    const [a, b] = await two()
    for (const n of [1, 2, 3]) {
      stage.store.add(`str_${n}`)
      await stage.tab(b, `reader ${n}`, `str_${n}`)
    }
    const ann = await stage.tab(a, 'ann', 'str_2')
    for (const name of ['a', 'b']) stage.wire.cutOff(name)
    ann.type('x')
    await stage.time.settle()
    const calls: string[] = []
    stage.store.before = (call) => void calls.push(call)
    await stage.pass(defaultLimits.catchUp)
    expect(calls.sort()).toEqual(['heads', 'heads', 'read'])
  })

  it('ND3: a node that slept makes good what it missed: words and rights', async () => {
    const [a, b] = await two()
    const [ann, ben, cat] = [await stage.tab(a, 'ann'), await stage.tab(b, 'ben'), await stage.tab(b, 'cat')]
    const wire = stage.wire.deliver.bind(stage.wire)
    stage.wire.deliver = (one) => {
      if (one.to !== 'b') wire(one)
    }
    ann.type('meanwhile')
    stage.barred.add('ben')
    a.revoke({ userId: 'ben' })
    // Sixty seconds pass in one step, as after SIGCONT; the bus says nothing of what it could not deliver.
    stage.time.jump(60_000)
    stage.wire.deliver = wire
    await stage.pass(defaultLimits.healGap + 100)
    expect([ben.code, cat.code, cat.words]).toEqual([Close.notAllowed, 0, 'meanwhile'])
  })
})

describe('rights', () => {
  const bar = (node: Engine, name: string) => {
    stage.barred.add(name)
    node.revoke({ userId: name })
  }

  it('ND3: with the bus, a revocation closes sockets at the other node at once', async () => {
    const [a, b] = await two()
    const ben = await stage.tab(b, 'ben')
    bar(a, 'ben')
    await stage.time.settle()
    expect(ben.code).toBe(Close.notAllowed)
  })

  it.each([
    ['both nodes have lost the bus', ['a', 'b']],
    ['the node that hears of it has lost the bus', ['b']],
    ['only the node that revokes has lost the bus', ['a']],
  ])('ND3: within five seconds when %s', async (_when, cut) => {
    for (const wait of [0, 700, 1_900, 30_000]) {
      const [a, b] = await two()
      const [ben, cat] = [await stage.tab(b, 'ben'), await stage.tab(b, 'cat')]
      for (const name of cut) stage.wire.cutOff(name)
      await stage.pass(wait)
      bar(a, 'ben')
      await stage.pass(5_000)
      expect([wait, ben.code, cat.code]).toEqual([wait, Close.notAllowed, 0])
      stage.end()
    }
  })

  it('ND3: within five seconds at a node that has never heard of any other', async () => {
    stage = new Stage()
    const a = stage.node('a')
    const b = stage.node('b')
    stage.wire.cutOff('b')
    const ben = await stage.tab(b, 'ben')
    await stage.pass(1_000)
    bar(a, 'ben')
    await stage.pass(5_000)
    expect([b.stats().peers, ben.code]).toEqual([0, Close.notAllowed])
  })

  it('ND3: a healthy bus costs no questions: nobody is judged again before the ordinary round', async () => {
    const [, b] = await two()
    await stage.tab(b, 'ben')
    await stage.pass(3_000)
    const { asked } = stage
    await stage.pass(60_000)
    expect(stage.asked).toBe(asked)
  })

  it('ND3: a node that said goodbye leaves no doubt; one that was killed does, for two minutes', async () => {
    const [a, b] = await two()
    const c = stage.node('c')
    await stage.pass(1_500)
    await stage.tab(b, 'ben')
    a.stop()
    stage.wire.leave('a')
    await stage.pass(3_000)
    const { asked } = stage
    await stage.pass(10_000)
    expect(stage.asked).toBe(asked)
    // Nothing of it is heard any more, and nothing was said.
    stage.wire.cutOff('c')
    await stage.pass(10_000)
    expect(stage.asked).toBeGreaterThan(asked + 3)
    await stage.pass(defaultLimits.forgotten)
    const then = stage.asked
    await stage.pass(10_000)
    expect(stage.asked).toBe(then)
    expect(c.stats().busUp).toBe(false)
  })
})

describe('people', () => {
  it.each([PAPER, BOARD])(
    'ND4: in %s who is at another node is shown, also to who comes later',
    async (room) => {
      const [a, b] = await two()
      const [ann, ben] = [await stage.tab(a, 'ann', room), await stage.tab(b, 'ben', room)]
      ann.say(1, 1, { caret: 3, user: { id: 'boss', name: 'The boss' } })
      await stage.pass(100)
      expect([...ben.shown.values()]).toEqual([
        { caret: 3, user: { id: 'ann', memberId: 'mem_ann', name: 'Name of ann', color: '#000000' } },
      ])
      ben.say(2, 1)
      await stage.pass(100)
      expect(ann.names).toEqual(['ben'])
      const third = stage.node('c')
      const cat = await stage.tab(third, 'cat', room)
      await stage.pass(100)
      expect(cat.names).toEqual(['ann', 'ben'])
      const dan = await stage.tab(third, 'dan', room)
      expect(dan.names).toEqual(['ann', 'ben'])
    },
  )

  it('ND4: the server knows them, too, and whether they may write', async () => {
    const [a, b] = await two()
    const [ann] = [await stage.tab(a, 'ann'), await stage.tab(b, 'ben')]
    ann.say(1, 1, { at: 'top' })
    await stage.pass(100)
    expect(b.presence(PAPER)).toMatchObject([{ userId: 'ann', mayWrite: true, state: { at: 'top' } }])
  })

  it('ND4: ten moves are one note', async () => {
    const [a, b] = await two()
    const [ann] = [await stage.tab(a, 'ann'), await stage.tab(b, 'ben')]
    const said: unknown[] = []
    stage.wire.join('listener').subscribe(
      (note) => void (note.kind === 'present' && !note.whole && said.push(note.entries)),
      () => {},
    )
    for (let clock = 1; clock <= 10; clock++) ann.say(1, clock, { caret: clock })
    await stage.pass(100)
    expect(said).toMatchObject([[{ id: 1, clock: 10 }]])
  })

  it('ND5: nobody takes the entry of somebody at another node, or removes it', async () => {
    const [a, b] = await two()
    const [ann, ben, eve] = [await stage.tab(a, 'ann'), await stage.tab(b, 'ben'), await stage.tab(b, 'eve')]
    ann.say(1, 1)
    await stage.pass(100)
    eve.say(1, 2, { caret: 9 })
    eve.say(1, 2, null)
    await stage.pass(100)
    expect([ben.names, eve.code]).toEqual([['ann'], 0])
    eve.say(1, 3, { caret: 9 })
    await stage.pass(100)
    expect([ben.names, ben.clocks.get(1), eve.code]).toEqual([['ann'], 1, Close.notAllowed])
    expect(ann.names).toEqual([])
  })

  it('ND5: quicker than the news, a thief is shown at their own node at most, under their own name', async () => {
    const [a, b] = await two()
    const [ann, amy, eve] = [await stage.tab(a, 'ann'), await stage.tab(a, 'amy'), await stage.tab(b, 'eve')]
    ann.say(1, 1)
    eve.say(1, 2)
    await stage.pass(100)
    expect(amy.names).toEqual(['ann'])
    ann.say(1, 3)
    await stage.pass(100)
    expect(amy.names).toEqual(['ann'])
  })

  it('ND6: an entry leaves with its connection, and with its node, whether that says goodbye or not', async () => {
    const [a, b] = await two()
    const c = stage.node('c')
    await stage.pass(1_500)
    const tabs = [await stage.tab(a, 'ann'), await stage.tab(a, 'amy'), await stage.tab(c, 'cat')]
    const ben = await stage.tab(b, 'ben')
    for (const [i, tab] of tabs.entries()) tab.say(i + 1, 1)
    await stage.pass(100)
    expect(ben.names).toEqual(['amy', 'ann', 'cat'])
    must(tabs[1], 'Amy').leave()
    await stage.pass(100)
    expect(ben.names).toEqual(['ann', 'cat'])
    a.stop()
    await stage.pass(100)
    expect(ben.names).toEqual(['cat'])
    stage.wire.cutOff('c')
    await stage.pass(defaultLimits.silent + defaultLimits.beat + 100)
    expect(ben.names).toEqual([])
    // It was only the bus: with their next sign of life they are back.
    stage.wire.mend('c')
    await stage.pass(2_000)
    must(tabs[2], 'Cat').say(3, 2)
    await stage.pass(100)
    expect(ben.names).toEqual(['cat'])
  })

  it('ND6: a goodbye that was lost is made good', async () => {
    const [a, b] = await two()
    const [ann, amy, ben] = [await stage.tab(a, 'ann'), await stage.tab(a, 'amy'), await stage.tab(b, 'ben')]
    ann.say(1, 1)
    amy.say(2, 1)
    await stage.pass(100)
    const deliver = stage.wire.deliver.bind(stage.wire)
    stage.wire.deliver = (one) => {
      if (one.note.kind !== 'present') deliver(one)
    }
    ann.leave()
    await stage.pass(100)
    stage.wire.deliver = deliver
    expect(ben.names).toEqual(['amy', 'ann'])
    await stage.pass(defaultLimits.presenceAgain + 100)
    expect(ben.names).toEqual(['amy'])
    // The last one of a node, after whom nobody there says who is left.
    stage.wire.deliver = (one) => {
      if (one.note.kind !== 'present') deliver(one)
    }
    amy.leave()
    await stage.pass(100)
    stage.wire.deliver = deliver
    await stage.pass(4 * defaultLimits.presenceAgain)
    expect(ben.names).toEqual([])
  })

  it('ND7: a tab that moves from node to node stays; its old socket takes nothing with it', async () => {
    const [a, b] = await two()
    const ben = await stage.tab(b, 'ben')
    const before = await stage.tab(a, 'ann')
    before.say(1, 1)
    await stage.pass(100)
    const after = await stage.tab(b, 'ann')
    after.say(1, 2)
    await stage.pass(100)
    before.leave()
    await stage.pass(100)
    expect(ben.names).toEqual(['ann'])
    // And back, while the second socket still looks alive.
    const again = await stage.tab(a, 'ann')
    again.say(1, 3)
    await stage.pass(100)
    after.leave()
    await stage.pass(100)
    expect([ben.names, ben.clocks.get(1)]).toEqual([['ann'], 3])
  })
})

describe('people who move', () => {
  it('ND7: a goodbye of the node they left, which comes late, is not theirs', async () => {
    const [a, b] = await two()
    const c = stage.node('c')
    const cat = await stage.tab(c, 'cat')
    const before = await stage.tab(a, 'ann')
    before.say(1, 1)
    await stage.pass(100)
    // The old node does not hear in time that they are elsewhere.
    const deliver = stage.wire.deliver.bind(stage.wire)
    stage.wire.deliver = (one) => {
      if (one.to !== 'a') deliver(one)
    }
    const after = await stage.tab(b, 'ann')
    after.say(1, 2)
    await stage.pass(100)
    before.leave()
    await stage.pass(100)
    expect(cat.names).toEqual(['ann'])
  })

  it('ND7: the node they left may end', async () => {
    const [a, b] = await two()
    const ben = await stage.tab(b, 'ben')
    const before = await stage.tab(a, 'ann')
    before.say(1, 1)
    await stage.pass(100)
    const after = await stage.tab(b, 'ann')
    after.say(1, 2)
    await stage.pass(100)
    // Once, and not beside what is left of them from there.
    expect(b.presence(PAPER)).toHaveLength(1)
    a.stop()
    await stage.pass(100)
    expect(ben.names).toEqual(['ann'])
  })
})

describe('events', () => {
  it('ND2, ND8: a node that comes back after a silence is taken to have said something', async () => {
    const [a, b] = await two()
    const board = await stage.tab(b, 'ben', BOARD)
    const [ann, cat] = [await stage.tab(a, 'ann'), await stage.tab(b, 'cat')]
    await stage.pass(defaultLimits.catchUp + defaultLimits.greetAgainGap)
    const before = board.greetings()
    const deliver = stage.wire.deliver.bind(stage.wire)
    stage.wire.deliver = () => {}
    // Neither end of the bus notices anything.
    await stage.pass(defaultLimits.doubt + 100)
    a.publish(BOARD, { type: 'cards.changed' })
    ann.type('unheard')
    await stage.time.settle()
    stage.wire.deliver = deliver
    await stage.pass(defaultLimits.beat + defaultLimits.healGap + 100)
    expect(cat.words).toBe('unheard')
    await stage.pass(defaultLimits.drainSpread)
    expect(board.greetings()).toBe(before + 1)
  })

  it('ND8: reach listeners at every node; after a loss these are greeted again, and read again what they show', async () => {
    const [a, b] = await two()
    const [board, paper] = [await stage.tab(b, 'ben', BOARD), await stage.tab(b, 'ben')]
    a.publish(BOARD, { type: 'cards.changed' })
    await stage.time.settle()
    expect(board.frames.at(-1)).toEqual({ kind: 'event', event: { type: 'cards.changed' } })
    await stage.pass(defaultLimits.greetAgainGap)
    const before = [board.greetings(), paper.greetings()]
    stage.wire.cutOff('b')
    a.publish(BOARD, { type: 'cards.changed' })
    stage.wire.mend('b')
    await stage.pass(defaultLimits.healGap + defaultLimits.drainSpread + 100)
    expect([board.greetings(), paper.greetings()]).toEqual([must(before[0], 'one') + 1, before[1]])
  })
})
