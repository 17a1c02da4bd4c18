import type { Id } from '@/lib/kit/ids'

/** A partner's name under one wording of the positioning, on one day. */
export interface SignOff {
  readonly strategyId: Id<'str'>
  readonly memberId: Id<'mem'>
  /** The version that was captured when they signed. */
  readonly versionId: Id<'ver'>
  /** Of the positioning's words in both languages, as they were signed. */
  readonly wording: string
  readonly at: Date
}

/** Whether a name still stands under what is written now. */
export function standsBehind(signed: Pick<SignOff, 'wording'>, wording: string | null): boolean {
  return wording !== null && signed.wording === wording
}
