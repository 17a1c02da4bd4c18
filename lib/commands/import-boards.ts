import type { Writer } from '@/db/repositories'
import type { Activity } from '@/lib/domain/activity'
import type { Actor } from '@/lib/domain/actor'
import { MAX_ACTIVITIES, MAX_LABELS } from '@/lib/domain/board'
import { readCsvImport } from '@/lib/domain/board-import/read-csv'
import { readSetImport } from '@/lib/domain/board-import/read-set'
import { readTrelloImport } from '@/lib/domain/board-import/read-trello'
import type { ImportPlan, ImportWorld } from '@/lib/domain/board-import/resolve'
import { resolveImport } from '@/lib/domain/board-import/resolve'
import type { HandOff } from '@/lib/domain/hand-off'
import { type Label, labelTones } from '@/lib/domain/label'
import { MAX_MEASURES, type Measure, type Reading } from '@/lib/domain/measure'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { endsOf, type Relation } from '@/lib/domain/relation'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { inOrder, orderKeyBetween } from '@/lib/kit/order-key'
import { actorNow, holdBoards } from './board-access'
import { clickOf, tellCards } from './change-activities'
import { blankMeasure } from './change-measure'
import type { Context } from './context'
import { addActivities, changeOf, historyState } from './keep-change'

export interface ImportBoards {
  readonly format: 'csv' | 'trello' | 'set'
  readonly text: string
  /** The board that takes what names no department; null: what names none is left out. */
  readonly boardId: string | null
  /** Only say what would happen. */
  readonly dry: boolean
}

export interface Imported {
  /** What was, or would be, written; `problems` is what is left out. */
  readonly plan: ImportPlan
  /**
   * Takes all of it back: activities into the trash, hand-offs, relations and new labels as if they had not been, measures
   * into the archive. Null after a dry run, and where the file held nothing to write.
   */
  readonly undo: Id<'chg'> | null
}

/**
 * Reads a file and writes what it says, all of it or nothing; a dry run does the same up to the writing, with the very
 * plan the import would follow. Boards the actor may not import into do not count: what is meant for them goes to
 * `boardId` or is left out, and the plan says so.
 * Refuses `import_unreadable`, `too_large`, `too_many`, `not_allowed`.
 */
export async function importBoards(context: Context, input: ImportBoards): Promise<Imported> {
  const read = (() => {
    switch (input.format) {
      case 'csv':
        return readCsvImport(input.text)
      case 'trello':
        return readTrelloImport(input.text)
      case 'set':
        return readSetImport(input.text, context.language)
    }
  })()
  const click = clickOf(context, 'imported')
  const done = await context.store.transact(async (tx) => {
    const first = await planOf()
    if (input.dry) return { ...first, activities: [], written: 0 }
    // For the names of labels and the number of measures. The workspace before its boards, here and everywhere.
    await tx.workspaces.lock(context.actor.workspaceId)
    const boards = await holdBoards(
      tx,
      first.plan.activities.map(({ boardId }) => boardId),
    )
    // Planned again: while we waited for the boards a column may have gone, or the right to import.
    const { plan, actor } = await planOf()
    if (plan.activities.some(({ boardId }) => !boards.has(boardId))) throw new Refusal('conflict')
    const { labels, fresh } = await labelsFor(tx, actor.workspaceId, plan.labels)
    const { activities, ids } = await planned(tx, plan, labels, actor, click.at)
    await addActivities(tx, click, activities)
    const given = handOffs(plan, ids, activities)
    await tx.activities.addHandOffs(given)
    const related = relationsOf(plan, ids, actor.workspaceId)
    await tx.activities.addRelations(related)
    const byId = new Map(activities.map((activity) => [activity.id, activity]))
    const on = (id: Id<'act'>) => ({ boardId: must(byId.get(id), 'written above').boardId, activityId: id })
    // As if each had been taken back before: so undo takes it back again.
    const history = [
      ...fresh.map((label) =>
        changeOf(click, 'label', { ...historyState('label', label), removed: true }, label, nowhere),
      ),
      ...given.map((one) =>
        changeOf(
          click,
          'hand_off',
          { ...historyState('hand_off', one), state: 'withdrawn' },
          one,
          on(one.fromActivityId),
        ),
      ),
      ...related.map((one) =>
        changeOf(click, 'relation', { ...historyState('relation', one), removed: true }, one, on(one.fromId)),
      ),
    ].filter(({ diff }) => Object.keys(diff).length > 0)
    await tx.activities.addChanges(history)
    await addMeasures(tx, plan, actor, click)
    return { plan, activities, written: activities.length + history.length + plan.measures.length, fresh }

    async function planOf(): Promise<{ readonly plan: ImportPlan; readonly actor: Actor }> {
      const actor = await actorNow(tx, context)
      const all = await tx.boards.list(actor.workspaceId)
      const into = input.boardId === null ? null : (all.find(({ id }) => id === input.boardId) ?? null)
      if (input.boardId !== null && !into) throw new Refusal('not_found')
      if (into) permit(actor, 'board.import', { kind: 'board', board: into })
      const mine = all.filter((board) => can(actor, 'board.import', { kind: 'board', board }))
      if (mine.length === 0) throw new Refusal('not_allowed')
      const world = await worldOf(tx, actor.workspaceId, mine, into?.id ?? null)
      const plan = resolveImport(read, world)
      if (plan.measures.length > 0) permit(actor, 'measure.create')
      return { plan, actor }
    }
  })
  const { plan, activities } = done
  if (done.written === 0) return { plan, undo: null }
  if (activities.length > 0) tellCards(context.live, activities)
  const { workspaceId } = context.actor
  if (plan.measures.length > 0)
    context.live.publish(workspaceId, { type: 'measures.changed', measureId: null })
  if ('fresh' in done && done.fresh.length > 0)
    context.live.publish(workspaceId, { type: 'workspace.changed' })
  return { plan, undo: click.id }
}

