import { z } from 'zod'
import { readBody } from '@/app/_server/body'
import { route } from '@/app/_server/route'
import { importBoards } from '@/lib/commands/import-boards'
import { MAX_IMPORT_BYTES } from '@/lib/domain/board-import/plan'
import { Refusal } from '@/lib/domain/refusal'

const asked = z.object({ board: z.string().max(40), format: z.enum(['csv', 'trello', 'set']) })

/** Activities from a file's text. With `?dry` nothing is written: the answer is what would be, and what not. */
export const POST = route('board.import', async ({ context, request, params }) => {
  const query = new URL(request.url).searchParams
  const where = asked.safeParse({ ...params, format: query.get('format') })
  if (!where.success) throw new Refusal('not_found')
  const bytes = await readBody(request, MAX_IMPORT_BYTES, '5 MB')
  const { board, format } = where.data
  const { plan, undo } = await importBoards(context, {
    format,
    text: decode(bytes),
    boardId: board,
    dry: query.has('dry'),
  })
  const boards = [...new Set(plan.activities.map(({ boardId }) => boardId))]
  const columns = await context.store.read.boards.columns(boards)
  return Response.json(
    {
      undo,
      activities: plan.activities.map(({ title, boardId, columnId }) => ({ title, boardId, columnId })),
      handOffs: plan.handOffs.length,
      relations: plan.relations.length,
      measures: plan.measures.map(({ name }) => name),
      readings: plan.measures.reduce((sum, { readings }) => sum + readings.length, 0),
      labels: plan.labels,
      columns: Object.fromEntries(columns.map(({ id, kind, name }) => [id, { kind, name }])),
      problems: plan.problems,
    },
    { headers: { 'cache-control': 'private, no-store' } },
  )
})

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('import_unreadable')
  }
}
