import { z } from 'zod'
import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { boardPage } from '@/lib/queries/board'

const path = z.object({ board: z.string().max(40) })

/** The whole board as its page was drawn from it, for whoever has to read it again. */
export const GET = route('board.read', async ({ context, params }) => {
  const where = path.safeParse(params)
  const page = where.success ? await boardPage(context, where.data.board, await readZone()) : null
  if (!page) throw new Refusal('not_found')
  return Response.json(page, { headers: { 'cache-control': 'private, no-store' } })
})
