import type { Writer } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Activity } from '@/lib/domain/activity'
import type { Actor } from '@/lib/domain/actor'
import { MAX_COLUMNS } from '@/lib/domain/board'
import type { BoardRequest } from '@/lib/domain/board-request'
import { type Change, type Json, undoOf } from '@/lib/domain/change'
import type { BoardKind } from '@/lib/domain/notification'
import { type Action, can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { closesCircle } from '@/lib/domain/relation'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { actorNow, holdBoards } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import { saveColumn } from './change-column'
import { checkRoom } from './change-filter'
import type { Context } from './context'
import { type Click, changeOf, historyState, saveActivities } from './keep-change'
import { tellInboxes } from './notify'
import { alone } from './settle-activities'

type Values = Readonly<Record<string, Json>>

/**
 * Takes back what one click did, all of it or nothing; undoing the undoing does it again. Only one's own clicks, and only
 * while nobody has changed the same fields since: `conflict` then, for their word is newer. The right to do it is asked
 * as it is now.
 */
export async function undoChange(
  context: Context,
  input: { readonly changeId: string },
): Promise<Done<readonly Activity[]>> {
  const { store, live } = context
  const click = clickOf(context, 'undone')
  const done = await store.transact(async (tx) => {
    const changes = await tx.activities.changed(input.changeId)
    const [first] = changes
    if (first?.workspaceId !== context.actor.workspaceId || first.by !== context.actor.memberId)
      throw new Refusal('not_found')
    // Circles, names and numbers are judged over the whole workspace. It is held before its boards,
    // here and everywhere.
    if (changes.some(({ kind }) => kind === 'relation' || kind === 'filter' || kind === 'label'))
      await tx.workspaces.lock(first.workspaceId)
    // Also where the cards lie now: since the click a colleague may have taken one to another department.
    const cardIds = changes.flatMap(cardOf)
    const places = await tx.activities.byIds(cardIds)
    const boards = await holdBoards(tx, [...boardsOf(changes), ...places.map(({ boardId }) => boardId)])
    const actor = await actorNow(tx, context)
    const cards = new Map((await tx.activities.byIds(cardIds)).map((card) => [card.id, card]))
    for (const { boardId } of cards.values()) if (!boards.has(boardId)) throw new Refusal('conflict')
    for (const change of changes) await mayUndo(tx, actor, boards, cards, change)
    // Columns first: a card goes back only into a column that is there.
    const order = [...changes].sort((a, b) => Number(b.kind === 'column') - Number(a.kind === 'column'))
    const saved: Activity[] = []
    // What only leaves is written together: an import is thousands of cards.
    const leaving: { before: Activity; after: Activity }[] = []
    for (const change of order) {
      if (change.kind !== 'activity') {
        await undoBeside(tx, click, change)
        continue
      }
      const before = must(cards.get(change.subjectId as Id<'act'>), 'activities are never deleted')
      const back = { ...before, ...values<Activity>(change, historyState('activity', before)) }
      if (back.status === 'active') {
        const moved = 'place' in change.diff || 'status' in change.diff
        const after = moved ? await alone(tx, back) : back
        saved.push(...(await saveActivities(tx, click, [{ before, after }])))
      } else leaving.push({ before, after: back })
    }
    saved.push(...(await saveActivities(tx, click, leaving)))
    return { changes, boards: [...boards.keys()], saved }
  })
  if (done.saved.length > 0) tellCards(live, done.saved, done.boards)
  for (const boardId of done.boards) {
    if (done.changes.some(({ kind }) => kind === 'column'))
      live.publish(boardId, {
        type: 'columns.changed',
        boardId,
        columns: await store.read.boards.columns([boardId]),
      })
    // Of files only their panel shows more than a number.
    for (const { activityId } of done.changes.filter(({ kind }) => kind === 'file'))
      live.publish(boardId, { type: 'beside.changed', boardId, what: 'files', activityId })
    if (done.changes.some(({ kind }) => !['column', 'activity', 'file'].includes(kind)))
      live.publish(boardId, { type: 'beside.changed', boardId, what: 'everything', activityId: null })
  }
  const { workspaceId } = context.actor
  // The overview counts these, and whoever asked or gave reads what became of it.
  if (done.changes.some(({ kind }) => kind === 'request' || kind === 'hand_off'))
    for (const boardId of done.boards) live.publish(workspaceId, { type: 'board.changed', boardId })
  if (done.changes.some(({ kind }) => kind === 'filter'))
    live.publish(workspaceId, { type: 'filters.changed' })
  if (done.changes.some(({ kind }) => kind === 'label'))
    live.publish(workspaceId, { type: 'workspace.changed' })
  for (const { subjectId } of done.changes.filter(({ kind }) => kind === 'measure'))
    live.publish(workspaceId, { type: 'measures.changed', measureId: subjectId })
  tellInboxes(live, workspaceId, click.told)
  return { value: done.saved, undo: click.id }
}

/** Whether the actor may do this now, on every board it touches. */
async function mayUndo(
  tx: Writer,
  actor: Actor,
  boards: ReadonlyMap<string, BoardInChain>,
  cards: ReadonlyMap<string, Activity>,
  change: Change,
): Promise<void> {
  const { kind, boardId, diff, subjectId } = change
  // A card where it lies now and where it would go back to; everything else on its board.
  const [card] = cardOf(change)
  const at = card === undefined ? boardId : (cards.get(card)?.boardId ?? boardId)
  const here = [at, ...(diff.boardId ?? [])].flatMap((id) => {
    const board = typeof id === 'string' ? boards.get(id) : undefined
    return board ? [{ kind: 'board' as const, board }] : []
  })
  const permitOn = (action: Action) => {
    for (const subject of here) permit(actor, action, subject)
  }
  switch (kind) {
    case 'activity':
      return permitOn('activity.edit')
    case 'column':
      return permitOn('column.change')
    case 'recurring':
      return permitOn('recurring.change')
    case 'label':
      return permit(actor, 'label.change')
    case 'measure': {
      const measure = must(await tx.measures.lock(subjectId), 'measures are never deleted')
      return permit(actor, 'measure.edit', { kind: 'measure', measure })
    }
    case 'file':
      return permitOn('activity.attach')
    case 'filter': {
      const filter = must(await tx.savedFilters.lock(subjectId), 'filters are never deleted')
      permit(actor, 'filter.save')
      if (filter.memberId !== actor.memberId) permit(actor, 'filter.moderate')
      return
    }
    case 'request': {
      const request = must(await tx.boards.request(subjectId), 'requests are never deleted')
      const own = request.answer.state === 'withdrawn' && request.from === actor.memberId
      return permitOn(own ? 'request.withdraw' : 'request.answer')
    }
    case 'hand_off': {
      const handOff = must(await tx.activities.handOff(subjectId), 'hand-offs are never deleted')
      const to = must(await tx.boards.find(handOff.toBoardId), 'a hand-off ends at a board')
      permitOn('board.read')
      if (can(actor, 'hand-off.answer', { kind: 'board', board: to })) return
      return permitOn('hand-off.offer')
    }
    case 'relation': {
      const relation = must(await tx.activities.relation(subjectId), 'relations are never deleted')
      const other = (await tx.activities.byIds([relation.toId]))[0]
      const to = must(other && (await tx.boards.find(other.boardId)), 'a relation ends at an activity')
      permitOn('board.read')
      if (can(actor, 'activity.edit', { kind: 'board', board: to })) return
      return permitOn('activity.edit')
    }
  }
}

/** The card a change is about, or hangs on. */
function cardOf({ kind, subjectId, activityId }: Change): string[] {
  if (kind === 'activity') return [subjectId]
  return kind === 'file' || kind === 'hand_off' || kind === 'relation' ? [activityId ?? ''] : []
}

/** The boards a click touched, with those a card came from. */
function boardsOf(changes: readonly Change[]): string[] {
  return changes.flatMap(({ boardId, diff }) => {
    const [from] = diff.boardId ?? []
    return [...(boardId === null ? [] : [boardId]), ...(typeof from === 'string' ? [from] : [])]
  })
}

async function undoBeside(tx: Writer, click: Click, change: Change): Promise<void> {
  switch (change.kind) {
    case 'activity':
      return
    case 'column': {
      const before = must(await tx.boards.column(change.subjectId), 'columns are never deleted')
      const after = { ...before, ...values<typeof before>(change, historyState('column', before)) }
      // Something was put into the new column meanwhile.
      if (after.removed && !before.removed) {
        const inside = await tx.activities.inColumn(before.id)
        if (inside.length > 0) throw new Refusal('column_in_use', { count: inside.length })
      }
      const others = (await tx.boards.columns([before.boardId])).filter(({ id }) => id !== before.id)
      if (after.removed && others.length === 0) throw new Refusal('last_column')
      if (!after.removed && others.length >= MAX_COLUMNS)
        throw new Refusal('too_many', { field: 'columns', max: MAX_COLUMNS })
      await saveColumn(tx, click, before, after)
      return
    }
    case 'request': {
      const before = must(await tx.boards.request(change.subjectId), 'requests are never deleted')
      if (undoOf(change.diff, historyState('request', before)) === null) throw new Refusal('conflict')
      const next: BoardRequest = { ...before, answer: { state: 'open' }, revision: before.revision + 1 }
      await tx.boards.saveRequest(next)
      await untell(before.id, ['request_accepted', 'request_declined'])
      await keep(changeOf(click, 'request', before, next, change))
      return
    }
    case 'hand_off': {
      const before = must(await tx.activities.handOff(change.subjectId), 'hand-offs are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('hand_off', before)),
        ...more(before),
      }
      await tx.activities.saveHandOff(next)
      await untell(before.id, [
        'hand_off_offered',
        'hand_off_accepted',
        'hand_off_declined',
        'hand_off_delivered',
      ])
      await keep(changeOf(click, 'hand_off', before, next, change))
      return
    }
    case 'relation': {
      const before = must(await tx.activities.relation(change.subjectId), 'relations are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('relation', before)),
        ...more(before),
      }
      if (next.kind === 'blocks' && before.removed && !next.removed) {
        const all = await tx.activities.relationsOf({ workspaceId: before.workspaceId })
        const blocks = all.filter(({ kind }) => kind === 'blocks')
        // Somebody may have said the opposite since.
        if (closesCircle(blocks, next.fromId, next.toId)) throw new Refusal('blocks_itself')
      }
      await tx.activities.saveRelation(next)
      await keep(changeOf(click, 'relation', before, next, change))
      return
    }
    case 'measure': {
      const before = must(await tx.measures.lock(change.subjectId), 'measures are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('measure', before)),
        ...more(before),
      }
      await tx.measures.save(next)
      await keep(changeOf(click, 'measure', before, next, change))
      return
    }
    case 'label': {
      const before = must(await tx.boards.label(change.subjectId), 'labels are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('label', before)),
        ...more(before),
      }
      const others = (await tx.boards.labels(before.workspaceId)).filter(({ id }) => id !== before.id)
      const taken = others.some(({ name }) => name.toLowerCase() === next.name.toLowerCase())
      if (!next.removed && taken) throw new Refusal('conflict')
      await tx.boards.saveLabel(next)
      await keep(changeOf(click, 'label', before, next, change))
      return
    }
    case 'recurring': {
      const before = must(await tx.boards.lockRecurring(change.subjectId), 'templates are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('recurring', before)),
        ...more(before),
      }
      await tx.boards.saveRecurring(next)
      await keep(changeOf(click, 'recurring', before, next, change))
      return
    }
    case 'file': {
      const before = await tx.files.lock(change.subjectId)
      // Taken off so long ago that its bytes are gone.
      if (!before) throw new Refusal('not_found')
      const { file } = valuesOf(change, historyState('file', before))
      const next = { ...before, removedAt: file === null ? click.at : null, ...more(before) }
      await tx.files.save(next)
      await keep(changeOf(click, 'file', before, next, change))
      return
    }
    case 'filter': {
      const { workspaceId } = change
      const before = must(await tx.savedFilters.lock(change.subjectId), 'filters are never deleted')
      const next = {
        ...before,
        ...values<typeof before>(change, historyState('filter', before)),
        ...more(before),
      }
      if (!next.removed) checkRoom(await tx.savedFilters.list(workspaceId, before.memberId), next)
      await tx.savedFilters.save(next)
      await keep(changeOf(click, 'filter', before, next, change))
      return
    }
  }

  /** What of it nobody has heard yet is not said any more. */
  async function untell(subjectId: string, kinds: readonly BoardKind[]): Promise<void> {
    const back = await tx.notifications.takeBack({ about: { subjectId }, by: click.by, kinds })
    for (const id of back) click.told.add(id)
  }

  async function keep(row: Change): Promise<void> {
    await tx.activities.addChanges([row])
  }
}

const more = (before: { readonly revision: number }) => ({ revision: before.revision + 1 })

/** What history says the fields were. It was written from rows of this very kind. */
function values<T>(change: Change, now: Values): Partial<T> {
  return valuesOf(change, now) as Partial<T>
}

function valuesOf(change: Change, now: Values): Values {
  const back = undoOf(change.diff, now)
  if (back === null) throw new Refusal('conflict')
  return back
}
