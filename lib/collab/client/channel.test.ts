import { beforeEach, expect, it } from 'vitest'
import { Close, Message } from '../protocol/numbers'
import { awarenessFrame, eventFrame, serverHello } from '../protocol/write-frame'
import { rng } from '../testing/rng'
import { VirtualTime } from '../testing/virtual-time'
import { openChannel } from './channel'
import { ChannelPresence, type Present } from './channel-presence'
import type { LinkEvents } from './link'

const hello = serverHello({
  mode: 'channel',
  seq: 0,
  minSchema: 1,
  identity: { userId: 'usr_1', memberId: 'mem_1', name: 'Ines', color: '#0B6C8E' },
})

let time: VirtualTime
let links: { url: string; events: LinkEvents; sent: Uint8Array[]; closed: boolean }[]
let told: unknown[]
let stop: () => void
let presence: ChannelPresence
let people: readonly Present[][]

beforeEach(() => {
  time = new VirtualTime(rng(7))
  links = []
  told = []
  people = []
  presence = new ChannelPresence(
    (now) => {
      people = [...people, [...now]]
    },
    () => 0.5,
  )
  stop = openChannel({
    url: 'ws://host/collab',
    room: 'ws_1',
    schema: 1,
    build: 'test',
    time,
    onEvent: (event) => told.push(event),
    onBack: () => told.push('back'),
    onEnd: () => told.push('end'),
    presence,
    openLink: (url, events) => {
      const link = { url, events, sent: [] as Uint8Array[], closed: false }
      links.push(link)
      return {
        send: (bytes) => void link.sent.push(bytes),
        unsent: () => 0,
        close: () => {
          link.closed = true
          events.closed(1006)
        },
      }
    },
  })
})

const last = () => {
  const link = links.at(-1)
  if (!link) throw new Error('nothing was opened')
  return link
}

it('says hello, and passes events on', () => {
  last().events.opened()
  expect(last().url).toBe('ws://host/collab/ws_1')
  expect(last().sent[0]?.[0]).toBe(Message.hello)
  last().events.received(hello)
  last().events.received(eventFrame({ type: 'members.changed' }))
  expect(told).toEqual([{ type: 'members.changed' }])
})

it('comes back after a loss, and says that something may have been missed', async () => {
  last().events.received(hello)
  last().events.closed(1006)
  await time.pass(2_000)
  expect(links).toHaveLength(2)
  last().events.received(hello)
  expect(told).toEqual(['back'])
})

it('waits longer each time the server does not answer, and half a minute at most', async () => {
  for (let i = 0; i < 10; i++) {
    last().events.closed(1006)
    await time.pass(30_000)
  }
  expect(links).toHaveLength(11)
  last().events.closed(1006)
  await time.pass(14_000)
  expect(links).toHaveLength(11)
})

it.each([Close.notSignedIn, Close.notFound, Close.notAllowed, Close.outdated])(
  'ends for good when turned away at the door with %s',
  async (code) => {
    last().events.opened()
    last().events.closed(code)
    await time.pass(120_000)
    expect(links).toHaveLength(1)
    expect(told).toEqual(['end'])
  },
)

it('comes back at once when its rights are judged again', async () => {
  last().events.received(hello)
  last().events.closed(Close.notAllowed)
  await time.pass(300)
  expect(links).toHaveLength(2)
  last().events.closed(Close.notFound)
  expect(told).toEqual(['end'])
})

it('gives up a connection that fell silent, and one that talks nonsense', async () => {
  last().events.received(hello)
  await time.pass(70_000)
  expect(links[0]?.closed).toBe(true)
  expect(links.length).toBeGreaterThan(1)
  const here = links.length
  last().events.received(Uint8Array.of(Message.event, 200))
  expect(links[here - 1]?.closed).toBe(true)
})

it('is quiet after it was stopped', async () => {
  const { events } = last()
  stop()
  events.received(eventFrame({ type: 'members.changed' }))
  await time.pass(60_000)
  expect(last().closed).toBe(true)
  expect(links).toHaveLength(1)
  expect(told).toEqual([])
})

const awareness = (id: number, clock: number, state: unknown) =>
  awarenessFrame([{ id, clock, state: JSON.stringify(state) }])
const tomas = { id: 'usr_2', memberId: 'mem_2', name: 'Tomás', color: '#0B6C8E' }

it('PS6: says where one is, and again to a new connection with a higher clock', async () => {
  presence.say({ card: 'act_1' })
  last().events.opened()
  last().events.received(hello)
  const first = last().sent.at(-1)
  expect(first).toEqual(awareness(2 ** 31, 2, { card: 'act_1' }))
  last().events.closed(1006)
  await time.pass(2_000)
  last().events.received(hello)
  expect(last().sent.at(-1)).toEqual(awareness(2 ** 31, 3, { card: 'act_1' }))
  presence.say(null)
  expect(last().sent.at(-1)).toEqual(awareness(2 ** 31, 4, null))
})

it('PS6: hears of the others; late news stay late, and a lost connection knows nobody', () => {
  last().events.received(hello)
  last().events.received(awareness(7, 3, { card: 'act_1', user: tomas }))
  expect(people.at(-1)).toEqual([
    { userId: 'usr_2', memberId: 'mem_2', name: 'Tomás', state: { card: 'act_1' } },
  ])
  last().events.received(awareness(7, 2, { card: 'act_2', user: tomas }))
  expect(people.at(-1)?.[0]?.state).toEqual({ card: 'act_1' })
  last().events.received(awareness(7, 4, null))
  expect(people.at(-1)).toEqual([])
  last().events.received(awareness(8, 1, { card: 'act_1', user: tomas }))
  last().events.closed(1006)
  expect(people.at(-1)).toEqual([])
})

it('is not told of somebody without a name', () => {
  last().events.received(hello)
  last().events.received(awareness(7, 1, { card: 'act_1' }))
  last().events.received(awareness(8, 1, ['act_1']))
  expect(people.flat()).toEqual([])
})
