import * as Y from 'yjs'
import { runningUrl } from '@/db/embedded/running-url'
import { openJournal } from '@/db/repositories/journal'
import { openStore } from '@/db/store'
import { noteOf } from '@/e2e/support/comments'
import { open } from '@/e2e/support/strategy'
import { createEngine } from '@/lib/collab'
import { defaultLimits } from '@/lib/collab/limits'
import { anchorsOf } from '@/lib/document/comments/anchors'
import { commentFormat } from '@/lib/document/comments/mark'
import { walkAll } from '@/lib/document/comments/stretches'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { newId } from '@/lib/kit/ids'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { documentRoots } from '@/lib/server/socket/documents'
import { type Figure, quantile } from './figures'
import { openHouse, smallTeam } from './house'
import { typeAndWatch } from './keystrokes'

const THREADS = 200

/** Typing while 200 threads are open beside the text, and what reading all their anchors costs the server. */
export async function threads(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const path = us.strategy
    const peer = await us.join('Tomás Rivas', 'partner')
    // The app has no bus to hear of what is written beside it: its room must have left memory (limits.ts, linger).
    await new Promise((done) => setTimeout(done, 1.5 * defaultLimits.linger))
    const passes = await seed(house.app.dataDir, must(path.split('/').at(-1), 'a strategy'))
    const { page } = us.owner
    await open(page, path)
    await noteOf(page, 'Comment 1.').waitFor()
    const shown = await page.locator('.margin-notes .note').count()
    if (shown !== THREADS) throw new Error(`${shown} of ${THREADS} threads are beside the text`)
    await open(peer.page, path)
    await noteOf(peer.page, 'Comment 1.').waitFor()
    const paint = await typeAndWatch(page, peer.page)
    // The same page with all of them ended, in the same minute: what the threads cost is the difference.
    await endAll(house.app.dataDir)
    await open(page, path)
    await open(peer.page, path)
    const bare = await typeAndWatch(page, peer.page)
    return [
      {
        name: 'own keystroke to paint without open threads, p50',
        value: quantile(bare.own, 0.5),
        unit: 'ms',
        aim: 16,
      },
      {
        name: 'own keystroke to paint without open threads, p95',
        value: quantile(bare.own, 0.95),
        unit: 'ms',
        aim: 33,
      },
      {
        name: `own keystroke to paint beside ${THREADS} threads, p50`,
        value: quantile(paint.own, 0.5),
        unit: 'ms',
        aim: 16,
      },
      {
        name: `own keystroke to paint beside ${THREADS} threads, p95`,
        value: quantile(paint.own, 0.95),
        unit: 'ms',
        aim: 33,
      },
      {
        name: `keystroke to the other's page beside ${THREADS} threads, p95`,
        value: quantile(paint.peer, 0.95),
        unit: 'ms',
        aim: 25,
      },
      {
        name: `anchors of ${THREADS} threads in the worked example, p95`,
        value: quantile(passes, 0.95),
        unit: 'ms',
        aim: 25,
      },
    ]
  } finally {
    await house.close()
  }
}

async function endAll(dataDir: string): Promise<void> {
  const store = openStore(must(await runningUrl(dataDir), 'the app runs'))
  try {
    await store.sql`update threads set state = 'resolved', resolved_by = created_by, resolved_at = now()`
  } finally {
    await store.close()
  }
}

/** Rows and marks as the commands write them, without their pace: nobody types 200 comments in a minute. */
async function seed(dataDir: string, strategyId: string): Promise<number[]> {
  const store = openStore(must(await runningUrl(dataDir), 'the app runs'))
  const engine = createEngine({
    store: openJournal(store.sql),
    authorizer: makeAuthorizer(store.sql),
    roots: documentRoots,
    log: { info() {}, warn() {}, error() {} },
  })
  try {
    const [row] = await store.sql<{ document_id: string; workspace_id: string; created_by: string }[]>`
      select document_id, workspace_id, created_by from strategies where id = ${strategyId}`
    const { document_id, workspace_id, created_by } = must(row, 'the strategy exists')
    const ids = Array.from({ length: THREADS }, () => newId('thr'))
    const { value: anchors } = await engine.edit(document_id, { userId: null, sessionId: null }, (doc) => {
      const long: Y.XmlText[] = []
      walkAll(doc, { text: ({ text }) => void (text.length > 30 && long.push(text)) })
      ids.forEach((id, i) => {
        const text = long[Math.floor((i * long.length) / THREADS)]
        text?.format((i * 7) % 10, 18, commentFormat(id))
      })
      return anchorsOf(doc)
    })
    const at = new Date()
    await store.transact(async (tx) => {
      for (const [i, id] of ids.entries()) {
        const { place, positioning, ...anchor } = must(anchors.threads.get(id), 'it was placed')
        const createdBy = created_by as Id<'mem'>
        await tx.threads.add({
          id,
          workspaceId: workspace_id as Id<'ws'>,
          strategyId: strategyId as Id<'str'>,
          anchor: { kind: 'words', ...anchor },
          positioning,
          onDeletedText: false,
          standing: { state: 'open' },
          revision: 1,
          createdBy,
          createdAt: at,
        })
        await tx.threads.moved(id, place)
        for (const text of [
          `Comment ${i + 1}. Is that still so, and who says it?`,
          'It is; see the interviews of May.',
        ])
          await tx.threads.addComment({
            id: newId('com'),
            threadId: id,
            memberId: createdBy,
            text,
            createdAt: at,
            editedAt: null,
            deletedAt: null,
          })
      }
    })
    const { update } = await engine.read(document_id)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    return Array.from({ length: 20 }, () => {
      const began = performance.now()
      anchorsOf(doc)
      return performance.now() - began
    })
  } finally {
    engine.stop()
    await store.close()
  }
}
