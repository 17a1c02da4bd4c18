import type { Id } from '@/lib/kit/ids'
import type { Role } from './role'

/** A user acting in one workspace: who, as what, and under which revision of their rights. */
export interface Actor {
  readonly userId: Id<'usr'>
  readonly memberId: Id<'mem'>
  readonly workspaceId: Id<'ws'>
  readonly sessionId: Id<'ses'>
  readonly role: Role
  /** `members.revision` when the rights were read. */
  readonly revision: number
  /** Departments the member leads. */
  readonly leads: readonly Id<'dep'>[]
  /** Departments the member works in, those they lead among them. */
  readonly departments: readonly Id<'dep'>[]
}
