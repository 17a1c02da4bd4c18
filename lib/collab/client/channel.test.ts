import { beforeEach, expect, it } from 'vitest'
import { Close, Message } from '../protocol/numbers'
import { eventFrame, serverHello } from '../protocol/write-frame'
import { rng } from '../testing/rng'
import { VirtualTime } from '../testing/virtual-time'
import { openChannel } from './channel'
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

beforeEach(() => {
  time = new VirtualTime(rng(7))
  links = []
  told = []
  stop = openChannel({
    url: 'ws://host/collab',
    room: 'ws_1',
    schema: 1,
    build: 'test',
    time,
    onEvent: (event) => told.push(event),
    onBack: () => told.push('back'),
    onEnd: () => told.push('end'),
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
