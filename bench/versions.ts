import * as Y from 'yjs'
import { runningUrl } from '@/db/embedded/running-url'
import { openStore } from '@/db/store'
import { documentFromMarkdown } from '@/lib/document/build'
import { contentHash } from '@/lib/document/content-hash'
import { diffStrategies } from '@/lib/document/diff/diff'
import type { Labels } from '@/lib/document/diff/html'
import { Ledger } from '@/lib/document/diff/ledger'
import { handsOf, viewDiff } from '@/lib/document/diff/passages'
import { readMarkdown } from '@/lib/document/markdown/read'
import { restoreDocument } from '@/lib/document/restore'
import { TEXT_ROOTS } from '@/lib/document/roots'
import { countDocument } from '@/lib/document/text'
import { packVersion } from '@/lib/document/version-state'
import { childrenOf } from '@/lib/document/walk'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type Figure, median } from './figures'
import { importLarge, largeMarkdown, openHouse, smallTeam } from './house'

const ROUNDS = 11
const VERSIONS = 1_000
/** Journal rows of the replayed strategy: months of several people's writing. */
const ROWS = 30_000

const labels: Labels = {
  kind: (kind) => `${kind}`,
  part: (name) => `${name}`,
  field: (name) => name,
  value: (_name, value) => `${value}`,
  form: () => null,
  nothing: () => '',
}

/** Comparing and restoring 100,000 characters; the page of 1,000 versions; a replay of 30,000 journal rows. */
export async function versions(): Promise<Figure[]> {
  return [...comparing(), ...(await pages())]
}

function comparing(): Figure[] {
  // With the signs of Markdown, which are no characters of the text.
  const read = readMarkdown(largeMarkdown(125_000))
  if (!read.ok) throw new Error('the large strategy can be read')
  const before = new Y.Doc()
  Y.applyUpdate(before, documentFromMarkdown(read.strategy, 1))
  const words = countDocument(before).characters
  const figures: Figure[] = [{ name: 'characters compared', value: words, unit: 'count' }]
  const measure = (name: string, aim: number | null, work: () => void) => {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      work()
      times.push(performance.now() - began)
    }
    figures.push({ name, value: median(times), unit: 'ms', ...(aim !== null && { aim }) })
  }
  const some = changed(before, 10)
  const many = changed(before, 2)
  const other = new Y.Doc()
  Y.applyUpdate(other, documentFromMarkdown(read.strategy, 2))
  const compare = (one: Y.Doc, two: Y.Doc) => () => {
    viewDiff(diffStrategies(one, two), handsOf(new Ledger([], new Map()), null), labels)
  }
  measure('compare, every tenth paragraph changed', 400, compare(before, some))
  measure('compare, every second paragraph changed', 400, compare(before, many))
  measure('compare, no common past', 400, compare(other, many))
  measure('compare with nothing', 400, compare(new Y.Doc(), before))
  measure('restore, every tenth paragraph changed', null, () => {
    const live = new Y.Doc()
    Y.applyUpdate(live, Y.encodeStateAsUpdate(some))
    live.transact(() => restoreDocument(live, before, { threads: new Set(), held: new Set() }))
  })
  return figures
}

/** A copy in which somebody wrote in every n-th text. */
function changed(doc: Y.Doc, n: number): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  let count = 0
  copy.transact(() => {
    for (const root of TEXT_ROOTS) {
      const open = childrenOf(copy.getXmlFragment(root))
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (next instanceof Y.XmlElement) open.push(...childrenOf(next))
        else if (count++ % n === 0) {
          next.insert(Math.floor(next.length / 2), ' a few new words 新的几个字 ')
          if (next.length > 40) next.delete(4, 12)
        }
      }
    }
  })
  return copy
}

