import type { Id } from '@/lib/kit/ids'
import type { Phase } from '../column'
import type { Cycle } from '../cycle'
import type { DayText } from '../day-text'
import type { HandOffState } from '../hand-off'
import type { ItemKind } from '../strategy-item'
import type { AcceptedRisk } from './risk'
import {
  type CoherenceActivity,
  type CoherenceItem,
  focusSegments,
  type Health,
  healthOf,
  itemsById,
  ofCycle,
  servedBy,
  type World,
} from './world'

export interface MatrixCard {
  readonly activityId: Id<'act'>
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly boardId: Id<'brd'>
  readonly phase: Phase
  readonly health: Health
  readonly effort: number | null
  /** One end of two that pull apart. */
  readonly pullsApart: boolean
}

export interface MatrixRow {
  readonly itemId: Id<'itm'>
  readonly kind: ItemKind
  readonly code: string | null
  readonly title: string
  /** A segment in focus, what such a segment feels, or a gap. */
  readonly focus: boolean
  /** One per department, in chain order; the cards of a cell by title. */
  readonly cells: readonly (readonly MatrixCard[])[]
  /** How many work on it; stopped ones do not. */
  readonly working: number
  /** Nobody works on it, and somebody should. */
  readonly uncovered: boolean
  /** Nobody works on it, and somebody answers for that until a day that has not passed. */
  readonly accepted: Risk | null
}

type Risk = Pick<AcceptedRisk, 'until' | 'reason' | 'by'>

export interface MatrixConflict {
  readonly relationId: Id<'rel'>
  readonly one: MatrixCard
  readonly other: MatrixCard
  readonly why: string
}

export interface MatrixHandOff {
  readonly handOffId: Id<'hof'>
  readonly title: string
  readonly fromActivityId: Id<'act'>
  readonly toActivityId: Id<'act'> | null
  readonly due: DayText | null
  readonly state: HandOffState
  readonly reason: string | null
}

export interface Matrix {
  readonly cycle: Cycle | null
  readonly departments: readonly {
    readonly departmentId: Id<'dep'>
    readonly cards: number
    /** Rows it works on. */
    readonly answers: number
  }[]
  readonly rows: readonly MatrixRow[]
  /** The rows nobody works on and somebody should. */
  readonly uncovered: readonly MatrixRow[]
  /** Cards that serve nothing of the strategy, by department. */
  readonly petProjects: readonly MatrixCard[]
  /** Cards that serve words of the policy but no difficulty. */
  readonly withoutRow: readonly MatrixCard[]
  /** Person-days of the pet projects among all, 0 to 1. */
  readonly petShare: number
  readonly conflicts: readonly MatrixConflict[]
  /** Promised for a day that has passed. */
  readonly lateHandOffs: readonly MatrixHandOff[]
  /** Sent back with a sentence. */
  readonly returnedHandOffs: readonly MatrixHandOff[]
}

const difficultyKinds: readonly ItemKind[] = ['segment', 'pain', 'gap', 'itch', 'delight']

/**
 * Difficulties by departments. Rows: segments in focus first, then pains, gaps, itches and delights, what segments in
 * focus feel in front, and segments out of focus last.
 */
