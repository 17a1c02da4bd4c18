import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import {
  cleanWhy,
  closesCircle,
  endsOf,
  type Relation,
  type RelationKind,
  relationKinds,
} from '@/lib/domain/relation'
import { newId } from '@/lib/kit/ids'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { changeOf } from './keep-change'
import { lockWorkspace } from './lock-workspace'

export type RelationChange =
  | {
      readonly do: 'add'
      readonly kind: RelationKind
      readonly fromId: string
      readonly toId: string
      readonly why: string
    }
  | {
      readonly do: 'set'
      readonly relationId: string
      readonly why?: string | undefined
      readonly resolved?: boolean | undefined
    }
  | { readonly do: 'remove'; readonly relationId: string }

/**
 * Says that one activity blocks another or that two pull apart, says more about it, or takes it back. By whoever may
 * edit one of the two. Refuses `blocks_itself` for a circle. The workspace is held: two halves of a circle drawn at once
 * would each see none.
 */
export async function relateActivities(
  context: Context,
  input: { readonly change: RelationChange },
): Promise<Done<Relation>> {
  const { change } = input
  const click = clickOf(context, change.do === 'add' ? 'created' : change.do === 'set' ? 'edited' : 'removed')
  const done = await context.store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    const known = change.do === 'add' ? null : await tx.activities.relation(change.relationId)
    if (change.do !== 'add' && (known?.workspaceId !== actor.workspaceId || known.removed))
      throw new Refusal('not_found')
    const ids = change.do === 'add' ? [change.fromId, change.toId] : [known?.fromId ?? '', known?.toId ?? '']
    const ends = await tx.activities.byIds(ids)
    const from = ends.find(({ id }) => id === ids[0])
    const to = ends.find(({ id }) => id === ids[1])
    if (from?.workspaceId !== actor.workspaceId || to?.workspaceId !== actor.workspaceId)
      throw new Refusal('not_found')
    const boards = (await tx.boards.list(actor.workspaceId)).filter(
      ({ id }) => id === from.boardId || id === to.boardId,
    )
    for (const board of boards) permit(actor, 'board.read', { kind: 'board', board })
    if (!boards.some((board) => can(actor, 'activity.edit', { kind: 'board', board })))
      throw new Refusal('not_allowed')
    const { before, next, fresh } = await rule()
    const told = { boardId: from.boardId, activityId: from.id }
    const was = fresh
      ? {
          kind: next.kind,
          fromId: next.fromId,
          toId: next.toId,
          why: next.why,
          resolved: false,
          removed: true,
        }
      : before
    const history = changeOf(click, 'relation', was, next, told)
    if (Object.keys(history.diff).length === 0) return { relation: before ?? next, boards, changed: false }
    await (fresh ? tx.activities.addRelations([next]) : tx.activities.saveRelation(next))
    await tx.activities.addChanges([history])
    return { relation: next, boards, changed: true }

    async function rule(): Promise<{ before: Relation | null; next: Relation; fresh: boolean }> {
      if (known !== null && change.do !== 'add') {
        const next = { ...known, revision: known.revision + 1 }
        if (change.do === 'remove') return { before: known, next: { ...next, removed: true }, fresh: false }
        return {
          before: known,
          next: {
            ...next,
            why: change.why === undefined ? known.why : cleanWhy(change.why),
            resolved: change.resolved ?? known.resolved,
          },
          fresh: false,
        }
      }
      if (change.do !== 'add' || !from || !to || !relationKinds.includes(change.kind))
        throw new Refusal('invalid_input', { field: 'kind' })
      const why = cleanWhy(change.why)
      const [fromId, toId] = endsOf(change.kind, from.id, to.id)
      if (change.kind === 'blocks') {
        const all = await tx.activities.relationsOf({ workspaceId: actor.workspaceId })
        const blocks = all.filter(({ kind }) => kind === 'blocks')
        if (closesCircle(blocks, fromId, toId)) throw new Refusal('blocks_itself')
      }
      const before = await tx.activities.relationBetween(change.kind, fromId, toId)
      if (before) {
        const next = { ...before, why, resolved: false, removed: false, revision: before.revision + 1 }
        return { before, next, fresh: false }
      }
      const next: Relation = {
        id: newId('rel'),
        workspaceId: actor.workspaceId,
        kind: change.kind,
        fromId,
        toId,
        why,
        resolved: false,
        removed: false,
        revision: 1,
      }
      return { before: null, next, fresh: true }
    }
  })
  if (!done.changed) return { value: done.relation, undo: null }
  for (const { id } of done.boards)
    context.live.publish(id, {
      type: 'beside.changed',
      boardId: id,
      what: 'relations',
      activityId: done.relation.fromId,
    })
  return { value: done.relation, undo: click.id }
}
