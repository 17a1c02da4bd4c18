import type { User } from '@/lib/commands/context'
import type { Id } from '@/lib/kit/ids'

/** A session that still counts, and whose it is. */
export interface SignedIn {
  readonly sessionId: Id<'ses'>
  readonly user: User
}
