import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { CollabClient } from '@/lib/collab/client/collab-client'
import { must } from '@/lib/kit/assert'
import { sessionCookie, sessionToken } from '@/lib/server/session'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { RUN_VARIABLE, type TestDatabase, testDatabase } from '@/lib/testing/database'
import { type App, startApp } from '@/lib/testing/server'
import { onePage, pageText } from '@/lib/tools/torture/page-text'
import { socketLink } from '@/lib/tools/torture/socket-link'

// Two whole apps, as `npm start` runs them, on one database.

const SLOW = { timeout: 180_000 }
const secret = 'a secret for two nodes of a test, which is long enough'
let database: TestDatabase
let files: string
let world: StoredWorld
let apps: App[] = []
const ends: (() => void)[] = []

beforeAll(async () => {
  database = await testDatabase()
  files = await mkdtemp(path.join(process.env[RUN_VARIABLE] ?? tmpdir(), 'throughline-shared-'))
  const env = { DATABASE_URL: database.url, AUTH_SECRET: secret, FILES_DIR: files }
  // Both at once: one of them finds the other in the middle of what a first start does.
  apps = await Promise.all([startApp({ env }), startApp({ env })])
  world = await storedWorld(database.sql)
}, 180_000)
afterAll(async () => {
  for (const end of ends) end()
  await Promise.all(apps.map((app) => app.discard()))
  await database?.drop()
  await rm(files, { recursive: true, force: true })
})

async function tab(app: App, person: StoredPerson, room: string) {
  const token = await sessionToken(secret, person)
  const headers = { origin: app.url, cookie: `${sessionCookie(app.url).name}=${token}` }
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const client = new CollabClient({
    url: 'ws://127.0.0.1/collab',
    room,
    doc,
    awareness,
    // Whatever the newest is: an older page may only read.
    schema: 1_000,
    build: 'test',
    openLink: socketLink(room, () => ({ url: app.url.replace(/^http/, 'ws'), headers })),
  })
  const end = () => {
    client.destroy()
    awareness.destroy()
  }
  ends.push(end)
  await client.synced
  return { doc, awareness, client, end, words: () => pageText(doc)?.toString() ?? '' }
}

test('ND1, ND4: words and people of one app are at the other within a moment', SLOW, async () => {
  const { strategyId } = await world.strategy(onePage())
  const [one, two] = [must(apps[0], 'one'), must(apps[1], 'two')]
  const [ann, ben] = [
    await tab(one, await world.person('partner'), strategyId),
    await tab(two, await world.person('partner'), strategyId),
  ]
  const began = performance.now()
  must(pageText(ann.doc), 'a page').insert(0, 'from one')
  await expect.poll(ben.words, { interval: 5 }).toBe('from one')
  const took = performance.now() - began
  // Without the bus it would be the journal, every five seconds.
  expect(took).toBeLessThan(2_500)
  must(pageText(ben.doc), 'a page').insert(0, 'from two, ')
  await expect.poll(ann.words).toBe('from two, from one')
  ann.awareness.setLocalState({ at: 'the top' })
  await expect
    .poll(() => [...ben.awareness.getStates().values()])
    .toContainEqual(
      expect.objectContaining({ at: 'the top', user: expect.objectContaining({ name: 'Name of partner' }) }),
    )
  ann.end()
  await expect.poll(() => [...ben.awareness.getStates().keys()]).not.toContain(ann.doc.clientID)
  ben.end()
})

test('what every node does by itself is done once: one version of one state', SLOW, async () => {
  const { strategyId } = await world.strategy(onePage())
  const tabs = []
  for (const app of apps) tabs.push(await tab(app, await world.person('partner'), strategyId))
  for (const { doc, client } of tabs) {
    must(pageText(doc), 'a page').insert(0, 'a session at two nodes. ')
    await client.saved()
  }
  const versions = () => database.sql<{ kind: string; hash: string }[]>`
    select kind, content_hash as hash from versions where strategy_id = ${strategyId} order by number`
  // The last one leaves both nodes in the same moment.
  for (const { end } of tabs) end()
  await expect.poll(async () => (await versions()).length, { timeout: 30_000 }).toBeGreaterThan(1)
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const found = await versions()
  expect(new Set(found.map(({ hash }) => hash)).size).toBe(found.length)
  expect(found).toHaveLength(2)
})
