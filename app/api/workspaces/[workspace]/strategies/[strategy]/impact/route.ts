import { z } from 'zod'
import { sentWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { impactPreview } from '@/lib/queries/coherence'

const path = z.object({ strategy: z.string().max(40) })

/** What hangs on an item or a slot, and the words to say it with. Null: nothing does, or not theirs to see. */
export const GET = route('strategy.read', async ({ context, params, request }) => {
  const where = path.safeParse(params)
  if (!where.success) throw new Refusal('not_found')
  const serve = new URL(request.url).searchParams.get('serve')?.slice(0, 80) ?? ''
  const view = await impactPreview(context, { strategyId: where.data.strategy, serve }, await readZone())
  const words = view ? await sentWords(['coherence.impact_*']) : {}
  return Response.json({ view, words }, { headers: { 'cache-control': 'private, no-store' } })
})
