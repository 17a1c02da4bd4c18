import type { Writer } from '@/db/repositories'
import type { Actor } from '@/lib/domain/actor'
import { cleanDay } from '@/lib/domain/day-text'
import {
  type Cadence,
  cadences,
  cleanMeasureName,
  cleanTargets,
  cleanUnit,
  cleanValue,
  type Direction,
  directions,
  MAX_MEASURES,
  type Measure,
  type Target,
} from '@/lib/domain/measure'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanServes } from '@/lib/domain/serves'
import { type Id, isId, newId } from '@/lib/kit/ids'
import { actorNow, unlessStale } from './board-access'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { changeOf } from './keep-change'
import { namesOnlyOurs } from './named-things'
import { asksTargetReason } from './scope-reason'

export interface MeasureFields {
  readonly name?: string | undefined
  readonly unit?: string | undefined
  readonly direction?: string | undefined
  readonly departmentId?: string | null | undefined
  readonly ownerId?: string | null | undefined
  readonly cadence?: string | undefined
  readonly baseline?: number | null | undefined
  readonly baselineOn?: string | null | undefined
  readonly targets?: readonly Target[] | undefined
  /** Gaps and other items whose closing it shows. */
  readonly serves?: readonly string[] | undefined
}

export type MeasureChange =
  | { readonly do: 'add'; readonly fields: MeasureFields & { readonly name: string } }
  | {
      readonly do: 'set'
      readonly measureId: string
      readonly revision?: number | undefined
      readonly fields: MeasureFields
    }
  | { readonly do: 'settle'; readonly measureId: string; readonly status: Measure['status'] }

/** Adds a measure, changes one, archives one or brings it back. Of a department: by its people and by managers. */
export async function changeMeasure(
  context: Context,
  input: {
    readonly change: MeasureChange
    /** Why, when it changes a target of the sealed plan of the quarter. */
    readonly reason?: string | undefined
  },
): Promise<Done<Measure>> {
  const { change } = input
  const click = clickOf(
    context,
    change.do === 'add'
      ? 'created'
      : change.do === 'set'
        ? 'edited'
        : change.status === 'active'
          ? 'restored'
          : 'archived',
    input.reason,
  )
  const done = await context.store.transact(async (tx) => {
    // Held first: the rights are those of the moment it is ours to change.
    const before = change.do === 'add' ? null : await tx.measures.lock(change.measureId)
    const actor = await actorNow(tx, context)
    if (change.do === 'add') {
      if ((await tx.measures.count(actor.workspaceId)) >= MAX_MEASURES)
        throw new Refusal('too_many', { field: 'measures', max: MAX_MEASURES })
      const measure = await withFields(tx, actor, blankMeasure(actor.workspaceId), change.fields)
      permit(actor, 'measure.create', { kind: 'measure', measure })
      await tx.measures.add([measure])
      const was = { status: 'archived' }
      await tx.activities.addChanges([
        {
          ...changeOf(click, 'measure', measure, measure, { boardId: null, activityId: null }),
          diff: { status: [was.status, 'active'] },
        },
      ])
      return { measure, changed: true, asks: await asksTargetReason(tx, click, null, measure) }
    }
    if (!before) throw new Refusal('not_found')
    permit(actor, change.do === 'set' ? 'measure.edit' : 'measure.archive', {
      kind: 'measure',
      measure: before,
    })
    if (change.do === 'set') unlessStale(before, change.revision)
    const after =
      change.do === 'set'
        ? await withFields(tx, actor, before, change.fields)
        : { ...before, status: change.status }
    // To another department only by one who may change its measures too.
    if (after.departmentId !== before.departmentId)
      permit(actor, 'measure.create', { kind: 'measure', measure: after })
    const next = { ...after, revision: before.revision + 1 }
    const history = changeOf(click, 'measure', before, next, { boardId: null, activityId: null })
    if (Object.keys(history.diff).length === 0) return { measure: before, changed: false, asks: false }
    await tx.measures.save(next)
    await tx.activities.addChanges([history])
    return { measure: next, changed: true, asks: await asksTargetReason(tx, click, before, next) }
  })
  if (!done.changed) return { value: done.measure, undo: null }
  const { workspaceId, id } = done.measure
  context.live.publish(workspaceId, { type: 'measures.changed', measureId: id })
  return { value: done.measure, undo: click.id, asksReason: done.asks }
}

export function blankMeasure(workspaceId: Id<'ws'>): Measure {
  return {
    id: newId('mea'),
    workspaceId,
    departmentId: null,
    name: '',
    unit: '',
    direction: 'up',
    baseline: null,
    baselineOn: null,
    targets: [],
    ownerId: null,
    cadence: 'weekly',
    serves: [],
    status: 'active',
    revision: 1,
  }
}

/** The measure with these fields, each cleaned; who and what they name is of this workspace. */
export async function withFields(
  tx: Writer,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  measure: Measure,
  fields: MeasureFields,
): Promise<Measure> {
  const { ownerId, departmentId, serves } = fields
  if (departmentId) {
    const department = await tx.departments.find(departmentId)
    if (department?.workspaceId !== workspaceId || department.archivedAt) throw new Refusal('not_found')
  }
  if (ownerId !== undefined && ownerId !== null && !isId('mem', ownerId))
    throw new Refusal('invalid_input', { field: 'ownerId' })
  await namesOnlyOurs(tx, workspaceId, { ownerId, serves: serves && cleanServes(serves) }, measure)
  return {
    ...measure,
    ...(fields.name === undefined ? {} : { name: cleanMeasureName(fields.name) }),
    ...(fields.unit === undefined ? {} : { unit: cleanUnit(fields.unit) }),
    ...(fields.direction === undefined ? {} : { direction: known<Direction>(directions, fields.direction) }),
    ...(fields.cadence === undefined ? {} : { cadence: known<Cadence>(cadences, fields.cadence) }),
    ...(departmentId === undefined ? {} : { departmentId: departmentId as Id<'dep'> | null }),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(fields.baseline === undefined
      ? {}
      : { baseline: fields.baseline === null ? null : cleanValue(fields.baseline, 'baseline') }),
    ...(fields.baselineOn === undefined ? {} : { baselineOn: cleanDay(fields.baselineOn, 'baselineOn') }),
    ...(fields.targets === undefined ? {} : { targets: cleanTargets(fields.targets) }),
    ...(serves === undefined ? {} : { serves: cleanServes(serves) }),
  }
}

function known<T extends string>(all: readonly T[], value: string): T {
  const found = all.find((name) => name === value)
  if (!found) throw new Refusal('invalid_input')
  return found
}
