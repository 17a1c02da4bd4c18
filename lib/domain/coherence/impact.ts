import type { Id } from '@/lib/kit/ids'
import type { Impact, ImpactQuestion } from '../impact'
import { readServe, type Serve, type Slot } from '../serves'
import {
  type CoherenceActivity,
  type CoherenceItem,
  type CoherenceMeasure,
  itemsById,
  measureOfGap,
  servedBy,
  type World,
} from './world'

export interface Hanging {
  readonly activityId: Id<'act'>
  readonly title: string
  readonly departmentId: Id<'dep'>
  readonly boardId: Id<'brd'>
  readonly ownerId: Id<'mem'> | null
  /** The item through which it hangs on the changed one; null: it serves it itself. */
  readonly via: Id<'itm'> | null
}

/** What hangs on an item or a slot. */
export interface ImpactView {
  readonly itemId: Id<'itm'>
  readonly slot: Slot | null
  /** Those that still go on, the ones that serve it themselves first. */
  readonly activities: readonly Hanging[]
  /** Done or stopped: nobody is asked about them. */
  readonly ended: number
  readonly measures: readonly Pick<CoherenceMeasure, 'id' | 'name'>[]
  /** Items that name it: what a segment feels, words that cite it. */
  readonly items: readonly Pick<CoherenceItem, 'id' | 'kind' | 'code' | 'title'>[]
  readonly threads: readonly Id<'thr'>[]
}

/** An open thread as far as it matters here. */
export interface HangingThread {
  readonly id: Id<'thr'>
  readonly itemId: string | null
  /** Part of the item it argues about. */
  readonly part: string | null
}

/**
 * Everything that hangs on an item or one slot of the positioning: the activities that serve it, those that serve what it
 * is felt as, measures, items that name it and open threads. Null: no such item.
 */
export function impactOf(
  world: World,
  serve: Serve,
  threads: readonly HangingThread[] = [],
): ImpactView | null {
  const items = itemsById(world)
  const read = readServe(serve)
  const item = read && items.get(read.itemId)
  if (!item) return null
  const { slot } = read
  const felt =
    item.kind === 'segment' ? world.items.filter(({ fields }) => fields.feltBy.includes(item.id)) : []
  const feltIds = new Set<string>(felt.map(({ id }) => id))
  const touching = world.activities.flatMap(
    (activity): { activity: CoherenceActivity; via: Id<'itm'> | null }[] => {
      if (activity.status !== 'active') return []
      const served = servedBy(activity, items)
      // A slot is asked for by itself; the whole item by any of its slots.
      if (
        served.some(
          (one) => one.item.id === item.id && (slot === null || one.slot === slot || one.slot === null),
        )
      )
        return [{ activity, via: null }]
      const through = served.find((one) => feltIds.has(one.item.id))
      return through ? [{ activity, via: through.item.id }] : []
    },
  )
  const goesOn = touching.filter(({ activity }) => activity.phase !== 'act' && activity.halt !== 'stopped')
  const gapMeasure = item.kind === 'gap' ? measureOfGap(item, world.measures) : null
  const naming = world.items.filter(
    (other) =>
      other.id !== item.id && (other.refs.includes(item.id) || other.fields.feltBy.includes(item.id)),
  )
  return {
    itemId: item.id,
    slot,
    activities: goesOn
      .map(({ activity: { id, title, departmentId, boardId, ownerId }, via }) => ({
        activityId: id,
        title,
        departmentId,
        boardId,
        ownerId,
        via,
      }))
      .sort((a, b) => Number(a.via !== null) - Number(b.via !== null) || (a.title < b.title ? -1 : 1)),
    ended: touching.length - goesOn.length,
    measures: world.measures
      .filter(
        ({ id, status, serves }) =>
          status === 'active' &&
          (id === gapMeasure?.id ||
            serves.some((text) => {
              const own = readServe(text)
              return own?.itemId === item.id && (slot === null || own.slot === null || own.slot === slot)
            })),
      )
      .map(({ id, name }) => ({ id, name })),
    items: naming.map(({ id, kind, code, title }) => ({ id, kind, code, title })),
    threads: threads
      .filter(({ itemId, part }) => itemId === item.id && (slot === null || part === null || part === slot))
      .map(({ id }) => id),
  }
}

/** An activity whose words have moved and that has not been answered for. */
export interface MovedCard {
  readonly activityId: Id<'act'>
  readonly ownerId: Id<'mem'> | null
  readonly impacts: readonly Pick<Impact, 'id' | 'serve' | 'was' | 'now' | 'by' | 'at'>[]
}

/** The cards that carry "positioning moved", and so everybody who has not answered. Ended ones need no answer. */
export function movedCards(
  impacts: readonly Impact[],
  questions: readonly ImpactQuestion[],
  activities: readonly Pick<CoherenceActivity, 'id' | 'ownerId' | 'phase' | 'halt' | 'status'>[],
): readonly MovedCard[] {
  const byId = new Map(impacts.map((impact) => [impact.id, impact]))
  const open = new Map<string, Impact[]>()
  for (const { impactId, activityId, answer } of questions) {
    const impact = byId.get(impactId)
    if (answer !== null || !impact) continue
    const list = open.get(activityId)
    if (list) list.push(impact)
    else open.set(activityId, [impact])
  }
  return activities.flatMap(({ id, ownerId, phase, halt, status }) => {
    const moved = open.get(id)
    if (!moved || phase === 'act' || halt === 'stopped' || status !== 'active') return []
    return [
      {
        activityId: id,
        ownerId,
        impacts: moved.map(({ id, serve, was, now, by, at }) => ({ id, serve, was, now, by, at })),
      },
    ]
  })
}
