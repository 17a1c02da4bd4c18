import { route } from '@/app/_server/route'
import { unreadCount } from '@/lib/queries/inbox'

/** How much waits in one's inbox: asked when the bell has rung. */
export const GET = route('inbox.read', async ({ context }) =>
  Response.json(
    { unread: await unreadCount(context) },
    { headers: { 'cache-control': 'private, no-store' } },
  ),
)
