import type { Context } from '@/lib/commands/context'
import { type Cycle, nextCycle } from '@/lib/domain/cycle'
import { targetFor } from '@/lib/domain/measure'
import { can } from '@/lib/domain/permissions'
import { slots } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, nameOf } from './board'

/** Words that a decision may change: one part of one item. */
export interface ChangeableWords {
  readonly strategyId: Id<'str'>
  readonly itemId: Id<'itm'>
  readonly kind: ItemKind
  readonly code: string | null
  readonly part: string
  readonly lang: 'en' | 'zh' | null
  readonly words: string
}

/** What a finding can be about and a decision can change, for the pickers of a review. */
export interface ReviewChoices {
  readonly next: Cycle
  readonly words: readonly ChangeableWords[]
  readonly boards: readonly BoardName[]
  readonly measures: readonly {
    readonly id: Id<'mea'>
    readonly name: string
    readonly unit: string
    readonly departmentId: Id<'dep'> | null
    /** Of the quarter that is reviewed, and of the next. */
    readonly target: number | null
    readonly nextTarget: number | null
  }[]
  readonly activities: readonly {
    readonly id: Id<'act'>
    readonly title: string
    readonly departmentId: Id<'dep'>
  }[]
  readonly handOffs: readonly { readonly id: Id<'hof'>; readonly title: string }[]
  /** Items, and slots of the positioning, as `itm_…/whom`. */
  readonly items: readonly {
    readonly ref: string
    readonly kind: ItemKind | (typeof slots)[number]
    readonly code: string | null
    readonly title: string
  }[]
}

const changeable: readonly ItemKind[] = [
  'segment',
  'pain',
  'itch',
  'delight',
  'gap',
  'principle',
  'tradeoff',
  'intent',
  'factor',
]
const parts: readonly string[] = ['title', 'text', 'reason', 'evidence', 'instead', 'price']
/** Titles of so many activities are searched in the browser; more is a board's business. */
const MOST_ACTIVITIES = 3_000

/** Null: the review is not theirs to see. */
export async function reviewChoices(context: Context, reviewId: string): Promise<ReviewChoices | null> {
  const { actor, store } = context
  const { read } = store
  const review = await read.reviews.find(reviewId)
  if (!review || !can(actor, 'review.read', { kind: 'review', review })) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const strategy =
    workspace.currentStrategyId === null
      ? null
      : await read.strategies.find(workspace.currentStrategyId, actor.memberId)
  const readable = strategy && can(actor, 'strategy.read', { kind: 'strategy', strategy }) ? strategy : null
  const [items, boards, measures] = await Promise.all([
    readable ? read.strategyItems.list(readable.id) : [],
    read.boards.list(actor.workspaceId),
    read.measures.list(actor.workspaceId),
  ])
  // Whoever takes part from outside reads the review, and no boards.
  const mine = boards.filter((board) => can(actor, 'board.read', { kind: 'board', board }))
  const [activities, handOffs] = await Promise.all([
    read.activities.onBoards(mine.map(({ id }) => id)),
    read.activities.handOffsOf(mine.map(({ id }) => id)),
  ])
  const department = new Map(boards.map(({ id, departmentId }) => [id, departmentId]))
  const next = nextCycle(review.cycle)
  return {
    next,
    words: items.flatMap((item): ChangeableWords[] => {
      const { id: itemId, kind, code } = item
      const strategyId = item.strategyId
      if (kind === 'positioning')
        return item.details.parts.flatMap(({ name, lang, text }) =>
          slots.some((slot) => slot === name) && text !== ''
            ? [{ strategyId, itemId, kind, code, part: name, lang, words: text }]
            : [],
        )
      if (!changeable.includes(kind)) return []
      const own = [
        { name: 'title', text: item.title },
        { name: 'text', text: item.text },
        ...item.details.parts,
      ]
      const seen = new Set<string>()
      return own.flatMap(({ name, text }) => {
        if (text === '' || seen.has(name) || !parts.includes(name)) return []
        seen.add(name)
        return [{ strategyId, itemId, kind, code, part: name, lang: null, words: text }]
      })
    }),
    boards: boards.filter(({ archived }) => !archived).map(nameOf),
    measures: measures
      .filter(({ status }) => status === 'active')
      .map((measure) => ({
        id: measure.id,
        name: measure.name,
        unit: measure.unit,
        departmentId: measure.departmentId,
        target: targetFor(measure, review.cycle),
        nextTarget: measure.targets.find(({ cycle }) => cycle === next)?.value ?? null,
      })),
    activities: activities.slice(0, MOST_ACTIVITIES).flatMap(({ id, title, boardId }) => {
      const departmentId = department.get(boardId)
      return departmentId ? [{ id, title, departmentId }] : []
    }),
    handOffs: handOffs.map(({ id, title }) => ({ id, title })),
    items: items.flatMap((item): ReviewChoices['items'][number][] => {
      if (item.kind === 'positioning')
        return slots.map((slot) => ({
          ref: `${item.id}/${slot}`,
          kind: slot,
          code: null,
          title: item.details.parts.find(({ name }) => name === slot)?.text ?? '',
        }))
      return item.kind === 'handoff' || item.kind === 'intent'
        ? []
        : [
            {
              ref: item.id,
              kind: item.kind,
              code: item.code,
              title: item.title === '' ? item.text : item.title,
            },
          ]
    }),
  }
}
