import type { Id } from '@/lib/kit/ids'

/** The board of a department; every department has exactly one, made with it. */
export interface Board {
  readonly id: Id<'brd'>
  readonly workspaceId: Id<'ws'>
  readonly departmentId: Id<'dep'>
  readonly createdAt: Date
}

/** Far above any honest board, below what would make a page of it unusable. Trashed activities count too. */
export const MAX_ACTIVITIES = 10_000
export const MAX_COLUMNS = 20
export const MAX_LABELS = 100
