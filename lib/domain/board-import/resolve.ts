import { type Id, isId } from '@/lib/kit/ids'
import { MAX_ACTIVITY_LABELS, MAX_ACTIVITY_TITLE, MAX_EFFORT } from '../activity'
import { MAX_CHECK_TITLE, MAX_CHECKLIST } from '../checklist'
import type { Column, ColumnKind } from '../column'
import { MAX_HAND_OFF } from '../hand-off'
import { MAX_LABEL } from '../label'
import { MAX_MEASURE_NAME, MAX_NOTE, MAX_READINGS, MAX_UNIT } from '../measure'
import { cleanLineOrEmpty } from '../plain-text'
import { MAX_WHY } from '../relation'
import { MAX_SERVES, type Serve, serve, slots } from '../serves'
import type { ItemKind } from '../strategy-item'
import { type ImportProblem, Problems, type ReadActivity, type ReadImport, type ReadMeasure } from './plan'

/** What names in a file can mean. */
export interface ImportWorld {
  /** The boards that may be written to; one of them takes what names no department. */
  readonly boards: readonly {
    readonly id: Id<'brd'>
    readonly departmentId: Id<'dep'>
    readonly kind: string | null
    readonly name: string | null
  }[]
  readonly into: Id<'brd'> | null
  readonly columns: readonly Pick<Column, 'id' | 'boardId' | 'kind' | 'name'>[]
  readonly members: readonly { readonly id: Id<'mem'>; readonly name: string; readonly email: string }[]
  readonly items: readonly { readonly id: Id<'itm'>; readonly kind: ItemKind; readonly code: string | null }[]
}

export interface PlannedActivity extends Omit<ReadActivity, 'department' | 'column' | 'owner' | 'serves'> {
  readonly boardId: Id<'brd'>
  readonly columnId: Id<'col'>
  readonly ownerId: Id<'mem'> | null
  readonly serves: readonly Serve[]
}

export interface PlannedMeasure extends Omit<ReadMeasure, 'department' | 'owner' | 'serves' | 'readings'> {
  readonly departmentId: Id<'dep'> | null
  readonly ownerId: Id<'mem'> | null
  readonly serves: readonly Serve[]
  readonly readings: readonly {
    readonly on: string
    readonly value: number
    readonly note: string
    readonly by: Id<'mem'> | null
  }[]
}

/** What an import would write, and everything it would leave out. */
export interface ImportPlan {
  readonly activities: readonly PlannedActivity[]
  readonly handOffs: ReadImport['handOffs']
  readonly relations: ReadImport['relations']
  readonly measures: readonly PlannedMeasure[]
  /** Every label used, as written; those that do not exist yet are made. */
  readonly labels: readonly string[]
  readonly problems: readonly ImportProblem[]
}

/** What people call the five columns, in small letters. */
const columnWords: Readonly<Record<ColumnKind, readonly string[]>> = {
  backlog: ['backlog', 'later', 'ideas', 'to do', 'todo', '待办', '以后', '待定', '需求池'],
  planned: ['planned', 'ready', 'next', 'this week', '计划', '已计划', '就绪', '待开始'],
  doing: ['doing', 'in progress', 'active', '进行中', '执行', '执行中'],
  checking: ['checking', 'review', 'in review', 'testing', '检查', '检查中', '验收'],
  done: ['done', 'complete', 'completed', 'closed', '完成', '已完成'],
}

