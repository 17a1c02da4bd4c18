import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createStrategy } from '@/lib/commands/create-strategy'
import { importFile } from '@/lib/commands/import-file'
import { projectItems } from '@/lib/commands/project-items'
import { fillRoot } from '@/lib/document/fill'
import { newItem } from '@/lib/document/items/new-item'
import { PROJECTION_VERSION, projectionOf } from '@/lib/document/items/project'
import { itemsOf } from '@/lib/document/items/read-items'
import { setAttr } from '@/lib/document/set-attr'
import { randomFrom } from '@/lib/document/testing/random'
import type { Strategy } from '@/lib/domain/strategy'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { type LiveServer, openLive } from './live'
import { openLog } from './log'
import { openMetrics } from './metrics'
import { startProjecting } from './projector'

let home: House
let live: LiveServer
const nobody = { userId: null, sessionId: null }

beforeAll(async () => {
  home = await house()
  live = openLive({
    meter: openMetrics(undefined).meter,
    bus: null,
    store: home.store,
    readSession: async () => null,
    origins: new Set(),
    log: openLog('silent'),
  })
})
afterAll(async () => {
  await live.drain()
  await home.close()
})

const clock = { now: () => Date.UTC(2026, 7, 14) }
const project = (documentId: string) => projectItems({ store: home.store, live, clock }, documentId)

async function strategy(template: 'blank' | 'restaurant-saas' = 'blank'): Promise<Strategy> {
  const owner = await home.workspace()
  return createStrategy({ ...owner, live }, { title: 'S', language: 'en', template })
}

async function fromScratch({ documentId }: Strategy) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await live.read(documentId)).update)
  return projectionOf(doc, 'en').map(({ hash: _hash, ...item }) => item)
}

async function rows({ id }: Strategy, removed = false) {
  const all = await home.store.read.strategyItems.list(id, { removed })
  return all.map(({ strategyId: _strategy, seq: _seq, removedAt: _removed, ...item }) => item)
}

const add = ({ documentId }: Strategy, ...items: ReturnType<typeof newItem>[]) =>
  live.edit(documentId, nobody, (doc) => fillRoot(doc.getXmlFragment('difficulties'), items))
const pain = (title: string, attrs = {}) =>
  newItem('pain', { id: newId('itm'), language: 'en', parts: { title }, attrs })

const remove = ({ documentId }: Strategy, id: string) =>
  live.edit(documentId, nobody, (doc) => {
    const node = itemsOf(doc).find((item) => item.id === id)?.node
    const parent = node?.parent
    if (node && parent instanceof Y.XmlFragment) parent.delete(parent.toArray().indexOf(node), 1)
  })

describe('rows of items', () => {
  it('are there with a strategy’s first content, made whole before anybody sees it', async () => {
    const template = await strategy('restaurant-saas')
    expect(await rows(template)).toHaveLength(50)
    expect(await rows(template)).toEqual(await fromScratch(template))
    expect(await home.store.read.strategyItems.behind(PROJECTION_VERSION)).not.toContain(template.documentId)
    const owner = await home.workspace()
    const imported = await importFile(
      { ...owner, live },
      {
        name: 'x.md',
        bytes: new TextEncoder().encode('## 2\n\n- **P4 One.**\n- **P? Two.**\n- **P4 Three.**\n'),
      },
      { language: 'en' },
    )
    expect((await rows(imported)).map(({ code }) => code)).toEqual(['P4', 'P5', 'P6'])
    expect(await rows(imported)).toEqual(await fromScratch(imported))
  })

  it('follow the document: new, changed, gone, back; only what changed is written; codes are never given again', async () => {
    const one = await strategy()
    await add(one, pain('First'), pain('Second'))
    await project(one.documentId)
    const [first, second] = await rows(one)
    expect([first?.code, second?.code]).toEqual(['P1', 'P2'])
    expect((await project(one.documentId))?.written).toBe(0)
    if (!first || !second) throw new Error('two rows')
    await remove(one, second.id)
    await project(one.documentId)
    expect((await rows(one)).map(({ title }) => title)).toEqual(['First'])
    expect((await rows(one, true)).map(({ title }) => title)).toEqual(['Second'])
    await add(one, pain('Third'), pain('Thief', { code: 'P2' }))
    await project(one.documentId)
    expect((await rows(one)).map(({ code }) => code)).toEqual(['P1', 'P3', 'P4'])
    await add(one, newItem('pain', { id: second.id, language: 'en', parts: { title: 'Second' } }))
    await project(one.documentId)
    expect((await rows(one)).map(({ code }) => code)).toEqual(['P1', 'P3', 'P4', 'P2'])
    expect(await rows(one)).toEqual(await fromScratch(one))
    expect(await rows(one, true)).toEqual([])
  })

  it('take whatever raw writers put into the document', async () => {
    const one = await strategy()
    await add(one, pain('zero\u0000 and half \ud800 and '.repeat(3)), pain('x'.repeat(200_000)))
    await live.edit(one.documentId, nobody, (doc) => {
      const [item] = itemsOf(doc)
      if (!item) throw new Error('an item')
      setAttr(item.node, 'unit', 'a\u0000')
      setAttr(item.node, 'extra', [['k\ud800', 'v']])
      setAttr(item.node, 'feltBy', { not: 'a list' })
    })
    await project(one.documentId)
    expect((await rows(one)).map(({ title }) => title.length)).toEqual([expect.any(Number), 10_000])
    expect(JSON.stringify(await rows(one))).not.toContain('\\u0000')
    // Compared with lone halves replaced, as a database stores them.
    expect(await rows(one)).toEqual(await fromScratch(one))
  })

  it('random edits: what followed step by step is what is read from scratch', async () => {
    const seed = Date.now() % 1_000_000
    const random = randomFrom(seed)
    const one = await strategy()
    for (let step = 0; step < 40; step++) {
      const items = await rows(one)
      const some = items.length > 0 ? random.pick(items) : null
      const luck = random.below(4)
      if (luck === 0 && some) await remove(one, some.id)
      else if (luck === 1 && some)
        await live.edit(one.documentId, nobody, (doc) => {
          const node = itemsOf(doc).find(({ id }) => id === some.id)?.node
          if (node)
            setAttr(node, random.pick(['severity', 'code', 'id']), random.pick(['high', 'P1', null, some.id]))
        })
      else await add(one, pain(`Pain ${step}`))
      if (random.below(3) > 0) await project(one.documentId)
    }
    await project(one.documentId)
    expect(await rows(one), `seed ${seed}`).toEqual(await fromScratch(one))
    const codes = await home.store.sql`select code from item_codes where strategy_id = ${one.id}`
    expect(codes.length).toBeGreaterThanOrEqual((await rows(one)).length)
  })
})

