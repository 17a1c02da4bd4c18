import { isReady, sayHealth } from '@/app/_server/health'
import { route } from '@/app/_server/route'

/** The same as /api/health/ready: the address to try when one does not know the others. */
export const GET = route('public', async () => sayHealth(await isReady()))
