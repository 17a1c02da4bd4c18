import type { Id } from '@/lib/kit/ids'
import { cleanText } from './plain-text'
import { Refusal } from './refusal'

export const relationKinds = ['blocks', 'pulls_apart'] as const
export type RelationKind = (typeof relationKinds)[number]

/** `blocks`: the first must be done before the second. `pulls_apart`: each undoes what the other is for. */
export interface Relation {
  readonly id: Id<'rel'>
  readonly workspaceId: Id<'ws'>
  readonly kind: RelationKind
  readonly fromId: Id<'act'>
  readonly toId: Id<'act'>
  readonly why: string
  readonly resolved: boolean
  readonly removed: boolean
  readonly revision: number
}

/** The two ends as they are stored: pulling apart has no direction, so that it is not written twice. */
export function endsOf(kind: RelationKind, from: Id<'act'>, to: Id<'act'>): readonly [Id<'act'>, Id<'act'>] {
  if (from === to) throw new Refusal('invalid_input', { field: 'to' })
  return kind === 'pulls_apart' && to < from ? [to, from] : [from, to]
}

/** Whether one blocks itself in the end, through others. */
export function closesCircle(
  blocks: readonly { readonly fromId: string; readonly toId: string }[],
  from: string,
  to: string,
): boolean {
  const next = new Map<string, string[]>()
  for (const { fromId, toId } of blocks) next.set(fromId, [...(next.get(fromId) ?? []), toId])
  const seen = new Set<string>()
  const open = [to]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === from) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...(next.get(at) ?? []))
  }
  return false
}

export const MAX_WHY = 500

export const cleanWhy = (text: string) => cleanText(text, { field: 'why', max: MAX_WHY })
