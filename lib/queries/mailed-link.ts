import type { GuestContext } from '@/lib/commands/context'

/** What the page of a mailed link may show. Looking changes nothing: mail scanners open every link they see. */
export type MailedLink =
  | { readonly state: 'open'; readonly email: string; readonly name: string | null }
  | { readonly state: 'used' }
  | { readonly state: 'expired' }

export async function readMailedLink(
  { store, clock }: GuestContext,
  kind: 'reset' | 'signUp' | 'emailChange',
  token: string,
): Promise<MailedLink> {
  const link = await store.read.mailedLinks[kind](token)
  // One that never was looks like one that expired.
  if (!link || link.expiresAt.getTime() <= clock.now()) return { state: 'expired' }
  return link.usedAt
    ? { state: 'used' }
    : { state: 'open', email: link.email, name: 'name' in link ? link.name : null }
}
