import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Context } from '@/lib/commands/context'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'

let place: House
let owner: Context

beforeAll(async () => {
  place = await house()
  owner = await place.workspace()
})
afterAll(() => place.close())

const by = () => ({ userId: owner.user.id, sessionId: null })

async function add(update: Uint8Array, clientsOf: string | null): Promise<string> {
  const id = newId('doc')
  await place.store.transact((tx) =>
    tx.documents.add(
      { id, workspaceId: owner.actor.workspaceId },
      { update, userId: owner.user.id, clientsOf },
    ),
  )
  return id
}

async function paragraphs(id: string): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await owner.live.read(id)).update)
  return doc.getXmlFragment('policy').toString()
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(words)])
  return element
}

it('a document begins with its first content, and its ids are the author’s', async () => {
  const doc = new Y.Doc()
  doc.getXmlFragment('policy').insert(0, [paragraph('first')])
  const id = await add(Y.encodeStateAsUpdate(doc), owner.user.id)
  expect(await place.store.read.documents.seq(id)).toBe(1)
  expect(await place.store.read.documents.clients(id)).toEqual(new Map([[doc.clientID, owner.user.id]]))
  expect(await place.store.read.documents.seq(newId('doc'))).toBeNull()
  expect(await paragraphs(id)).toBe('<paragraph>first</paragraph>')
})

it('RM16, ST4: a fork grows beside its origin and comes back, every word under its author', async () => {
  const adviser = await place.member(owner, 'adviser')
  const doc = new Y.Doc()
  doc.getXmlFragment('policy').insert(0, [paragraph('one')])
  const origin = await add(Y.encodeStateAsUpdate(doc), owner.user.id)
  const fork = await add((await owner.live.read(origin)).update, null)
  expect(await place.store.read.documents.clients(fork)).toEqual(new Map([[doc.clientID, null]]))
  const write = (id: string, userId: string, at: number, words: string) =>
    owner.live.edit(id, { userId, sessionId: null }, (live) =>
      live.getXmlFragment('policy').insert(at, [paragraph(words)]),
    )
  await write(fork, adviser.user.id, 1, 'proposed')
  await write(origin, owner.user.id, 0, 'meanwhile')
  const proposal = await owner.live.read(fork)
  const owners = await place.store.read.documents.clients(fork)
  const { seq } = await owner.live.edit(origin, by(), (live) => Y.applyUpdate(live, proposal.update), {
    owners,
  })
  expect(seq).toBe(3)
  expect(await paragraphs(origin)).toBe(
    '<paragraph>meanwhile</paragraph><paragraph>one</paragraph><paragraph>proposed</paragraph>',
  )
  const clients = await place.store.read.documents.clients(origin)
  expect([...clients.values()].filter((userId) => userId === adviser.user.id)).toHaveLength(1)
  expect(clients.get(doc.clientID)).toBe(owner.user.id)
})
