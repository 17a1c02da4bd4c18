import { servedName } from './say-group'
import type { Line } from './timeline-lines'
import type { Laneing } from './timeline-rows'
import type { ViewFacts } from './use-view-facts'

/** What a lane is called. */
export function laneName(by: Laneing, key: string, facts: ViewFacts): string {
  const { t } = facts
  switch (by) {
    case 'column':
      return facts.columns.get(key)?.said ?? ''
    case 'owner':
      return key === 'none' ? t('views.owner_none') : (facts.persons.get(key)?.name ?? t('views.gone'))
    case 'segment':
      return key === 'none' ? t('views.segment_none') : servedName(key, facts)
  }
}

/** What stands between an activity and others, in words. */
export function tellsOf(
  id: string,
  lines: readonly Line[],
  titleOf: (id: string) => string | undefined,
  t: ViewFacts['t'],
): string {
  return lines
    .flatMap(({ kind, fromId, toId }) => {
      if (fromId !== id && toId !== id) return []
      const title = titleOf(fromId === id ? toId : fromId)
      if (title === undefined) return []
      if (kind === 'pulls_apart') return [t('views.tells_apart', { title })]
      if (kind === 'blocks')
        return [t(fromId === id ? 'views.tells_blocks' : 'views.tells_blocked', { title })]
      return [t(fromId === id ? 'views.tells_gives' : 'views.tells_gets', { title })]
    })
    .join(', ')
}

/** The departments it gives something to. */
export function outsideOf(
  id: string,
  handOffs: readonly { fromActivityId: string; toBoardId: string; state: string }[],
  nameOf: (boardId: string) => string | null,
): readonly string[] {
  const open = handOffs.filter(
    ({ fromActivityId, state }) => fromActivityId === id && (state === 'offered' || state === 'accepted'),
  )
  return [...new Set(open.flatMap(({ toBoardId }) => nameOf(toBoardId) ?? []))]
}