export function matrixOf(world: World, cycle: Cycle | null = null): Matrix {
  const items = itemsById(world)
  const focus = focusSegments(world.items)
  const column = new Map(world.departments.map((id, i) => [id, i]))
  const active = ofCycle(world.activities, cycle).filter(({ status }) => status === 'active')
  const pulling = world.relations.filter(({ kind, resolved }) => kind === 'pulls_apart' && !resolved)
  const apart = new Set<string>(pulling.flatMap(({ fromId, toId }) => [fromId, toId]))
  const cards = new Map<string, MatrixCard>()
  const byItem = new Map<string, MatrixCard[]>()
  const petProjects: MatrixCard[] = []
  const withoutRow: MatrixCard[] = []
  let effort = 0
  let petEffort = 0
  for (const activity of active) {
    const card = cardIn(activity, world.today, apart)
    cards.set(card.activityId, card)
    effort += activity.effort ?? 0
    const served = servedBy(activity, items)
    const rows = new Set(
      served.filter(({ item }) => difficultyKinds.includes(item.kind)).map(({ item }) => item.id),
    )
    for (const id of rows) {
      const list = byItem.get(id)
      if (list) list.push(card)
      else byItem.set(id, [card])
    }
    if (served.length === 0) {
      petProjects.push(card)
      petEffort += activity.effort ?? 0
    } else if (rows.size === 0) withoutRow.push(card)
  }
  const risks = new Map(
    (world.risks ?? [])
      .filter(({ until }) => until >= world.today)
      .map(({ itemId, until, reason, by }) => [itemId, { until, reason, by }]),
  )
  const rows = world.items
    .filter(({ kind }) => difficultyKinds.includes(kind))
    .map((item): MatrixRow => {
      const working = (byItem.get(item.id) ?? []).sort(byTitle)
      const cells: MatrixCard[][] = world.departments.map(() => [])
      for (const card of working) cells[column.get(card.departmentId) ?? -1]?.push(card)
      const at = working.filter(({ health }) => health !== 'stopped').length
      const empty = at === 0 && matters(item, focus)
      const accepted = empty ? (risks.get(item.id) ?? null) : null
      return {
        itemId: item.id,
        kind: item.kind,
        code: item.code,
        title: item.title,
        focus: inFocus(item, focus),
        cells,
        working: at,
        uncovered: empty && accepted === null,
        accepted,
      }
    })
  const position = new Map<string, number>(world.items.map((item) => [item.id, item.position]))
  rows.sort((a, b) => rank(a) - rank(b) || (position.get(a.itemId) ?? 0) - (position.get(b.itemId) ?? 0))
  return {
    cycle,
    departments: world.departments.map((departmentId, i) => ({
      departmentId,
      cards: active.filter((activity) => activity.departmentId === departmentId).length,
      answers: rows.filter(({ cells }) => (cells[i] ?? []).some(({ health }) => health !== 'stopped')).length,
    })),
    rows,
    uncovered: rows.filter(({ uncovered }) => uncovered),
    petProjects: inChain(petProjects, column),
    withoutRow: inChain(withoutRow, column),
    petShare: effort === 0 ? 0 : petEffort / effort,
    conflicts: pulling.flatMap(({ id, fromId, toId, why }) => {
      const [one, other] = [cards.get(fromId), cards.get(toId)]
      // Of two quarters, or one of them ended: nothing pulls any more.
      if (!one || !other || !works(one) || !works(other)) return []
      return [{ relationId: id, one, other, why }]
    }),
    ...handOffsOf(world, cycle === null ? null : new Set(active.map(({ id }) => id))),
  }
}

function works({ health }: MatrixCard): boolean {
  return health !== 'stopped' && health !== 'done'
}

function handOffsOf(
  { handOffs, today }: World,
  of: ReadonlySet<string> | null,
): Pick<Matrix, 'lateHandOffs' | 'returnedHandOffs'> {
  const asked = handOffs
    .filter(
      ({ fromActivityId, toActivityId }) =>
        of === null || of.has(fromActivityId) || (toActivityId !== null && of.has(toActivityId)),
    )
    .map(({ id, title, fromActivityId, toActivityId, due, state, reason }) => ({
      handOffId: id,
      title,
      fromActivityId,
      toActivityId,
      due,
      state,
      reason,
    }))
    .sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
  return {
    lateHandOffs: asked.filter(
      ({ due, state }) => due !== null && due < today && (state === 'offered' || state === 'accepted'),
    ),
    returnedHandOffs: asked.filter(({ state }) => state === 'declined'),
  }
}

function cardIn(activity: CoherenceActivity, today: DayText, apart: ReadonlySet<string>): MatrixCard {
  const { id, title, departmentId, boardId, phase, effort } = activity
  return {
    activityId: id,
    title,
    departmentId,
    boardId,
    phase,
    health: healthOf(activity, today),
    effort,
    pullsApart: apart.has(id),
  }
}

function inFocus(item: CoherenceItem, focus: ReadonlySet<string>): boolean {
  if (item.kind === 'segment') return focus.has(item.id)
  return item.kind === 'gap' || feltInFocus(item, focus)
}

/** What nobody is said to feel may be felt by those in focus. */
function feltInFocus({ fields }: CoherenceItem, focus: ReadonlySet<string>): boolean {
  return fields.feltBy.length === 0 || fields.feltBy.some((id) => focus.has(id))
}

/** Whether an empty row is a gap in the work: an itch, a delight or a segment out of focus may well stay empty. */
export function matters(item: CoherenceItem, focus: ReadonlySet<string>): boolean {
  switch (item.kind) {
    case 'segment':
      return focus.has(item.id)
    case 'pain':
      return feltInFocus(item, focus)
    default:
      return item.kind === 'gap'
  }
}

function rank({ kind, focus }: Pick<MatrixRow, 'kind' | 'focus'>): number {
  if (kind === 'segment') return focus ? 0 : 20
  return difficultyKinds.indexOf(kind) * 2 - (focus ? 1 : 0)
}

function inChain(cards: MatrixCard[], column: ReadonlyMap<string, number>): MatrixCard[] {
  return cards.sort(
    (a, b) => (column.get(a.departmentId) ?? 0) - (column.get(b.departmentId) ?? 0) || byTitle(a, b),
  )
}

function byTitle(a: MatrixCard, b: MatrixCard): number {
  return a.title < b.title ? -1 : a.title > b.title ? 1 : a.activityId < b.activityId ? -1 : 1
}
