import type { Id } from '@/lib/kit/ids'
import { orderKeyBetween } from '@/lib/kit/order-key'
import { Refusal } from './refusal'
import { cleanName } from './workspace'

/** The chain every B2B company runs on, in its order. */
export const departmentKinds = ['product', 'marketing', 'sales', 'success', 'organization'] as const

export type DepartmentKind = (typeof departmentKinds)[number]

/** The longest name: it stands beside a mark at the head of a board. */
export const MAX_DEPARTMENT_NAME = 40

/** Far more than any chain has links. */
export const MAX_DEPARTMENTS = 40

export interface Department {
  readonly id: Id<'dep'>
  readonly workspaceId: Id<'ws'>
  /** One of the five, or null for one the workspace added. */
  readonly kind: DepartmentKind | null
  /** The workspace's own name; null: the usual name of the kind, in the reader's language. */
  readonly name: string | null
  /** Key of its place in the chain, compared byte by byte. */
  readonly place: string
  readonly archivedAt: Date | null
}

/** The chain a workspace starts with: kinds with their places. */
export function usualChain(): { kind: DepartmentKind; place: string }[] {
  let place: string | null = null
  return departmentKinds.map((kind) => {
    place = orderKeyBetween(place, null)
    return { kind, place }
  })
}

/** The department under a new name. Empty gives one of the five its usual name back; others must have one. */
export function rename(department: Department, text: string): Department {
  if (text.trim() === '' && department.kind !== null) return { ...department, name: null }
  return { ...department, name: cleanName(text, MAX_DEPARTMENT_NAME) }
}

/**
 * The key of a place right after `after` (null: at the beginning) among the others. `chain` is in its order.
 * A department that is not in the chain any more is `not_found`.
 */
export function placeAfter(chain: readonly Department[], moved: Id<'dep'>, after: string | null): string {
  const others = chain.filter((department) => department.id !== moved)
  const index = after === null ? -1 : others.findIndex((department) => department.id === after)
  if (after !== null && index < 0) throw new Refusal('not_found')
  return orderKeyBetween(others[index]?.place ?? null, others[index + 1]?.place ?? null)
}

/** The department out of the chain. One always stays: activities must belong somewhere. */
export function archive(department: Department, chain: readonly Department[], at: Date): Department {
  if (chain.length <= 1) throw new Refusal('department_in_use')
  return { ...department, archivedAt: at }
}
