import { z } from 'zod'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { oneThread, strategyThreads } from '@/lib/queries/threads'

const path = z.object({ strategy: z.string().max(40) })
const asked = z.object({ thread: z.string().max(40).nullable() })

/** All threads of a strategy, or the one that changed: `{ thread: null }` when it is gone. */
export const GET = route('strategy.read', async ({ context, request, params }) => {
  const where = path.safeParse(params)
  const query = asked.safeParse({ thread: new URL(request.url).searchParams.get('thread') })
  if (!where.success || !query.success) throw new Refusal('not_found')
  const { strategy } = where.data
  const { thread } = query.data
  const body =
    thread === null
      ? await strategyThreads(context, strategy)
      : { thread: await oneThread(context, strategy, thread) }
  return Response.json(body, { headers: { 'cache-control': 'private, no-store' } })
})
