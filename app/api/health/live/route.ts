import { sayHealth } from '@/app/_server/health'
import { route } from '@/app/_server/route'

/** Whether the process answers at all; who does not is started anew. A database that is away is no reason for that. */
export const GET = route('public', async () => sayHealth(true))