async function pages(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const large = await importLarge(us)
    await manyVersions(house.app.dataDir, large.split('/').at(-1) ?? '')
    await manyRows(house.app.dataDir, us.strategy.split('/').at(-1) ?? '')
    const cookie = (await us.owner.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const figures: Figure[] = []
    const measure = async (name: string, path: string, aims: { first?: number; whole?: number }) => {
      const first: number[] = []
      const whole: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const began = performance.now()
        const answer = await fetch(house.app.url + path, { headers: { cookie } })
        if (!answer.ok) throw new Error(`${path} answers ${answer.status}`)
        const reader = must(answer.body, 'a page has a body').getReader()
        await reader.read()
        first.push(performance.now() - began)
        while (!(await reader.read()).done);
        whole.push(performance.now() - began)
      }
      const figure = (what: string, times: number[], aim: number | undefined) =>
        figures.push({
          name: `${name}: ${what}`,
          value: median(times),
          unit: 'ms',
          ...(aim !== undefined && { aim }),
        })
      figure('first byte', first, aims.first)
      figure('whole', whole, aims.whole)
    }
    await measure('beside it, the list of strategies', `${us.workspace}/strategy`, {})
    await measure(
      `list of ${VERSIONS} versions and a comparison of 100,000 characters`,
      `${large}/versions?from=3`,
      {
        first: 100,
      },
    )
    await measure(`list of ${VERSIONS} versions, by name`, `${large}/versions?from=3&q=meeting`, {
      first: 100,
    })
    await measure(`replay of ${ROWS} rows, its page`, `${us.strategy}/versions/replay`, {})
    // Another place each time: nothing is drawn already.
    let at = 0
    const steps: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      at += Math.floor(ROWS / (ROUNDS + 1))
      const began = performance.now()
      const answer = await fetch(`${house.app.url}${us.strategy}/versions/replay/at?seq=${at}`, {
        headers: { cookie },
      })
      if (!answer.ok) throw new Error(`a step answers ${answer.status}`)
      await answer.text()
      steps.push(performance.now() - began)
    }
    figures.push({ name: `replay of ${ROWS} rows, a step far away`, value: median(steps), unit: 'ms' })
    return figures
  } finally {
    await house.close()
  }
}

/** A thousand versions of a strategy, as sessions would have left them. */
async function manyVersions(dataDir: string, strategyId: string): Promise<void> {
  const store = openStore(must(await runningUrl(dataDir), 'the app has its database'))
  try {
    const [row] = await store.sql<{ document_id: string; user_id: string }[]>`
      select s.document_id, m.user_id from strategies s join members m on m.id = s.created_by where s.id = ${strategyId}`
    const { document_id: documentId, user_id: userId } = must(row, 'the strategy is there')
    const [first] = await store.read.versions.written(documentId, 0, 1)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, must(first, 'it has a beginning').bytes)
    await store.transact(async (tx) => {
      for (let number = 1; number <= VERSIONS; number++) {
        if (number % 100 === 0) doc.getXmlFragment('situation').delete(0, 1)
        const place = {
          strategyId,
          number,
          seq: 1,
          contentHash: number % 100 === 0 ? contentHash(doc) : `${number}`,
        }
        await tx.versions.add({
          ...place,
          ...packVersion(place, Y.encodeStateAsUpdate(doc)),
          strategyId: strategyId as `str_${string}`,
          id: newId('ver'),
          kind: number % 40 === 0 ? 'named' : 'session',
          name: number % 40 === 0 ? `Before meeting ${number}` : null,
          authors: [userId as `usr_${string}`],
          words: number % 70,
          restored: null,
          createdBy: null,
          at: new Date(Date.now() - (VERSIONS - number) * 3_600_000),
        })
      }
    })
  } finally {
    await store.close()
  }
}

/** A long history, straight into the journal: nobody has the document open. */
async function manyRows(dataDir: string, strategyId: string): Promise<void> {
  const store = openStore(must(await runningUrl(dataDir), 'the app has its database'))
  try {
    const [row] = await store.sql<{ document_id: string; user_id: string }[]>`
      select s.document_id, m.user_id from strategies s join members m on m.id = s.created_by where s.id = ${strategyId}`
    const { document_id: documentId, user_id: userId } = must(row, 'the strategy is there')
    const [first] = await store.read.versions.written(documentId, 0, 1)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, must(first, 'it has a beginning').bytes)
    const root = doc.getXmlFragment('situation')
    const rows: Record<string, unknown>[] = []
    let seq = 1
    doc.on('update', (bytes: Uint8Array) => {
      seq += 1
      rows.push({
        document_id: documentId,
        seq,
        bytes: Buffer.from(bytes),
        user_id: userId,
        at: new Date(Date.now() - (ROWS - seq) * 6_000).toISOString(),
      })
    })
    let text = new Y.XmlText()
    while (seq < ROWS) {
      if (seq % 400 === 1) {
        const line = new Y.XmlElement('paragraph')
        text = new Y.XmlText()
        doc.transact(() => {
          root.insert(root.length, [line])
          line.insert(0, [text])
        })
      } else text.insert(text.length, seq % 7 === 0 ? ' ' : '字')
    }
    await store.sql`delete from journal where document_id = ${documentId} and seq > 1`
    for (let from = 0; from < rows.length; from += 1_000)
      await store.sql`insert into journal ${store.sql(rows.slice(from, from + 1_000))}`
    await store.sql`update documents set seq = ${seq} where id = ${documentId}`
    await store.sql`insert into document_clients (document_id, client_id, user_id) values (${documentId}, ${doc.clientID}, ${userId})`
  } finally {
    await store.close()
  }
}
