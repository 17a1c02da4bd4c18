import { z } from 'zod'
import { ownPath } from '@/lib/kit/own-path'

// A parameter that comes twice, or makes no sense, is one that did not come: a door must open all the same.
const word = z.string().max(2_000).optional().catch(undefined)

/** What may stand in the address of a page at the door; next-auth calls the way back `callbackUrl`. */
export const doorParams = z.object({ next: word, callbackUrl: word, error: word, sent: word })

/** Where to go afterwards: a path of ours, from either parameter. */
export function wayBack(params: z.infer<typeof doorParams>, appUrl: string): string {
  return ownPath(params.next ?? params.callbackUrl ?? '/', new URL(appUrl).origin)
}

/** The way to another page at the door, keeping the way back. */
export function doorLink(page: '/sign-in' | '/sign-up', next: string): string {
  return next === '/' ? page : `${page}?next=${encodeURIComponent(next)}`
}

/** Whether whoever stands here holds an invitation. */
export function isInvited(next: string): boolean {
  return next.startsWith('/invite/')
}
