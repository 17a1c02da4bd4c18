import type { World } from '@/lib/domain/coherence/world'
import { readServe, type Slot } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'

/** A thing that something names by its id: enough to write its name and to lead there. */
export type Referred =
  | {
      readonly kind: 'activity'
      readonly title: string
      readonly boardId: Id<'brd'>
      readonly departmentId: Id<'dep'>
    }
  | { readonly kind: 'measure'; readonly title: string; readonly departmentId: Id<'dep'> | null }
  | { readonly kind: 'hand_off'; readonly title: string; readonly fromActivityId: Id<'act'> }
  | {
      readonly kind: 'item'
      readonly title: string
      readonly of: ItemKind
      readonly code: string | null
      readonly slot: Slot | null
    }
  | { readonly kind: 'thread'; readonly title: string }

/** The names of these things, by the very text that names them. What is gone is left out. */
export function referredIn(
  world: World,
  threads: readonly { readonly id: string; readonly anchor: { readonly quote: string } }[],
  refs: readonly string[],
): Record<string, Referred> {
  const wanted = new Set(refs)
  // A hand-off is found at the activity it comes from.
  for (const { id, fromActivityId } of world.handOffs) if (wanted.has(id)) wanted.add(fromActivityId)
  const found: Record<string, Referred> = {}
  for (const { id, title, boardId, departmentId } of world.activities)
    if (wanted.has(id)) found[id] = { kind: 'activity', title, boardId, departmentId }
  for (const { id, name, departmentId } of world.measures)
    if (wanted.has(id)) found[id] = { kind: 'measure', title: name, departmentId }
  for (const { id, title, fromActivityId } of world.handOffs)
    if (wanted.has(id)) found[id] = { kind: 'hand_off', title, fromActivityId }
  for (const { id, anchor } of threads)
    if (wanted.has(id)) found[id] = { kind: 'thread', title: anchor.quote }
  const items = new Map<string, World['items'][number]>(world.items.map((item) => [item.id, item]))
  for (const ref of wanted) {
    const read = readServe(ref)
    const item = read && items.get(read.itemId)
    if (item)
      found[ref] = { kind: 'item', title: item.title, of: item.kind, code: item.code, slot: read.slot }
  }
  return found
}
