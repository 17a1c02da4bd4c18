import 'server-only'
import type { GuestContext } from '@/lib/commands/context'
import { type InvitationView, invitationView } from '@/lib/queries/invitation'
import { maybeUser } from './visitor'

/** An invitation as whoever opens its link may see it: somebody at the door, or a signed-in user with their address. */
export async function viewInvitation(
  context: GuestContext,
  token: string,
): Promise<{ readonly view: InvitationView; readonly user: { id: string; email: string } | null }> {
  const user = (await maybeUser())?.user ?? null
  const view = await invitationView(context, user, token)
  return { view, user: user && { id: user.id, email: user.email } }
}
