import { type Activity, place } from '@/lib/domain/activity'
import { addDays } from '@/lib/domain/day-text'
import { dueOccurrence } from '@/lib/domain/recurring'
import { cleanServes } from '@/lib/domain/serves'
import { type Id, newId } from '@/lib/kit/ids'
import { tellCards } from './change-activities'
import type { Services } from './context'
import { addActivities, type Click } from './keep-change'
import { tellInboxes } from './notify'

/**
 * Writes the activities that are due by `today` (`2026-08-14`). Run now and then, by any node: a template is held while
 * its activity is written and its count goes up with it, so no two nodes write the same one.
 */
export async function raiseRecurring(
  { store, live, clock }: Pick<Services, 'store' | 'live' | 'clock'>,
  today: string,
): Promise<readonly Activity[]> {
  const raised: Activity[] = []
  const failed: unknown[] = []
  for (const id of await store.read.boards.dueRecurring(today)) {
    const done = await raise(id).catch((error: unknown) => {
      // One that cannot be written must not keep all that come after it from being written, hour after hour.
      failed.push(error)
      return null
    })
    if (done) {
      raised.push(done.activity)
      tellCards(live, [done.activity])
      tellInboxes(live, done.activity.workspaceId, done.told)
    }
  }
  if (failed.length > 0)
    throw new AggregateError(failed, `${failed.length} recurring activities were not written`)
  return raised

  async function raise(id: string) {
    return store.transact(async (tx) => {
      // The board first, as whoever changes the template does it: the other way round each could wait for the other.
      const known = await tx.boards.findRecurring(id)
      const board = known && (await tx.boards.lock(known.boardId))
      const seen = await tx.boards.lockRecurring(id)
      const next = seen && dueOccurrence(seen, today)
      if (!seen || !board || !next || board.archived) return null
      const columns = await tx.boards.columns([board.id])
      const column = columns.find((one) => one.id === seen.columnId) ?? columns[0]
      if (!column) return null
      const at = new Date(clock.now())
      const present = new Set<string>(await tx.members.present(board.workspaceId))
      const labels = new Set((await tx.boards.labels(board.workspaceId)).map((label) => label.id))
      const nowhere = { id: newId('act'), place: '', columnId: '' as Id<'col'> }
      const placed = place(
        nowhere,
        { columnId: column.id, after: null, before: null },
        await tx.activities.places(column.id),
      )
      const activity: Activity = {
        id: placed.id,
        workspaceId: board.workspaceId,
        boardId: board.id,
        columnId: column.id,
        place: placed.place,
        title: seen.title,
        documentId: newId('doc'),
        ownerId: seen.ownerId !== null && present.has(seen.ownerId) ? seen.ownerId : null,
        helpers: [],
        watchers: [],
        cycle: null,
        start: next.on,
        due: addDays(next.on, seen.days),
        priority: null,
        effort: seen.effort,
        labels: seen.labels.filter((label) => labels.has(label)),
        serves: cleanServes(seen.serves),
        measures: [],
        checklist: seen.checklist.map((title) => ({
          id: newId('chk'),
          title,
          done: false,
          ownerId: null,
          due: null,
        })),
        halt: null,
        status: 'active',
        revision: 1,
        createdBy: seen.createdBy,
        createdAt: at,
        updatedAt: at,
      }
      const click: Click = {
        id: newId('chg'),
        workspaceId: board.workspaceId,
        by: seen.createdBy,
        at,
        verb: 'created',
        told: new Set(),
      }
      await addActivities(tx, click, [activity])
      await tx.boards.saveRecurring({ ...seen, raised: next.raised, revision: seen.revision + 1 })
      return { activity, told: click.told }
    })
  }
}
