import type { Json } from '@/lib/domain/change'
import type { Told } from './panel-data'
import type { Names } from './use-names'

/**
 * What somebody did, in sentences: "Mei moved it from Planned to Doing". One per thing that changed; what nobody needs
 * to read (the place between two cards, when more was done) is left out.
 */
export function sentencesOf(change: Told, names: Names): readonly string[] {
  const { t } = names
  const who = names.person(change.by)
  const said = clausesOf(change, who, names)
  if (change.verb === 'undone') return [t('activity.h_undone', { who }), ...said]
  return said.length > 0 ? said : [t('activity.h_other', { who })]
}

function clausesOf(change: Told, who: string, names: Names): string[] {
  const { t } = names
  switch (change.kind) {
    case 'activity':
      return ofActivity(change, who, names)
    case 'hand_off':
      return ofHandOff(change, who, names)
    case 'relation':
      return ofRelation(change, who, names)
    case 'file':
      return ofFile(change, who, names)
    case 'request':
      return [t('activity.h_request', { who })]
    default:
      return []
  }
}

type Pair = readonly [before: Json, after: Json]

function ofActivity({ verb, diff }: Told, who: string, names: Names): string[] {
  const { t } = names
  if (verb === 'created') return [t('activity.h_created', { who })]
  if (verb === 'imported') return [t('activity.h_imported', { who })]
  if (verb === 'duplicated') return [t('activity.h_duplicated', { who })]
  const said: string[] = []
  const has = (field: string): Pair | null => diff[field] ?? null
  const board = has('boardId')
  const column = has('columnId')
  if (board)
    said.push(
      t('activity.h_moved', { who, from: names.board(words(board[0])), to: names.board(words(board[1])) }),
    )
  else if (column)
    said.push(
      t('activity.h_moved', {
        who,
        from: names.column(words(column[0])),
        to: names.column(words(column[1])),
      }),
    )
  const title = has('title')
  if (title) said.push(t('activity.h_title', { who, from: words(title[0]), to: words(title[1]) }))
  const owner = has('ownerId')
  if (owner)
    said.push(
      owner[1] === null
        ? t('activity.h_owner_none', { who })
        : t('activity.h_owner', { who, to: names.person(words(owner[1])) }),
    )
  said.push(
    ...lists(has('helpers'), names.person, (key, list) =>
      t(`activity.h_helpers_${key}`, { who, names: list }),
    ),
  )
  const watchers = has('watchers')
  if (watchers) {
    const [more, less] = difference(watchers)
    if (more.length > 0)
      said.push(t('activity.h_watch_on', { names: more.map(names.person).join(t('activity.comma')) }))
    if (less.length > 0)
      said.push(t('activity.h_watch_off', { names: less.map(names.person).join(t('activity.comma')) }))
  }
  for (const field of ['start', 'due'] as const) {
    const pair = has(field)
    if (!pair) continue
    said.push(
      pair[1] === null
        ? t(`activity.h_${field}_none`, { who })
        : t(`activity.h_${field}`, { who, day: names.day(words(pair[1])) }),
    )
  }
  const cycle = has('cycle')
  if (cycle)
    said.push(
      cycle[1] === null
        ? t('activity.h_cycle_none', { who })
        : t('activity.h_cycle', { who, cycle: names.cycle(words(cycle[1])) }),
    )
  const priority = has('priority')
  if (priority)
    said.push(
      priority[1] === null
        ? t('activity.h_priority_none', { who })
        : t('activity.h_priority', { who, priority: t(`activity.priority_${priorityOf(priority[1])}`) }),
    )
  const effort = has('effort')
  if (effort)
    said.push(
      typeof effort[1] === 'number'
        ? t('activity.h_effort', { who, days: effort[1] })
        : t('activity.h_effort_none', { who }),
    )
  said.push(
    ...lists(has('labels'), names.label, (key, list) => t(`activity.h_labels_${key}`, { who, names: list })),
    ...lists(has('serves'), names.serve, (key, list) => t(`activity.h_serves_${key}`, { who, names: list })),
    ...lists(has('measures'), names.measure, (key, list) =>
      t(`activity.h_measures_${key}`, { who, names: list }),
    ),
  )
  const checklist = has('checklist')
  if (checklist) said.push(...steps(checklist, who, names))
  const halt = has('halt')
  if (halt)
    said.push(
      halt[1] === 'blocked'
        ? t('activity.h_blocked', { who })
        : halt[1] === 'stopped'
          ? t('activity.h_stopped', { who })
          : t('activity.h_unhalted', { who }),
    )
  const status = has('status')
  if (status)
    said.push(
      status[1] === 'archived'
        ? t('activity.h_archived', { who })
        : status[1] === 'trashed'
          ? t('activity.h_trashed', { who })
          : t('activity.h_restored', { who }),
    )
  if (said.length === 0 && has('place')) said.push(t('activity.h_place', { who }))
  return said

  function lists(
    pair: Pair | null,
    name: (id: string) => string,
    say: (key: 'added' | 'removed', list: string) => string,
  ): string[] {
    if (!pair) return []
    const [more, less] = difference(pair)
    const join = (ids: readonly string[]) => ids.map(name).join(t('activity.comma'))
    return [
      ...(more.length > 0 ? [say('added', join(more))] : []),
      ...(less.length > 0 ? [say('removed', join(less))] : []),
    ]
  }
}

