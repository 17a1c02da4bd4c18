import { z } from 'zod'
import { route } from '@/app/_server/route'
import { readPanel } from '@/app/[workspace]/boards/[board]/_activity/read-panel'
import { Refusal } from '@/lib/domain/refusal'

const path = z.object({ activity: z.string().max(40) })

/** Everything the panel of an activity shows; with `?first` also its text and the words around it. */
export const GET = route('board.read', async ({ context, request, params }) => {
  const where = path.safeParse(params)
  const first = new URL(request.url).searchParams.has('first')
  const panel = where.success ? await readPanel(context, where.data.activity, first) : null
  if (!panel) throw new Refusal('not_found')
  return Response.json(panel, { headers: { 'cache-control': 'private, no-store' } })
})
