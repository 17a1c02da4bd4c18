import type { Writer } from '@/db/repositories'
import type { Activity } from '@/lib/domain/activity'
import { place } from '@/lib/domain/activity'
import {
  addColumn as added,
  type Column,
  limitColumn,
  moveColumn as moved,
  type Phase,
  phases,
  removeColumn as removed,
  renameColumn,
} from '@/lib/domain/column'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import { holdBoard, unlessStale } from './board-access'
import { clickOf, type Done, tellCards } from './change-activities'
import type { Context } from './context'
import { columnOn } from './create-activity'
import { type Click, changeOf, saveActivities } from './keep-change'
import { tellInboxes } from './notify'

export type ColumnChange =
  | { readonly do: 'add'; readonly name: string; readonly phase: Phase }
  | {
      readonly do: 'set'
      readonly columnId: string
      readonly name?: string | undefined
      readonly phase?: Phase | undefined
      readonly limit?: number | null | undefined
      readonly revision?: number | undefined
    }
  /** Right after another one; null: first. */
  | { readonly do: 'move'; readonly columnId: string; readonly after: string | null }
  /** What lies in it goes to the end of `to`, archived and trashed activities too. */
  | { readonly do: 'remove'; readonly columnId: string; readonly to: string | null }

/**
 * Adds a column, changes one, moves one or removes one. Refuses `required`, `too_long`, `too_many`, `invalid_number`,
 * `column_gone`, `column_in_use`, `last_column`.
 */
export async function changeColumn(
  context: Context,
  input: { readonly boardId: string; readonly change: ColumnChange },
): Promise<Done<readonly Column[]>> {
  const { change } = input
  const click = clickOf(
    context,
    change.do === 'add' ? 'created' : change.do === 'remove' ? 'removed' : 'edited',
  )
  const done = await context.store.transact(async (tx) => {
    const { board } = await holdBoard(tx, context, input.boardId, 'column.change')
    const columns = await tx.boards.columns([board.id])
    if (change.do === 'add') {
      if (!phases.includes(change.phase)) throw new Refusal('invalid_input', { field: 'phase' })
      const column = added(columns, {
        id: newId('col'),
        boardId: board.id,
        name: change.name,
        phase: change.phase,
      })
      await tx.boards.addColumn(column)
      // Undone by removing it: as if it had been removed before.
      const was = { name: column.name, phase: column.phase, place: column.place, limit: null, removed: true }
      await tx.activities.addChanges([
        changeOf(click, 'column', was, column, { boardId: board.id, activityId: null }),
      ])
      return { columns: await tx.boards.columns([board.id]), cards: [], changed: true }
    }
    const column = await columnOn(tx, board.id, change.columnId)
    const { next, cards } = await rule(tx, click, columns, column, change)
    const changed = await saveColumn(tx, click, column, next)
    return { columns: await tx.boards.columns([board.id]), cards, changed: changed || cards.length > 0 }
  })
  if (!done.changed) return { value: done.columns, undo: null }
  const boardId = input.boardId
  context.live.publish(boardId, { type: 'columns.changed', boardId, columns: done.columns })
  if (done.cards.length > 0) tellCards(context.live, done.cards)
  else context.live.publish(context.actor.workspaceId, { type: 'board.changed', boardId })
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: done.columns, undo: click.id }
}

async function rule(
  tx: Writer,
  click: Click,
  columns: readonly Column[],
  column: Column,
  change: Exclude<ColumnChange, { do: 'add' }>,
): Promise<{ next: Column; cards: Activity[] }> {
  switch (change.do) {
    case 'move':
      return { next: moved(columns, column, change.after), cards: [] }
    case 'set': {
      unlessStale(column, change.revision)
      let next = change.name === undefined ? column : renameColumn(column, change.name)
      if (change.limit !== undefined) next = limitColumn(next, change.limit)
      if (change.phase !== undefined) {
        if (!phases.includes(change.phase)) throw new Refusal('invalid_input', { field: 'phase' })
        next = { ...next, phase: change.phase }
      }
      return { next, cards: [] }
    }
    case 'remove': {
      const target = change.to === null ? null : await columnOn(tx, column.boardId, change.to)
      const inside = (await tx.activities.inColumn(column.id)).sort(inOrder)
      const next = removed(columns, column, inside.length, target)
      if (!target) return { next, cards: [] }
      const there = [...(await tx.activities.places(target.id))]
      const pairs = inside.map((before) => {
        const after = place(before, { columnId: target.id, after: null, before: null }, there)
        there.push(after)
        return { before, after }
      })
      return { next, cards: await saveActivities(tx, click, pairs) }
    }
  }
}

/** Writes a column that changed, with its history. */
export async function saveColumn(tx: Writer, click: Click, before: Column, after: Column): Promise<boolean> {
  const next = { ...after, revision: before.revision + 1 }
  const change = changeOf(click, 'column', before, next, { boardId: next.boardId, activityId: null })
  if (Object.keys(change.diff).length === 0) return false
  await tx.boards.saveColumn(next)
  await tx.activities.addChanges([change])
  return true
}