const nowhere = { boardId: null, activityId: null }

async function worldOf(
  tx: Writer,
  workspaceId: Id<'ws'>,
  boards: ImportWorld['boards'],
  into: Id<'brd'> | null,
): Promise<ImportWorld> {
  const [columns, members, workspace] = [
    await tx.boards.columns(boards.map(({ id }) => id)),
    await tx.members.list(workspaceId),
    await tx.workspaces.find(workspaceId),
  ]
  const strategyId = workspace?.currentStrategyId
  const items = strategyId ? await tx.strategyItems.list(strategyId) : []
  return { boards, into, columns, members, items }
}

/** The labels by their names, those that do not exist yet made. */
async function labelsFor(
  tx: Writer,
  workspaceId: Id<'ws'>,
  names: readonly string[],
): Promise<{ readonly labels: ReadonlyMap<string, Id<'lbl'>>; readonly fresh: readonly Label[] }> {
  const known = await tx.boards.labels(workspaceId)
  const byName = new Map(known.map(({ id, name }) => [name.toLowerCase(), id]))
  const fresh: Label[] = []
  for (const name of names) {
    if (byName.has(name.toLowerCase())) continue
    if (byName.size >= MAX_LABELS) throw new Refusal('too_many', { field: 'labels', max: MAX_LABELS })
    const label: Label = {
      id: newId('lbl'),
      workspaceId,
      name,
      tone: labelTones[byName.size % labelTones.length] ?? 'grey',
      removed: false,
      revision: 1,
    }
    await tx.boards.addLabel(label)
    fresh.push(label)
    byName.set(name.toLowerCase(), label.id)
  }
  return { labels: byName, fresh }
}

