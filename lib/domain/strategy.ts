import type { Id } from '@/lib/kit/ids'
import type { Language } from './language'
import { Refusal } from './refusal'
import type { Access, StrategyStatus } from './strategy-access'

/** The longest title, in characters: two lines of the page's headline. */
export const MAX_TITLE = 160

export interface Strategy {
  readonly id: Id<'str'>
  readonly workspaceId: Id<'ws'>
  readonly documentId: Id<'doc'>
  readonly title: string
  readonly language: Language
  readonly status: StrategyStatus
  readonly revision: number
  readonly createdBy: Id<'mem'>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A strategy as one member meets it: with what was given to that member in particular. */
export interface StrategyForMember extends Strategy {
  readonly given: Access | null
}

/** The chapters, in the order the method asks them. */
export const chapters = ['situation', 'difficulties', 'policy', 'activities'] as const
export type Chapter = (typeof chapters)[number]

/** A new title, or the refusal for one that is empty or too long. */
export function retitle<S extends Strategy>(strategy: S, title: string): S {
  const clean = cleanTitle(title)
  return { ...strategy, title: clean }
}

/** One line, without control characters, 1 to MAX_TITLE characters. */
export function cleanTitle(title: string): string {
  const clean = title
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean.length === 0) throw new Refusal('invalid_input', { field: 'title' })
  if ([...clean].length > MAX_TITLE) throw new Refusal('too_long', { field: 'title', max: MAX_TITLE })
  return clean
}

/**
 * active <-> archived <-> trashed, and trashed back to active by restoring. The workspace's current strategy stays
 * where it is: everybody works from it, so another must be made current first.
 */
export function moveTo<S extends Strategy>(strategy: S, status: StrategyStatus, isCurrent: boolean): S {
  if (isCurrent && status !== 'active') throw new Refusal('strategy_is_current')
  return { ...strategy, status }
}
