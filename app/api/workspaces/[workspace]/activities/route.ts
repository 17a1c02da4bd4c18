import { route } from '@/app/_server/route'
import { listActivities } from '@/lib/queries/activity'

/** The active activities of all boards, for whoever looks for one to connect. */
export const GET = route('board.read', async ({ context }) =>
  Response.json(await listActivities(context), { headers: { 'cache-control': 'private, no-store' } }),
)
