import type { Writer } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Activity } from '@/lib/domain/activity'
import type { Actor } from '@/lib/domain/actor'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Context } from './context'

/** A board held until the transaction ends, and the actor with the rights of this moment. */
export interface Held {
  readonly actor: Actor
  readonly board: BoardInChain
}

/** The rights as they are now: they may have been lowered since the request came in, or while we waited for a lock. */
export async function actorNow(tx: Writer, { actor }: Context): Promise<Actor> {
  const now = await tx.members.actor(actor.workspaceId, actor.userId, actor.sessionId)
  if (!now) throw new Refusal('not_found')
  return now
}

/** Holds the board, if the actor may do this on it. One of another workspace is not there. */
export async function holdBoard(
  tx: Writer,
  context: Context,
  boardId: string,
  action: Action,
): Promise<Held> {
  const board = await tx.boards.lock(boardId)
  if (!board) throw new Refusal('not_found')
  const actor = await actorNow(tx, context)
  permit(actor, action, { kind: 'board', board })
  return { actor, board }
}

/**
 * Holds several boards, always in the order of their ids: of two who move cards both ways one waits, and neither for
 * ever.
 */
export async function holdBoards(
  tx: Writer,
  boardIds: Iterable<string>,
): Promise<ReadonlyMap<string, BoardInChain>> {
  const ids = [...new Set(boardIds)]
  const held = new Map<string, BoardInChain>((await tx.boards.lockAll(ids)).map((board) => [board.id, board]))
  if (ids.some((id) => !held.has(id))) throw new Refusal('not_found')
  return held
}

/** The activity with its board held, if the actor may do this to it. */
export async function holdActivity(
  tx: Writer,
  context: Context,
  activityId: string,
  action: Action,
): Promise<Held & { readonly activity: Activity }> {
  const seen = await tx.activities.find(activityId)
  if (!seen || seen.workspaceId !== context.actor.workspaceId) throw new Refusal('not_found')
  const held = await holdBoard(tx, context, seen.boardId, action)
  const activity = await tx.activities.find(activityId)
  // Moved to another department while we waited for this board.
  if (activity?.boardId !== seen.boardId) throw new Refusal('conflict')
  return { ...held, activity }
}

/** Refuses a change of something that was another one when the actor looked at it. */
export function unlessStale(row: { readonly revision: number }, seen: number | undefined): void {
  if (seen !== undefined && seen !== row.revision) throw new Refusal('conflict', { revision: row.revision })
}
