import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { MemoryPersistence } from '../testing/memory-persistence'
import { CollabClient } from './collab-client'
import type { OpenLink } from './link'
import { type AskTicket, fetchTicket } from './ticket'

// Row 16 from the browser's side: an upgrade that was refused is told in words.

let server: Server
let url: string
let answer: { status: number; type: string }
let asked: unknown[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push([request.method, request.url, JSON.parse(body)])
    response.writeHead(answer.status, { 'content-type': answer.type }).end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`
})
afterAll(() => server.close())

test.each([
  [200, 'application/json', null],
  [401, 'application/json', 'not_signed_in'],
  [403, 'application/json; charset=utf-8', 'wrong_origin'],
  [404, 'application/json', 'not_found'],
  [503, 'application/json', null],
  // A proxy's own page says nothing about the room.
  [403, 'text/html', null],
  [404, 'text/html', null],
])('row 16: asked by HTTP, %i as %s is %s', async (status, type, reason) => {
  asked = []
  answer = { status, type }
  expect(await fetchTicket(url, 'str_x')).toBe(reason)
  expect(asked).toEqual([['POST', '/api/collab/ticket', { room: 'str_x' }]])
})

test('row 16: where nobody answers, nothing is known', async () => {
  expect(await fetchTicket('ws://127.0.0.1:1/collab', 'str_x')).toBeNull()
})

/** As a browser sees an upgrade that was refused. */
const refused: OpenLink = (_url, events) => {
  queueMicrotask(() => events.closed(1006))
  return { send() {}, unsent: () => 0, close() {} }
}

function open(askTicket: AskTicket, doc = new Y.Doc(), openLink = refused): CollabClient {
  return new CollabClient({
    url: 'wss://host/collab',
    room: 'str_x',
    doc,
    schema: 1,
    build: 'test',
    persistence: new MemoryPersistence(),
    openLink,
    askTicket,
  })
}

async function settled(client: CollabClient, kind: string): Promise<void> {
  while (client.saveState.kind !== kind) {
    await new Promise<void>((resolve) => {
      const stop = client.subscribe(() => {
        stop()
        resolve()
      })
    })
  }
}

test.each(['not_signed_in', 'not_found', 'wrong_origin'] as const)(
  'row 16: the page is told %s, and no further try is made',
  async (reason) => {
    const client = open(async () => reason)
    await settled(client, 'revoked')
    expect(client.saveState).toEqual({ kind: 'revoked', reason })
    client.destroy()
  },
)

test('row 16: an answer that names no reason is an interruption like any other', async () => {
  const client = open(async () => null)
  await settled(client, 'offline')
  client.destroy()
})

test('row 16: who has written goes on offline when only the address is wrong', async () => {
  const doc = new Y.Doc()
  const client = open(async () => 'wrong_origin', doc)
  doc.getText('text').insert(0, 'not sent yet')
  await settled(client, 'offline')
  await new Promise((resolve) => setImmediate(resolve))
  expect(client.saveState).toMatchObject({ kind: 'offline', pending: 1 })
  client.destroy()
})

test('a connection that was open and broke asks nobody', async () => {
  let questions = 0
  const broken: OpenLink = (_url, events) => {
    queueMicrotask(() => {
      events.opened()
      events.closed(1006)
    })
    return { send() {}, unsent: () => 0, close() {} }
  }
  const client = open(
    async () => {
      questions += 1
      return null
    },
    new Y.Doc(),
    broken,
  )
  await settled(client, 'offline')
  expect(questions).toBe(0)
  client.destroy()
})
