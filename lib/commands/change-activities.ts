import type { Writer } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Activity } from '@/lib/domain/activity'
import type { Actor } from '@/lib/domain/actor'
import { cardOf } from '@/lib/domain/card'
import type { ChangeVerb } from '@/lib/domain/change'
import type { Action } from '@/lib/domain/permissions'
import { cleanScopeReason } from '@/lib/domain/scope'
import { type Id, newId } from '@/lib/kit/ids'
import { holdActivity, unlessStale } from './board-access'
import type { Context, Live } from './context'
import { type Click, saveActivities } from './keep-change'

import { tellInboxes } from './notify'
import { asksReason } from './scope-reason'

/** What a command did: the thing as it is now, and the id under which it can be undone; null: nothing changed. */
export interface Done<T> {
  readonly value: T
  readonly undo: Id<'chg'> | null
  /** The plan of the quarter is sealed, this changed it, and nobody said why: ask, and answer with `giveReason`. */
  readonly asksReason?: boolean
}

/** The click of this moment. */
export function clickOf(
  { actor, clock }: Context,
  verb: ChangeVerb,
  reason?: string | null | undefined,
): Click {
  return {
    id: newId('chg'),
    workspaceId: actor.workspaceId,
    by: actor.memberId,
    at: new Date(clock.now()),
    verb,
    reason: cleanScopeReason(reason),
    told: new Set(),
  }
}

/**
 * The walk of every change of one activity: hold its board, ask whether the actor may, look whether it is still the
 * one they saw, apply the rule, save it with its history, and tell every open board.
 */
export async function changeActivity(
  context: Context,
  what: {
    readonly activityId: string
    /** What the actor saw; left out by changes that suit any state, like ticking an item. */
    readonly revision?: number | undefined
    readonly action: Action
    readonly verb: ChangeVerb
    readonly reason?: string | null | undefined
  },
  rule: (
    activity: Activity,
    held: { readonly tx: Writer; readonly actor: Actor; readonly board: BoardInChain },
  ) => Activity | Promise<Activity>,
): Promise<Done<Activity>> {
  const click = clickOf(context, what.verb, what.reason)
  const { activity, saved, asks } = await context.store.transact(async (tx) => {
    const { activity, actor, board } = await holdActivity(tx, context, what.activityId, what.action)
    unlessStale(activity, what.revision)
    const after = await rule(activity, { tx, actor, board })
    const [saved] = await saveActivities(tx, click, [{ before: activity, after }])
    return { activity, saved, asks: await asksReason(tx, click, [{ before: activity, after }]) }
  })
  if (!saved) return { value: activity, undo: null }
  tellCards(context.live, [saved])
  tellInboxes(context.live, click.workspaceId, click.told)
  return { value: saved, undo: click.id, asksReason: asks }
}

/**
 * After the commit: open boards get the cards themselves, the workspace only hears that a board changed. A card that
 * went to another board is told there and where it was.
 */
export function tellCards(live: Live, changed: readonly Activity[], also: readonly string[] = []): void {
  const boards = new Set([...changed.map(({ boardId }) => boardId as string), ...also])
  // A message of thousands of cards would stall every listener: beyond this they read the board again.
  const many = changed.length > 200
  const cards = many ? [] : changed.map(cardOf)
  for (const boardId of boards) {
    live.publish(
      boardId,
      many
        ? { type: 'beside.changed', boardId, what: 'everything', activityId: null }
        : { type: 'cards.changed', boardId, cards },
    )
  }
  for (const { workspaceId } of changed.slice(0, 1))
    for (const boardId of boards) live.publish(workspaceId, { type: 'board.changed', boardId })
}
