import 'server-only'
import { getRuntime } from '@/lib/server/runtime'

/** What this node measures of itself; null: whoever asks may not know. */
export const readFigures = (authorization: string | null) => getRuntime().metrics.read(authorization)
