import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as Y from 'yjs'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { openJournal } from '@/db/repositories/journal'
import { openStore } from '@/db/store'
import { createEngine } from '@/lib/collab'
import { projectItems } from '@/lib/commands/project-items'
import { documentFromMarkdown } from '@/lib/document/build'
import { adviceOn } from '@/lib/document/items/advice'
import { needsHealing } from '@/lib/document/items/heal'
import { projectionOf } from '@/lib/document/items/project'
import { itemsOf } from '@/lib/document/items/read-items'
import { readMarkdown } from '@/lib/document/markdown/read'
import { writeMarkdown } from '@/lib/document/markdown/write'
import { systemClock } from '@/lib/kit/clock'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { documentRoots } from '@/lib/server/socket/documents'
import { storedWorld } from '@/lib/testing/collab/stored-world'
import { type Figure, median } from '../figures'

const ITEMS = 500
const TIMES = 15

/** A strategy of 500 items, read off its document and kept as rows. */
export async function projection(): Promise<Figure[]> {
  const markdown = manyItems()
  const update = updateOf(markdown)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const items = itemsOf(doc)
  if (items.length !== ITEMS) throw new Error(`${items.length} items`)
  const figure = (name: string, value: number, aim?: number): Figure => ({
    name: `${ITEMS} items: ${name}`,
    value,
    unit: 'ms',
    ...(aim === undefined ? {} : { aim }),
  })
  const figures = [
    figure('read', await timed(() => itemsOf(doc))),
    figure('as rows, with their hashes', await timed(() => projectionOf(doc, 'en')), 50),
    figure('nothing to heal', await timed(() => needsHealing(items, new Map()))),
    figure('advice', await timed(() => adviceOn(items, '2026-08-14', 'en'))),
    figure('written as Markdown', await timed(() => writeMarkdown(doc, { title: 'T', language: 'en' }))),
    figure('read from Markdown', await timed(() => readMarkdown(markdown))),
  ]
  return [...figures, ...(await inTheDatabase(update, figure))]
}

async function inTheDatabase(
  update: Uint8Array,
  figure: (name: string, value: number, aim?: number) => Figure,
): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'))
  const postgres = await startEmbedded({ dataDir: folder })
  try {
    await migrate(postgres.url)
    const store = openStore(postgres.url)
    const world = await storedWorld(store.sql)
    const engine = createEngine({
      store: openJournal(store.sql),
      authorizer: makeAuthorizer(store.sql),
      roots: documentRoots,
      log: { info() {}, warn() {}, error() {} },
    })
    const house = {
      store,
      clock: systemClock,
      live: {
        read: (id: string) => engine.read(id),
        edit: engine.edit.bind(engine),
        publish: () => {},
      },
    }
    const whole: number[] = []
    const word: number[] = []
    for (let time = 0; time < 5; time++) {
      const { documentId } = await world.strategy(update)
      whole.push(await once(() => projectItems(house, documentId)))
      await engine.edit(documentId, { userId: null, sessionId: null }, (doc) => {
        const words = itemsOf(doc)[ITEMS / 2]?.node.get(0)
        const text = words instanceof Y.XmlElement ? words.get(0) : null
        if (text instanceof Y.XmlText) text.insert(0, 'x')
      })
      word.push(await once(() => projectItems(house, documentId)))
    }
    engine.stop()
    await store.close()
    return [
      figure('projected for the first time', median(whole)),
      figure('projected after one word', median(word), 250),
    ]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function updateOf(markdown: string): Uint8Array {
  const read = readMarkdown(markdown)
  if (!read.ok) throw new Error(read.code)
  return documentFromMarkdown(read.strategy)
}

function manyItems(): string {
  const items = Array.from({ length: ITEMS }, (_, index) =>
    index % 2 === 0
      ? `- **P${index + 1} Delivery eats margin ${index}.** After the platform's take, a ¥40 order leaves less than ¥3.\n  - Felt by: S2\n  - Evidence: Settlement sheets of 41 chains\n`
      : `- **S${index + 1} Chains of kind ${index}.** 10 to 80 directly run stores in one or two provinces.\n  - Focus: yes\n  - Reason: One owner decides\n`,
  )
  return `# T\n\n## 2 Major difficulties\n\n${items.join('')}`
}

async function timed(work: () => unknown): Promise<number> {
  const samples: number[] = []
  for (let time = 0; time < TIMES; time++) samples.push(await once(async () => work()))
  return median(samples)
}

async function once(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