/** The activities, each at the end of its column, and what the file calls them. */
async function planned(
  tx: Writer,
  plan: ImportPlan,
  labels: ReadonlyMap<string, Id<'lbl'>>,
  by: { readonly workspaceId: Id<'ws'>; readonly memberId: Id<'mem'> },
  at: Date,
): Promise<{ activities: Activity[]; ids: ReadonlyMap<string, Id<'act'>> }> {
  const last = new Map<string, string | null>()
  const ids = new Map<string, Id<'act'>>()
  const perBoard = new Map<string, number>()
  const activities: Activity[] = []
  for (const one of plan.activities) {
    const held = perBoard.get(one.boardId) ?? (await tx.activities.countOn(one.boardId))
    if (held >= MAX_ACTIVITIES) throw new Refusal('too_many', { field: 'activities', max: MAX_ACTIVITIES })
    perBoard.set(one.boardId, held + 1)
    if (!last.has(one.columnId)) {
      const places = [...(await tx.activities.places(one.columnId))].sort(inOrder)
      last.set(one.columnId, places.at(-1)?.place ?? null)
    }
    const place = orderKeyBetween(last.get(one.columnId) ?? null, null)
    last.set(one.columnId, place)
    const id = newId('act')
    if (one.ref !== null) ids.set(one.ref, id)
    activities.push({
      id,
      workspaceId: by.workspaceId,
      boardId: one.boardId,
      columnId: one.columnId,
      place,
      title: one.title,
      documentId: newId('doc'),
      ownerId: one.ownerId,
      helpers: [],
      watchers: [],
      cycle: one.cycle,
      start: one.start,
      due: one.due,
      priority: one.priority,
      effort: one.effort,
      labels: one.labels.flatMap((name) => labels.get(name.toLowerCase()) ?? []),
      serves: one.serves,
      measures: [],
      checklist: one.checklist.map(({ title, done }) => ({
        id: newId('chk'),
        title,
        done,
        ownerId: null,
        due: null,
      })),
      halt: one.halt,
      status: one.archived ? 'archived' : 'active',
      revision: 1,
      createdBy: by.memberId,
      createdAt: at,
      updatedAt: at,
    })
  }
  return { activities, ids }
}

function handOffs(
  plan: ImportPlan,
  ids: ReadonlyMap<string, Id<'act'>>,
  activities: readonly Activity[],
): HandOff[] {
  const byId = new Map(activities.map((activity) => [activity.id, activity]))
  return plan.handOffs.map(({ from, to, title, due, state }) => {
    const giving = must(byId.get(must(ids.get(from), 'resolved')), 'written above')
    const taking = must(byId.get(must(ids.get(to), 'resolved')), 'written above')
    return {
      id: newId('hof'),
      workspaceId: giving.workspaceId,
      fromActivityId: giving.id,
      toBoardId: taking.boardId,
      toActivityId: taking.id,
      title,
      due,
      state,
      reason: null,
      revision: 1,
    }
  })
}

function relationsOf(
  plan: ImportPlan,
  ids: ReadonlyMap<string, Id<'act'>>,
  workspaceId: Id<'ws'>,
): Relation[] {
  const rows = new Map<string, Relation>()
  for (const { kind, from, to, why, resolved } of plan.relations) {
    const [fromId, toId] = endsOf(kind, must(ids.get(from), 'resolved'), must(ids.get(to), 'resolved'))
    rows.set(`${kind} ${fromId} ${toId}`, {
      id: newId('rel'),
      workspaceId,
      kind,
      fromId,
      toId,
      why,
      resolved,
      removed: false,
      revision: 1,
    })
  }
  return [...rows.values()]
}

async function addMeasures(
  tx: Writer,
  plan: ImportPlan,
  by: { readonly workspaceId: Id<'ws'>; readonly memberId: Id<'mem'> },
  click: ReturnType<typeof clickOf>,
): Promise<void> {
  if (plan.measures.length === 0) return
  if ((await tx.measures.count(by.workspaceId)) + plan.measures.length > MAX_MEASURES)
    throw new Refusal('too_many', { field: 'measures', max: MAX_MEASURES })
  const measures: Measure[] = []
  const readings: Reading[] = []
  for (const { row: _row, readings: values, targets, ...fields } of plan.measures) {
    const measure: Measure = {
      ...blankMeasure(by.workspaceId),
      ...fields,
      targets: [...targets].sort((a, b) => (a.cycle < b.cycle ? -1 : 1)),
    }
    measures.push(measure)
    // Two values of one day would make the whole statement fail: the later one is meant.
    const byDay = new Map(values.map((value) => [value.on, value]))
    for (const value of byDay.values())
      readings.push({ ...value, id: newId('rdg'), measureId: measure.id, at: click.at })
  }
  await tx.measures.add(measures)
  await tx.measures.record(readings)
  await tx.activities.addChanges(
    measures.map((measure) => ({
      ...changeOf(click, 'measure', measure, measure, { boardId: null, activityId: null }),
      diff: { status: ['archived', 'active'] as const },
    })),
  )
}
