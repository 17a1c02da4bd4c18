import type { HandOff } from '@/lib/domain/hand-off'
import type { Relation } from '@/lib/domain/relation'

/** A line from one activity to another. */
export interface Line {
  readonly key: string
  readonly kind: 'blocks' | 'pulls_apart' | 'hand_off'
  readonly fromId: string
  readonly toId: string
}

/** What is drawn between bars: relations that stand, and hand-offs that are not over. */
export function linesOf(
  relations: readonly Pick<Relation, 'id' | 'kind' | 'fromId' | 'toId' | 'resolved' | 'removed'>[],
  handOffs: readonly Pick<HandOff, 'id' | 'fromActivityId' | 'toActivityId' | 'state'>[],
): readonly Line[] {
  const related = relations
    .filter(({ resolved, removed }) => !resolved && !removed)
    .map(({ id, kind, fromId, toId }): Line => ({ key: id, kind, fromId, toId }))
  const handed = handOffs.flatMap(({ id, fromActivityId, toActivityId, state }): Line[] =>
    toActivityId === null || state === 'declined' || state === 'withdrawn'
      ? []
      : [{ key: id, kind: 'hand_off', fromId: fromActivityId, toId: toActivityId }],
  )
  return [...related, ...handed]
}
