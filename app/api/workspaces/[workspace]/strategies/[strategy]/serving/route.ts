import { z } from 'zod'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { strategyServing } from '@/lib/queries/serving'

const path = z.object({ strategy: z.string().max(40) })

/** What is done and measured for each item of a strategy, and where the effort goes. */
export const GET = route('strategy.read', async ({ context, params }) => {
  const where = path.safeParse(params)
  if (!where.success) throw new Refusal('not_found')
  const body = await strategyServing(context, where.data.strategy)
  return Response.json(body, { headers: { 'cache-control': 'private, no-store' } })
})
