import { z } from 'zod'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { positioningSigns } from '@/lib/queries/sign-offs'

const path = z.object({ strategy: z.string().max(40) })

/** Who stands behind the positioning. */
export const GET = route('strategy.read', async ({ context, params }) => {
  const where = path.safeParse(params)
  if (!where.success) throw new Refusal('not_found')
  const body = await positioningSigns(context, where.data.strategy)
  return Response.json(body, { headers: { 'cache-control': 'private, no-store' } })
})
