import { isReady, sayHealth } from '@/app/_server/health'
import { route } from '@/app/_server/route'

/** Whether visitors should be sent here: 200, or 503 while the database is away or the server is stopping. */
export const GET = route('public', async () => sayHealth(await isReady()))
