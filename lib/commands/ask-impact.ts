import { readWorld } from '@/db/world'
import { impactOf } from '@/lib/domain/coherence/impact'
import { MOST_SPOKEN } from '@/lib/domain/coherence/spoken'
import { answerImpact as answered, type Impact, type ImpactQuestion } from '@/lib/domain/impact'
import { can, permit } from '@/lib/domain/permissions'
import { cleanText } from '@/lib/domain/plain-text'
import { Refusal } from '@/lib/domain/refusal'
import { readServe, serve as serveOf } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { actorNow } from './board-access'
import { clickOf, tellCards } from './change-activities'
import type { Context } from './context'
import { saveActivities } from './keep-change'
import { tellInboxes } from './notify'
import { projectItems } from './project-items'
import { forgetImpact, tellOfImpact } from './tell-of-boards'
import { strategyFor } from './thread-access'

/**
 * Words that others hang on have changed: asks whoever serves them whether their work is still right. An open question
 * about the same words is replaced. Null where nobody is to be asked, or the words are the same.
 */
export async function askImpact(
  context: Context,
  input: { readonly strategyId: string; readonly serve: string; readonly was: string; readonly now: string },
): Promise<{ readonly impact: Impact; readonly asked: number } | null> {
  const { store, live, clock } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'impact.ask')
  const read = readServe(input.serve)
  if (!read) throw new Refusal('invalid_input', { field: 'serve' })
  const was = cleanText(input.was, { field: 'was', max: MOST_SPOKEN })
  const now = cleanText(input.now, { field: 'now', max: MOST_SPOKEN })
  if (was === now) return null
  await catchUp(context, strategy.documentId)
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const world = await readWorld(store.read, {
    workspaceId: strategy.workspaceId,
    strategyId: strategy.id,
    today,
  })
  const view = impactOf(world, serveOf(read.itemId, read.slot))
  if (!view) throw new Refusal('not_found')
  if (view.activities.length === 0) return null
  const impact: Impact = {
    id: newId('imp'),
    workspaceId: strategy.workspaceId,
    strategyId: strategy.id,
    serve: serveOf(read.itemId, read.slot),
    was,
    now,
    by: context.actor.memberId,
    at: new Date(clock.now()),
  }
  const told = new Set<Id<'mem'>>()
  await store.transact(async (tx) => {
    await actorNow(tx, context)
    await strategyFor(context, tx, strategy.id, 'impact.ask')
    const older = (await tx.impacts.list(strategy.workspaceId)).filter(({ serve }) => serve === impact.serve)
    await tx.impacts.supersede(strategy.workspaceId, impact.serve)
    await tx.impacts.settleWords(strategy.id, [impact.serve])
    await tx.impacts.add(
      impact,
      view.activities.map(({ activityId }) => activityId),
    )
    await tellOfImpact(
      tx,
      { by: impact.by, at: impact.at, workspaceId: strategy.workspaceId, told },
      {
        impactId: impact.id,
        activityIds: view.activities.map(({ activityId }) => activityId),
        older: older.map(({ id }) => id),
      },
    )
  })
  tellInboxes(live, strategy.workspaceId, told)
  live.publish(strategy.workspaceId, { type: 'impacts.changed', impactId: impact.id })
  return { impact, asked: view.activities.length }
}

/** Words that changed and about which nobody need be asked: they are what was said from now on. */
export async function leaveWords(
  context: Context,
  input: { readonly strategyId: string; readonly serve: string },
): Promise<void> {
  const { store } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'impact.ask')
  const read = readServe(input.serve)
  if (!read) throw new Refusal('invalid_input', { field: 'serve' })
  await catchUp(context, strategy.documentId)
  await store.transact(async (tx) => {
    await actorNow(tx, context)
    await strategyFor(context, tx, strategy.id, 'impact.ask')
    await tx.impacts.settleWords(strategy.id, [serveOf(read.itemId, read.slot)])
  })
}

/** Rows follow the text by half a second: what is settled must be all that was seen, or its end would move anew. */
async function catchUp(context: Context, documentId: string): Promise<void> {
  await projectItems(context, documentId, { heal: false })
}

/**
 * Still right, to be adapted, or to be stopped: the word of the activity's owner or of its department. Stopping stops
 * it, with the note as the reason, where the actor may change the board.
 */
export async function answerImpact(
  context: Context,
  input: {
    readonly impactId: string
    readonly activityId: string
    readonly answer: string
    readonly note?: string | undefined
  },
): Promise<ImpactQuestion> {
  const { store, live, clock } = context
  const click = clickOf(context, 'edited', input.note)
  const done = await store.transact(async (tx) => {
    const impact = await tx.impacts.find(input.impactId)
    const activity = await tx.activities.find(input.activityId)
    if (!activity || impact?.workspaceId !== context.actor.workspaceId) throw new Refusal('not_found')
    const board = must(await tx.boards.lock(activity.boardId), 'an activity lies on a board')
    const actor = await actorNow(tx, context)
    const subject = { kind: 'board', board } as const
    permit(actor, 'board.read', subject)
    if (activity.ownerId !== actor.memberId) permit(actor, 'impact.answer', subject)
    const question = await tx.impacts.question(impact.id, activity.id)
    if (!question) throw new Refusal('not_found')
    const next = answered(question, {
      answer: input.answer,
      note: input.note ?? '',
      by: actor.memberId,
      at: new Date(clock.now()),
    })
    await tx.impacts.answer(next)
    await forgetImpact(tx, click, activity.id)
    const before = must(await tx.activities.find(activity.id), 'activities are never deleted')
    const stops = next.answer === 'stop' && before.halt !== 'stopped' && can(actor, 'activity.edit', subject)
    const saved = stops
      ? await saveActivities(tx, click, [{ before, after: { ...before, halt: 'stopped' as const } }])
      : []
    return { next, saved }
  })
  if (done.saved.length > 0) tellCards(live, done.saved)
  tellInboxes(live, context.actor.workspaceId, click.told)
  live.publish(context.actor.workspaceId, { type: 'impacts.changed', impactId: input.impactId })
  return done.next
}
