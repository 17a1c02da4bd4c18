import 'server-only'
import type { UserContext } from '@/lib/commands/context'
import { Refusal } from '@/lib/domain/refusal'
import { getRuntime } from '@/lib/server/runtime'

/** How the user may join the room, asked exactly as the socket's door asks. Refuses with `not_found`, `not_signed_in`. */
export async function askTicket(
  { user, sessionId }: UserContext,
  room: string,
): Promise<'read' | 'write' | 'channel'> {
  const found = await getRuntime().rooms.resolve(room, { userId: user.id, sessionId })
  if (found === 'not_found' || found === 'not_signed_in') throw new Refusal(found)
  return found.kind === 'channel' ? 'channel' : found.mode
}
