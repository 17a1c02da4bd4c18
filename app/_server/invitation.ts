import 'server-only'
import type { GuestContext } from '@/lib/commands/context'
import { type InvitationView, invitationView } from '@/lib/queries/invitation'
import { maybeUser } from './visitor'

/** An invitation as whoever opens its link may see it: somebody at the door, or a signed-in user with their address. */
export async function viewInvitation(
  context: GuestContext,
  token: string,
): Promise<{ readonly view: InvitationView; readonly signedInAs: string | null }> {
  const visitor = await maybeUser()
  const user = visitor?.user ?? null
  return { view: await invitationView(context, user, token), signedInAs: user?.email ?? null }
}
