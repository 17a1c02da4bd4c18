import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import {
  cleanFilterName,
  cleanFilterQuery,
  MAX_FILTERS,
  MAX_SHARED_FILTERS,
  type SavedFilter,
} from '@/lib/domain/saved-filter'
import { newId } from '@/lib/kit/ids'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { changeOf } from './keep-change'
import { lockWorkspace } from './lock-workspace'

export type FilterChange =
  | { readonly do: 'save'; readonly name: string; readonly query: string; readonly shared: boolean }
  | {
      readonly do: 'set'
      readonly filterId: string
      readonly name?: string | undefined
      readonly query?: string | undefined
      /** Only whose it is shares it, or takes it back to themselves. */
      readonly shared?: boolean | undefined
    }
  | { readonly do: 'remove'; readonly filterId: string }

/**
 * Saves a filter of one's own, gives one another name or query, shares it, removes it. Partners and owners change and
 * remove what others share. Somebody else's that is not shared is `not_found`. Refuses `required`, `too_long`,
 * `invalid_input`, `too_many`.
 */
export async function changeFilter(
  context: Context,
  input: { readonly change: FilterChange },
): Promise<Done<readonly SavedFilter[]>> {
  const { change } = input
  const verb = change.do === 'save' ? 'created' : change.do === 'set' ? 'edited' : 'removed'
  const click = clickOf(context, verb)
  const done = await context.store.transact(async (tx) => {
    // The workspace is held, so that two tabs of one member do not both save a fiftieth filter.
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'filter.save')
    const list = () => tx.savedFilters.list(actor.workspaceId, actor.memberId)
    const known = await list()
    const before = change.do === 'save' ? null : await tx.savedFilters.lock(change.filterId)
    const next = after(before)
    if (next.shared && !before?.shared) permit(actor, 'filter.share')
    if (!next.removed) checkRoom(known, next)
    const was = before ?? { name: next.name, query: next.query, shared: next.shared, removed: true }
    const history = changeOf(click, 'filter', was, next, { boardId: null, activityId: null })
    if (Object.keys(history.diff).length === 0) return { filters: known, told: false, changed: false }
    await (before ? tx.savedFilters.save(next) : tx.savedFilters.add(next))
    await tx.activities.addChanges([history])
    return { filters: await list(), told: next.shared || before?.shared === true, changed: true }

    function after(before: SavedFilter | null): SavedFilter {
      if (change.do === 'save')
        return {
          id: newId('sfl'),
          workspaceId: actor.workspaceId,
          memberId: actor.memberId,
          name: cleanFilterName(change.name),
          query: cleanFilterQuery(change.query),
          shared: change.shared,
          removed: false,
          revision: 1,
        }
      const own = before?.memberId === actor.memberId
      if (before?.workspaceId !== actor.workspaceId || before.removed || !(own || before.shared))
        throw new Refusal('not_found')
      if (!own && !can(actor, 'filter.moderate')) throw new Refusal('not_allowed')
      const next = { ...before, revision: before.revision + 1 }
      if (change.do === 'remove') return { ...next, removed: true }
      // Somebody else's would vanish from its place and turn up nowhere.
      if (!own && change.shared === false) throw new Refusal('not_allowed')
      return {
        ...next,
        name: change.name === undefined ? before.name : cleanFilterName(change.name),
        query: change.query === undefined ? before.query : cleanFilterQuery(change.query),
        shared: change.shared ?? before.shared,
      }
    }
  })
  if (!done.changed) return { value: done.filters, undo: null }
  if (done.told) context.live.publish(context.actor.workspaceId, { type: 'filters.changed' })
  return { value: done.filters, undo: click.id }
}

/** Refuses one more than a member, or the workspace, may keep. Asked again when a removed one comes back. */
export function checkRoom(known: readonly SavedFilter[], next: SavedFilter): void {
  const others = known.filter(({ id }) => id !== next.id)
  if (others.filter(({ memberId }) => memberId === next.memberId).length >= MAX_FILTERS)
    throw new Refusal('too_many', { field: 'filters', max: MAX_FILTERS })
  if (next.shared && others.filter(({ shared }) => shared).length >= MAX_SHARED_FILTERS)
    throw new Refusal('too_many', { field: 'filters', max: MAX_SHARED_FILTERS })
}
