import { route } from '@/app/_server/route'
import { limit, limitKey } from '@/lib/commands/rate-limit'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import { boardNamed } from '@/lib/queries/board'
import { type ExportWords, exportBoardCsv, exportSet } from '@/lib/queries/export-boards'

/** Enough for somebody who takes everything out, not for a loop. */
const EXPORTS = { max: 60, seconds: 600 }

/** One board as CSV; or, as JSON, every board one may read: what our import reads back. */
export const GET = route('board.export', async ({ context, params }) => {
  const board = await boardNamed(context, String(params.board))
  if (!board) throw new Refusal('not_found')
  await limit(context.store, limitKey('export', context.actor.memberId), EXPORTS, context.clock.now())
  const t = words(context.language)
  const said: ExportWords = {
    column: ({ name, kind }) => name ?? (kind ? t(`boards.column_${kind}`) : ''),
    department: ({ name, kind }) =>
      name ?? (kind === null ? '' : t(`common.department_${kind}` as 'common.department_product')),
  }
  switch (params.format) {
    case 'csv': {
      const csv = await exportBoardCsv(context, board.boardId, said)
      if (csv === null) throw new Refusal('not_found')
      // With its mark, or sheets take Chinese for something else.
      return file(`\ufeff${csv}`, 'text/csv; charset=utf-8', `${said.department(board)}.csv`)
    }
    case 'json':
      return file(await exportSet(context, said), 'application/json; charset=utf-8', 'boards.json')
    default:
      throw new Refusal('not_found')
  }
})

function file(body: string, type: string, name: string): Response {
  const clean = name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ').trim()
  const plain = clean.replace(/[^\x20-\x7e]/g, '_')
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(clean)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
