import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '@/db/embedded'
import { changeMeasure } from '@/lib/commands/change-measure'
import { closeReview } from '@/lib/commands/close-review'
import { openCycle } from '@/lib/commands/open-cycle'
import { prepareReview } from '@/lib/commands/prepare-review'
import { startReview } from '@/lib/commands/run-review'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { orderKeys } from '@/lib/kit/order-key'
import { coherencePage } from '@/lib/queries/coherence'
import { reviewPage } from '@/lib/queries/reviews'
import { house } from '@/lib/testing/builders'
import { RUN_VARIABLE } from '@/lib/testing/database'
import { type Figure, median } from './figures'

const ACTIVITIES = 2_000
const FINDINGS = 100
const MEASURES = 200

/** Reading a review of 100 findings and 200 measures over 2,000 activities, and closing it: on the server, without HTTP. */
export async function reviews(): Promise<Figure[]> {
  // A database of its own that writes through to the disk, as the app's does.
  const run = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'))
  const server = await startEmbedded({ dataDir: run })
  process.env[RUN_VARIABLE] = run
  process.env.TEST_DATABASE_URL = server.url
  const home = await house()
  try {
    const owner = await home.workspace()
    const { workspaceId, memberId } = owner.actor
    const at = new Date(home.now())
    const boards = await home.store.read.boards.list(workspaceId)
    const columns = await home.store.read.boards.columns(boards.map(({ id }) => id))
    const places = orderKeys(ACTIVITIES)
    await home.store.transact(async (tx) => {
      await tx.activities.add(
        places.map((place, i) => {
          const board = must(boards[i % boards.length], 'five boards')
          const mine = columns.filter(({ boardId }) => boardId === board.id)
          return {
            id: newId('act'),
            workspaceId,
            boardId: board.id,
            columnId: must(mine[i % mine.length], 'five columns').id,
            place,
            title: `Activity ${i}`,
            documentId: newId('doc'),
            ownerId: memberId,
            helpers: [],
            watchers: [],
            cycle: '2026-Q3',
            start: null,
            due: '2026-09-30',
            priority: null,
            effort: 1 + (i % 20),
            labels: [],
            serves: [],
            measures: [],
            checklist: [],
            halt: null,
            status: 'active' as const,
            revision: 1,
            createdBy: memberId,
            createdAt: at,
            updatedAt: at,
          }
        }),
      )
    })
    for (let i = 0; i < MEASURES; i++)
      await changeMeasure(owner, {
        change: { do: 'add', fields: { name: `Measure ${i}`, targets: [{ cycle: '2026-Q3', value: i }] } },
      })
    await openCycle(owner, { cycle: '2026-Q3' })
    const review = await prepareReview(owner, { cycle: '2026-Q3', departmentId: null })
    await startReview(owner, { reviewId: review.id })
    await home.store.transact(async (tx) => {
      for (let i = 0; i < FINDINGS; i++)
        await tx.reviews.addFinding({
          id: newId('fnd'),
          reviewId: review.id,
          by: memberId,
          step: 'check',
          text: `Finding ${i}`,
          alone: true,
          about: [],
          causes: [{ text: 'Because', whys: ['of this', 'and that'] }],
          evidence: [],
          verdict: 'keep',
          lesson: '',
          agree: [],
          removed: false,
          at,
          revision: 1,
        })
    })
    const page = await times(5, () => reviewPage(owner, review.id, 'UTC'))
    const matrix = await times(5, () => coherencePage(owner, null, 'UTC'))
    const closing = await times(1, () => closeReview(owner, { reviewId: review.id, rest: 'continue' }))
    return [
      { name: 'review page of 100 findings and 200 measures', value: page, unit: 'ms', aim: 150 },
      { name: 'coherence page over 2,000 activities', value: matrix, unit: 'ms', aim: 150 },
      { name: 'closing, 1,600 activities carried over', value: closing, unit: 'ms', aim: 500 },
    ]
  } finally {
    await home.close()
    await server.stop()
    await rm(run, { recursive: true, force: true })
  }
}

async function times(runs: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < runs; run++) {
    const before = performance.now()
    await work()
    taken.push(performance.now() - before)
  }
  return median(taken)
}
