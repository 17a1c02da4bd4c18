import * as Y from 'yjs'
import { newStrategyDocument } from '@/lib/document/build'
import { heal } from '@/lib/document/items/heal'
import { projectionOf } from '@/lib/document/items/project'
import { text } from '@/lib/document/templates/restaurant-saas.boards'
import { readSetImport } from '@/lib/domain/board-import/read-set'
import { resolveImport } from '@/lib/domain/board-import/resolve'
import type { World } from '@/lib/domain/coherence/world'
import { columnKinds, phaseOfKind } from '@/lib/domain/column'
import { departmentKinds } from '@/lib/domain/department'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'

/** The example company as coherence reads it, without a database; its ids are those of the file (`act_04`). */
export function exampleWorld(): World & {
  /** The id of an item by its code, or of the positioning by `positioning`. */
  readonly item: (code: string) => Id<'itm'>
  readonly codes: (ids: readonly string[]) => string[]
} {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, newStrategyDocument('restaurant-saas', 'en'))
  heal(doc, new Map())
  const items = projectionOf(doc, 'en')
  doc.destroy()
  const boards = departmentKinds.map((kind) => ({
    id: `brd_${kind}` as const,
    departmentId: `dep_${kind}` as const,
    kind,
    name: null,
  }))
  const columns = boards.flatMap(({ id }) =>
    columnKinds.map((kind) => ({ id: `col_${kind}` as const, boardId: id, kind, name: null })),
  )
  const plan = resolveImport(readSetImport(text, 'en'), { boards, into: null, columns, members: [], items })
  const activities = plan.activities.map((one): World['activities'][number] => {
    const kind = must(
      columnKinds.find((name) => one.columnId === `col_${name}`),
      'one of the five',
    )
    const phase = phaseOfKind(kind)
    return {
      id: must(one.ref, 'every activity of the file has an id') as Id<'act'>,
      title: one.title,
      boardId: one.boardId,
      departmentId: must(
        boards.find(({ id }) => id === one.boardId),
        'resolved',
      ).departmentId,
      ownerId: null,
      cycle: one.cycle,
      start: one.start,
      due: one.due,
      effort: one.effort,
      serves: one.serves,
      measures: [],
      halt: one.halt,
      status: 'active',
      phase,
      doneOn: phase === 'act' ? one.due : null,
    }
  })
  const codeOf = new Map(items.map(({ id, code }) => [id as string, code]))
  return {
    items,
    activities: activities.sort((a, b) => (a.id < b.id ? -1 : 1)),
    measures: plan.measures.map((one, i) => ({
      id: `mea_${String(i + 1).padStart(2, '0')}` as const,
      name: one.name,
      unit: one.unit,
      direction: one.direction,
      baseline: one.baseline,
      baselineOn: one.baselineOn,
      serves: one.serves,
      status: 'active' as const,
      departmentId: one.departmentId,
      targets: one.targets,
      readings: one.readings.map(({ on, value }) => ({ on, value })),
    })),
    handOffs: plan.handOffs.map((one) => ({
      id: `hof_${String(one.row).padStart(2, '0')}` as const,
      fromActivityId: one.from as Id<'act'>,
      toActivityId: one.to as Id<'act'>,
      toBoardId: 'brd_product' as const,
      title: one.title,
      due: one.due,
      state: one.state,
      reason: null,
    })),
    relations: plan.relations.map((one) => ({
      id: `rel_${one.row}` as const,
      kind: one.kind,
      fromId: one.from as Id<'act'>,
      toId: one.to as Id<'act'>,
      why: one.why,
      resolved: one.resolved,
    })),
    departments: boards.map(({ departmentId }) => departmentId),
    today: '2026-08-14',
    item: (code) =>
      must(
        items.find((one) => one.code === code || one.kind === code),
        code,
      ).id,
    codes: (ids) => ids.map((id) => codeOf.get(id) ?? id),
  }
}
