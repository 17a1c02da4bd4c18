import { z } from 'zod'
import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { boardAgain } from '@/lib/queries/board'

const path = z.object({ board: z.string().max(40) })
const stamp = z.string().max(60).nullable().catch(null)

/** The board as its page was drawn from it, for whoever has to read it again; `?known`: the stamp of cards they have. */
export const GET = route('board.read', async ({ context, params, request }) => {
  const where = path.safeParse(params)
  const known = stamp.parse(new URL(request.url).searchParams.get('known'))
  const page = where.success ? await boardAgain(context, where.data.board, await readZone(), known) : null
  if (!page) throw new Refusal('not_found')
  return Response.json(page, { headers: { 'cache-control': 'private, no-store' } })
})