function steps(pair: Pair, who: string, { t, person, day }: Names): string[] {
  const [before, after] = pair.map(stepsOf)
  if (!before || !after) return []
  const was = new Map(before.map((step) => [step.id, step]))
  const is = new Set(after.map(({ id }) => id))
  const said: string[] = []
  for (const step of after) {
    const old = was.get(step.id)
    const { title } = step
    if (!old) said.push(t('activity.h_step_added', { who, title }))
    else {
      if (step.done !== old.done)
        said.push(t(step.done ? 'activity.h_step_done' : 'activity.h_step_open', { who, title }))
      if (title !== old.title) said.push(t('activity.h_step_title', { who, from: old.title, to: title }))
      if (step.ownerId !== old.ownerId)
        said.push(
          step.ownerId === null
            ? t('activity.h_step_owner_none', { who, title })
            : t('activity.h_step_owner', { who, title, to: person(step.ownerId) }),
        )
      if (step.due !== old.due)
        said.push(
          step.due === null
            ? t('activity.h_step_due_none', { who, title })
            : t('activity.h_step_due', { who, title, day: day(step.due) }),
        )
    }
  }
  for (const step of before)
    if (!is.has(step.id)) said.push(t('activity.h_step_removed', { who, title: step.title }))
  if (said.length === 0) said.push(t('activity.h_step_order', { who }))
  return said
}

function ofHandOff({ diff, subjectId }: Told, who: string, { t, activity, handOff }: Names): string[] {
  const title = handOff(subjectId)
  const needs = diff.toActivityId?.[1]
  switch (diff.state?.[1]) {
    case 'offered':
      return [t('activity.h_offered', { who, title })]
    case 'accepted':
      return [t('activity.h_accepted', { who, title })]
    case 'delivered':
      return [t('activity.h_delivered', { who, title })]
    case 'declined':
      return [t('activity.h_declined', { who, title, reason: words(diff.reason?.[1] ?? null) })]
    case 'withdrawn':
      return [t('activity.h_withdrawn', { who, title })]
    default:
      return typeof needs === 'string'
        ? [t('activity.h_needed_by', { who, title, activity: activity(needs) })]
        : []
  }
}

function ofFile({ diff }: Told, who: string, { t }: Names): string[] {
  const [before, after] = diff.file ?? [null, null]
  if (after !== null) return [t('activity.h_attached', { who, name: words(after) })]
  return [t('activity.h_detached', { who, name: words(before) })]
}

function ofRelation({ diff }: Told, who: string, { t }: Names): string[] {
  const removed = diff.removed?.[1]
  if (removed === true) return [t('activity.h_relation_removed', { who })]
  if (removed === false) return [t('activity.h_relation_added', { who })]
  const resolved = diff.resolved?.[1]
  if (resolved === true) return [t('activity.h_relation_resolved', { who })]
  if (resolved === false) return [t('activity.h_relation_opened', { who })]
  return [t('activity.h_relation_why', { who, why: words(diff.why?.[1] ?? null) })]
}

const priorityOf = (value: Json) =>
  value === 'urgent' || value === 'high' || value === 'medium' ? value : 'low'

const words = (value: Json): string => (typeof value === 'string' ? value : '')

function difference([before, after]: Pair): readonly [more: string[], less: string[]] {
  const list = (value: Json) => (Array.isArray(value) ? value.map(words) : [])
  const [was, is] = [list(before), list(after)]
  return [is.filter((id) => !was.includes(id)), was.filter((id) => !is.includes(id))]
}

interface Step {
  readonly id: string
  readonly title: string
  readonly done: boolean
  readonly ownerId: string | null
  readonly due: string | null
}

function stepsOf(value: Json): Step[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((step: Json) => {
    if (typeof step !== 'object' || step === null || !('id' in step)) return []
    const { id, title, done, ownerId, due } = step
    return [
      {
        id: words(id ?? null),
        title: words(title ?? null),
        done: done === true,
        ownerId: typeof ownerId === 'string' ? ownerId : null,
        due: typeof due === 'string' ? due : null,
      },
    ]
  })
}
