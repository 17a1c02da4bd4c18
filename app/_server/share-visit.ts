import 'server-only'
import { cookies } from 'next/headers'
import type { Visit } from '@/lib/commands/open-share'

// Each link has a cookie of its own, so that reading a second one does not close the first.
const nameOf = (shareId: string) => `share-${shareId.slice(-16)}`

/** Lets this browser in. Scripts cannot read the cookie, and it goes to no page but the shared one's. */
export async function keepVisit({ shareId, token, until }: Visit, appUrl: string): Promise<void> {
  ;(await cookies()).set(nameOf(shareId), token, {
    path: `/share/view/${shareId}`,
    expires: until,
    httpOnly: true,
    sameSite: 'lax',
    secure: appUrl.startsWith('https:'),
  })
}

/** What this browser was given when it was let in; null when it was not. */
export async function readVisit(shareId: string): Promise<string | null> {
  return (await cookies()).get(nameOf(shareId))?.value ?? null
}