/** Finds whom and what the names mean. Pure, so that the dry run and the import cannot differ. */
export function resolveImport(read: ReadImport, world: ImportWorld): ImportPlan {
  const problems = new Problems()
  problems.list.push(...read.problems)
  const same = (a: string | null, b: string) =>
    a !== null && a.trim().toLowerCase() === b.trim().toLowerCase()

  const boardOf = (name: string | null, row: number) => {
    const own = world.boards.find(({ id }) => id === world.into) ?? null
    if (name === null) return own
    const found = world.boards.find((board) => same(board.kind, name) || same(board.name, name))
    if (!found) problems.add(row, 'unknown_department', name)
    return found ?? own
  }
  const columnOf = (boardId: string, name: string | null, row: number) => {
    const columns = world.columns.filter((column) => column.boardId === boardId)
    const [first] = columns
    if (name === null) return first
    const found =
      columns.find((column) => same(column.name, name)) ??
      columns.find(({ kind }) => kind !== null && columnWords[kind].includes(name.trim().toLowerCase()))
    if (!found) problems.add(row, 'unknown_column', name)
    return found ?? first
  }
  const memberOf = (name: string | null, row: number) => {
    if (name === null) return null
    const found = world.members.filter((member) => same(member.name, name) || same(member.email, name))
    // Two of one name: nobody is guessed.
    if (found.length !== 1) problems.add(row, 'unknown_person', name)
    return found.length === 1 ? (found[0]?.id ?? null) : null
  }
  const positioning = world.items.find(({ kind }) => kind === 'positioning')
  const servesOf = (codes: readonly string[], row: number): Serve[] => {
    const serves = codes.flatMap((code): Serve[] => {
      const slot = slots.find((name) => same(name, code))
      if (slot && positioning) return [serve(positioning.id, slot)]
      const item = world.items.find((one) => same(one.code, code) || (isId('itm', code) && one.id === code))
      if (item) return [serve(item.id)]
      problems.add(row, 'unknown_item', code)
      return []
    })
    return [...new Set(serves)].slice(0, MAX_SERVES)
  }

  const activities = read.activities.flatMap((one): PlannedActivity[] => {
    const { department, column, owner, serves, ...rest } = one
    const board = boardOf(department, one.row)
    const there = board && columnOf(board.id, column, one.row)
    if (!board || !there) return []
    const title = cut(one.title, MAX_ACTIVITY_TITLE)
    if (title === '') {
      problems.add(one.row, 'no_title', one.title)
      return []
    }
    if ([...one.title.trim()].length > MAX_ACTIVITY_TITLE) problems.add(one.row, 'too_long', one.title)
    const tooMuch = one.effort !== null && (one.effort < 0 || one.effort > MAX_EFFORT)
    if (tooMuch) problems.add(one.row, 'bad_number', String(one.effort))
    if (one.checklist.length > MAX_CHECKLIST) problems.add(one.row, 'too_many', one.title)
    const reversed = one.start !== null && one.due !== null && one.due < one.start
    if (reversed) problems.add(one.row, 'dates_reversed', `${one.start} - ${one.due}`)
    return [
      {
        ...rest,
        title,
        effort: tooMuch ? null : one.effort,
        start: reversed ? null : one.start,
        checklist: one.checklist
          .map((item) => ({ ...item, title: cut(item.title, MAX_CHECK_TITLE) }))
          .filter((item) => item.title !== '')
          .slice(0, MAX_CHECKLIST),
        labels: [...new Set(one.labels.map((label) => cut(label, MAX_LABEL)))]
          .filter((label) => label !== '')
          .slice(0, MAX_ACTIVITY_LABELS),
        boardId: board.id,
        columnId: there.id,
        ownerId: memberOf(owner, one.row),
        serves: servesOf(serves, one.row),
      },
    ]
  })
  const refs = new Set(activities.map(({ ref }) => ref))
  const known = <T extends { row: number; from: string; to: string }>(links: readonly T[]) =>
    links.filter(({ row, from, to }) => {
      const whole = refs.has(from) && refs.has(to) && from !== to
      if (!whole) problems.add(row, 'unknown_reference', `${from} - ${to}`)
      return whole
    })
  const measures = read.measures.map(
    ({ department, owner, serves, readings, ...rest }): PlannedMeasure => ({
      ...rest,
      name: cut(rest.name, MAX_MEASURE_NAME),
      unit: cut(rest.unit, MAX_UNIT),
      departmentId: department === null ? null : (boardOf(department, rest.row)?.departmentId ?? null),
      ownerId: memberOf(owner, rest.row),
      serves: servesOf(serves, rest.row),
      readings: readings
        .filter(({ value }) => Math.abs(value) <= 1e15)
        .slice(0, MAX_READINGS)
        .map((reading) => ({
          ...reading,
          note: cut(reading.note, MAX_NOTE),
          by: memberOf(reading.by, rest.row),
        })),
    }),
  )
  return {
    activities,
    handOffs: known(read.handOffs)
      .map((one) => ({ ...one, title: cut(one.title, MAX_HAND_OFF) }))
      .filter(({ title }) => title !== ''),
    relations: known(read.relations).map((one) => ({ ...one, why: cut(one.why, MAX_WHY) })),
    measures: measures.filter(({ name }) => name !== ''),
    labels: [...new Set(activities.flatMap(({ labels }) => labels))],
    problems: distinct(problems.list),
  }
}

/** One clean line of at most so many characters; the rest of a longer one is cut. */
function cut(text: string, max: number): string {
  return cleanLineOrEmpty([...text.trim().slice(0, max * 2)].slice(0, max).join(''), { field: 'file', max })
}

/** One person nobody knows, named in 400 readings, is said once per row. */
function distinct(problems: readonly ImportProblem[]): ImportProblem[] {
  return [...new Map(problems.map((one) => [`${one.row} ${one.code} ${one.value}`, one])).values()]
}
