import type { Id } from '@/lib/kit/ids'
import type { Language } from './language'
import type { Role } from './role'
import type { StrategyStatus } from './strategy-access'

/** Days a link may live, as the dialog offers them. A year is the most anybody may mean. */
export const shareDays = [1, 7, 30, 90, 365] as const
export type ShareDays = (typeof shareDays)[number]

/** So many open links one strategy may have. */
export const MAX_SHARES = 50
export const MAX_SHARE_NOTE = 120
/** A browser that was let in reads on for so long, then shows the link again. */
export const VISIT_SECONDS = 12 * 3600

/** A link by which somebody without an account reads one strategy. */
export interface Share {
  readonly id: Id<'shr'>
  readonly workspaceId: Id<'ws'>
  readonly strategyId: Id<'str'>
  /** The version it shows; null: the strategy as it is. */
  readonly versionId: Id<'ver'> | null
  readonly note: string
  readonly comments: boolean
  readonly language: Language
  readonly createdBy: Id<'mem'>
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly opened: number
  readonly openedAt: Date | null
  readonly hasPassword: boolean
}

/** Everything that decides whether a link still opens something. */
export interface ShareStanding {
  readonly share: Pick<Share, 'expiresAt' | 'revokedAt'>
  readonly maker: { readonly role: Role; readonly removedAt: Date | null }
  readonly strategy: { readonly status: StrategyStatus }
  readonly workspaceDeletedAt: Date | null
}

/**
 * Whether the link opens something now. What somebody gave out goes with them: when its maker has left, or may not
 * share any more, it is over. A strategy in the trash is nobody's to read.
 */
export function opens({ share, maker, strategy, workspaceDeletedAt }: ShareStanding, now: number): boolean {
  return (
    share.revokedAt === null &&
    share.expiresAt.getTime() > now &&
    maker.removedAt === null &&
    (maker.role === 'owner' || maker.role === 'partner') &&
    strategy.status !== 'trashed' &&
    workspaceDeletedAt === null
  )
}