describe('the projector', () => {
  it('follows commits by itself, heals once and comes to rest', async () => {
    const one = await strategy()
    const told: number[] = []
    const own: LiveServer = {
      ...live,
      publish: (room, event) =>
        void (event.type === 'items.changed' && room === event.strategyId && told.push(event.seq)),
    }
    const commits: number[] = []
    const stopListening = live.onCommitted((documentId, seq) => {
      if (documentId === one.documentId) commits.push(seq)
    })
    const stop = startProjecting({ store: home.store, live: own, clock, log: openLog('silent') })
    const twice = pain('Twice')
    await add(one, twice, twice)
    await expect.poll(async () => (await rows(one)).map(({ code }) => code)).toEqual(['P1', 'P2'])
    // The edit, the healing, and nothing after it: its own commit is projected, and finds a whole document.
    await expect
      .poll(async () => (await home.store.read.strategyItems.projected(one.documentId))?.seq)
      .toBe(3)
    await project(one.documentId)
    expect(commits).toEqual([2, 3])
    expect(await home.store.read.documents.seq(one.documentId)).toBe(3)
    expect(new Set((await rows(one)).map(({ id }) => id)).size).toBe(2)
    expect(told).toContain(3)
    // Words bring no healing.
    await live.edit(one.documentId, nobody, (doc) => {
      const part = itemsOf(doc)[0]?.node.get(0)
      const words = part instanceof Y.XmlElement ? part.get(0) : null
      if (words instanceof Y.XmlText) words.insert(0, 'Not ')
    })
    await expect.poll(async () => (await rows(one))[0]?.title).toBe('Not Twice')
    expect(commits).toEqual([2, 3, 4])
    stopListening()
    await stop()
  })

  it('reads at the start what a crash swallowed, and what older code had read', async () => {
    const [one, other] = [await strategy(), await strategy('restaurant-saas')]
    await add(one, pain('Nobody saw'))
    await home.store.sql`update projections set version = 0 where document_id = ${other.documentId}`
    await home.store.sql`delete from strategy_items where strategy_id = ${other.id}`
    const stop = startProjecting({ store: home.store, live, clock, log: openLog('silent') })
    await expect.poll(async () => (await rows(one)).length).toBe(1)
    await expect.poll(async () => (await rows(other)).length).toBe(50)
    await stop()
  })

  it('a node that read less does not overwrite what another has read', async () => {
    const one = await strategy()
    await add(one, pain('Now'))
    await project(one.documentId)
    const late = await home.store.transact((tx) =>
      tx.strategyItems.project(
        { strategyId: one.id, documentId: one.documentId, seq: 1, version: PROJECTION_VERSION },
        [],
        new Date(0),
      ),
    )
    expect(late).toBeNull()
    expect((await rows(one)).map(({ title }) => title)).toEqual(['Now'])
  })
})
