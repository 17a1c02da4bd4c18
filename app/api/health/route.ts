import { isAlive } from '@/app/_server/health'
import { route } from '@/app/_server/route'

/** For a supervisor or a load balancer: 200 when the database answers, else 503. Says nothing else to anybody. */
export const GET = route('public', async () => {
  const alive = await isAlive()
  return Response.json(
    { status: alive ? 'ok' : 'unavailable' },
    { status: alive ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
})
