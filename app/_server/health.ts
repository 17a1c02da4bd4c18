import 'server-only'
import { getRuntime } from '@/lib/server/runtime'

/** Longer than any healthy database takes, shorter than a supervisor waits. Milliseconds. */
const PATIENCE = 2_000

/** Whether visitors should be sent here: the server is not stopping, and its database answers in time. */
export async function isReady(): Promise<boolean> {
  const { serving, store } = getRuntime()
  if (!serving()) return false
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE)
  })
  const answers = store.sql`select 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([answers, late]).finally(() => clearTimeout(timer))
}

/** For a supervisor or a load balancer, and no word more than it needs. */
export function sayHealth(well: boolean): Response {
  return Response.json(
    { status: well ? 'ok' : 'unavailable' },
    { status: well ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
