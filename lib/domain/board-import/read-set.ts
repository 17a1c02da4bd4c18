import { z } from 'zod'
import { type Halt, priorities } from '../activity'
import { departmentKinds } from '../department'
import type { HandOffState } from '../hand-off'
import { directions } from '../measure'
import { Refusal } from '../refusal'
import { MAX_IMPORT_ROWS, Problems, type ReadImport } from './plan'
import { dayIn } from './read-csv'
import { parseJson } from './read-trello'

/** Words in one language, or the same words in both. */
const words = z.union([z.string(), z.object({ en: z.string(), zh: z.string() })])
type Words = z.infer<typeof words>

const shape = z.object({
  members: z.array(z.object({ id: z.string(), name: words })).default([]),
  departments: z.array(z.object({ id: z.string(), title: words })).default([]),
  columns: z.array(z.object({ id: z.string(), title: words })).default([]),
  cycles: z.array(z.object({ id: z.string(), start: z.string() })).default([]),
  activities: z.array(
    z.object({
      id: z.string(),
      department: z.string(),
      cycle: z.string().nullish(),
      column: z.string(),
      order: z.number().default(0),
      title: words,
      status: z.string().default('active'),
      start: z.string().nullish(),
      due: z.string().nullish(),
      owner: z.string().nullish(),
      priority: z.enum(priorities).nullish(),
      effortDays: z.number().nullish(),
      labels: z.array(z.string()).default([]),
      serves: z.array(z.string()).default([]),
      checklist: z.array(z.object({ title: words, done: z.boolean().default(false) })).default([]),
    }),
  ),
  handoffs: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        title: words,
        due: z.string().nullish(),
        state: z.string(),
      }),
    )
    .default([]),
  conflicts: z
    .array(
      z.object({
        activities: z.tuple([z.string(), z.string()]),
        why: words,
        resolved: z.boolean().default(false),
      }),
    )
    .default([]),
  measures: z
    .array(
      z.object({
        title: words,
        unit: words,
        direction: z.enum(directions),
        department: z.string().nullish(),
        owner: z.string().nullish(),
        serves: z.array(z.string()).default([]),
        baseline: z.object({ value: z.number(), date: z.string() }).nullish(),
        targets: z.array(z.object({ cycle: z.string(), value: z.number() })).default([]),
        readings: z
          .array(
            z.object({
              date: z.string(),
              value: z.number(),
              by: z.string().nullish(),
              note: words.optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
})

/** How other words for the same steps are read: what was handed over is accepted, what was taken is delivered. */
const handOffWords: Readonly<Record<string, HandOffState>> = {
  open: 'offered',
  handed: 'accepted',
  accepted: 'delivered',
  returned: 'declined',
}

/** `dep_product` is the department of that kind, whatever it is called. */
const departmentIds: ReadonlyMap<string, string> = new Map([
  ...departmentKinds.map((kind) => [`dep_${kind}`, kind] as const),
  ['dep_org', 'organization'],
])

/**
 * All boards and measures of a company, as the example company has them and as our own JSON export writes them. Reviews
 * in such a file are left for the reviews. Refuses `import_unreadable`, `too_large`, `too_many`.
 */
export function readSetImport(json: string, language: 'en' | 'zh'): ReadImport {
  const read = shape.safeParse(parseJson(json))
  if (!read.success) throw new Refusal('import_unreadable')
  const { members, departments, columns, cycles, activities, handoffs, conflicts, measures } = read.data
  if (activities.length > MAX_IMPORT_ROWS)
    throw new Refusal('too_many', { field: 'rows', max: MAX_IMPORT_ROWS })
  const problems = new Problems()
  const say = (text: Words) => (typeof text === 'string' ? text : text[language])
  const nameOf = (
    list: readonly { id: string; name?: Words; title?: Words }[],
    id: string | null | undefined,
  ) => {
    const found = list.find((one) => one.id === id)
    const name = found?.name ?? found?.title
    return id ? (name === undefined ? id : say(name)) : null
  }
  const departmentOf = (id: string | null | undefined) =>
    (id ? departmentIds.get(id) : undefined) ?? nameOf(departments, id)
  const quarterOf = (id: string | null | undefined) => {
    const match = /(\d{4})[-_ ]?[qQ]([1-4])/.exec(id ?? '')
    return match ? `${match[1]}-Q${match[2]}` : null
  }
  const cycleOf = (id: string | null | undefined, row: number) => {
    const cycle = quarterOf(id) ?? quarterOf(cycles.find((one) => one.id === id)?.id)
    if (id && cycle === null) problems.add(row, 'bad_date', id)
    return cycle
  }
  const haltOf = (status: string): Halt | null =>
    status === 'blocked' || status === 'stopped' ? status : null
  return {
    activities: activities
      .map((activity, i) => ({ activity, row: i + 1 }))
      .sort((a, b) => a.activity.order - b.activity.order)
      .map(({ activity, row }) => ({
        ref: activity.id,
        row,
        title: say(activity.title),
        department: departmentOf(activity.department),
        column: columns.some(({ id }) => id === activity.column)
          ? activity.column
          : nameOf(columns, activity.column),
        owner: nameOf(members, activity.owner),
        cycle: cycleOf(activity.cycle, row),
        start: dayIn(activity.start ?? '', row, problems),
        due: dayIn(activity.due ?? '', row, problems),
        priority: activity.priority ?? null,
        effort: activity.effortDays ?? null,
        labels: activity.labels,
        serves: activity.serves,
        checklist: activity.checklist.map(({ title, done }) => ({ title: say(title), done })),
        halt: haltOf(activity.status),
        archived: activity.status === 'archived',
      })),
    handOffs: handoffs.map(({ from, to, title, due, state }, i) => ({
      row: i + 1,
      from,
      to,
      title: say(title),
      due: dayIn(due ?? '', i + 1, problems),
      state: Object.hasOwn(handOffWords, state) ? (handOffWords[state] ?? 'offered') : 'offered',
    })),
    relations: conflicts.map(({ activities: [from, to], why, resolved }, i) => ({
      row: i + 1,
      kind: 'pulls_apart' as const,
      from,
      to,
      why: say(why),
      resolved,
    })),
    measures: measures.map((measure, i) => {
      const row = i + 1
      return {
        row,
        name: say(measure.title),
        unit: say(measure.unit),
        direction: measure.direction,
        department: departmentOf(measure.department),
        owner: nameOf(members, measure.owner),
        serves: measure.serves,
        baseline: measure.baseline?.value ?? null,
        baselineOn: dayIn(measure.baseline?.date ?? '', row, problems),
        targets: measure.targets.flatMap(({ cycle, value }) => {
          const quarter = cycleOf(cycle, row)
          return quarter === null ? [] : [{ cycle: quarter, value }]
        }),
        readings: measure.readings.flatMap(({ date, value, by, note }) => {
          const on = dayIn(date, row, problems)
          return on === null ? [] : [{ on, value, note: note ? say(note) : '', by: nameOf(members, by) }]
        }),
      }
    }),
    problems: problems.list,
  }
}
