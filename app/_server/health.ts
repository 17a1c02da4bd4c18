import 'server-only'
import { getRuntime } from '@/lib/server/runtime'

/** Whether the database answers. */
export async function isAlive(): Promise<boolean> {
  try {
    await getRuntime().store.sql`select 1`
    return true
  } catch {
    return false
  }
}
