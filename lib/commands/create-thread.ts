import { anchorsOf } from '@/lib/document/comments/anchors'
import { type CommentRange, knowsRange, placeComment } from '@/lib/document/comments/place-comment'
import { docOf } from '@/lib/document/suggest/branch-over'
import { Refusal } from '@/lib/domain/refusal'
import { type Comment, cleanComment, cleanQuote, type Thread } from '@/lib/domain/thread'
import { type Id, newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { tellInboxes } from './notify'
import { limit, limitKey } from './rate-limit'
import { COMMENTS, tellOfComment } from './say-in-thread'
import { strategyFor } from './thread-access'

/** Beyond this nobody could read them, and every page would carry them. */
const MOST_THREADS = 5_000

export type NewAnchor =
  | { readonly kind: 'words'; readonly range: CommentRange; readonly quote: string }
  | { readonly kind: 'item'; readonly itemId: string; readonly part: string | null }

/**
 * Begins an argument about some words or an item. The row comes first, as one whose words are not in the text; then
 * the server marks the words in the live document and the row learns where they are. Whatever fails or dies between
 * the two leaves a row that says the truth, and the pass over the anchors finds a mark whose row was not told.
 * Refuses `anchor_unknown` when the words have not arrived at the server yet: nothing was written then.
 */
export async function createThread(
  context: Context,
  input: { readonly strategyId: string; readonly anchor: NewAnchor; readonly text: string },
): Promise<{ readonly id: Id<'thr'>; readonly onDeletedText: boolean }> {
  const { actor, store, live, clock } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'strategy.comment')
  const text = cleanComment(input.text)
  const now = new Date(clock.now())
  await limit(store, limitKey('comment', actor.memberId), COMMENTS, clock.now())

  const id = newId('thr')
  const { anchor } = input
  const thread: Thread = {
    id,
    workspaceId: strategy.workspaceId,
    strategyId: strategy.id,
    anchor:
      anchor.kind === 'words'
        ? { kind: 'words', root: '', quote: cleanQuote(anchor.quote), itemId: null, part: null }
        : { kind: 'item', root: '', quote: '', itemId: anchor.itemId, part: anchor.part },
    positioning: false,
    onDeletedText: true,
    standing: { state: 'open' },
    revision: 1,
    createdBy: actor.memberId,
    createdAt: now,
  }
  const comment: Comment = {
    id: newId('com'),
    threadId: id,
    memberId: actor.memberId,
    text,
    createdAt: now,
    editedAt: null,
    deletedAt: null,
  }
  await store.transact(async (tx) => {
    // Asked again inside: the right may have gone since.
    await strategyFor(context, tx, input.strategyId, 'strategy.comment')
    if ((await tx.threads.count(strategy.id)) >= MOST_THREADS) throw new Refusal('quota')
    await tx.threads.add(thread)
    await tx.threads.addComment(comment)
  })

  let placed: ReturnType<typeof lay>
  try {
    placed = (await live.edit(strategy.documentId, { userId: null, sessionId: null }, lay)).value
  } catch (error) {
    await store.transact((tx) => tx.threads.remove(id))
    throw error
  }
  if (placed === 'unknown') {
    await store.transact((tx) => tx.threads.remove(id))
    if (anchor.kind === 'item') throw new Refusal('not_found')
    throw new Refusal(
      (await onlySuggested(context, strategy.id, anchor.range)) ? 'words_suggested' : 'anchor_unknown',
    )
  }
  const told = await store.transact(async (tx) => {
    if (placed !== null) {
      const { root, quote, itemId, positioning, place } = placed
      const part = anchor.kind === 'item' ? anchor.part : placed.part
      await tx.threads.found({ id, root, quote, itemId, part, positioning, place })
    }
    return tellOfComment(tx, { strategy, comment })
  })
  live.publish(strategy.id, { type: 'threads.changed', strategyId: strategy.id, threadId: id })
  tellInboxes(live, strategy.workspaceId, told)
  return { id, onDeletedText: placed === null }

  /** Where it lies then; null: the words are gone. May run twice, and does the same then. */
  function lay(doc: Parameters<typeof placeComment>[0]) {
    if (anchor.kind === 'item') return anchorsOf(doc).items.get(anchor.itemId) ?? ('unknown' as const)
    const outcome = placeComment(doc, anchor.range, id)
    if (outcome === 'unknown') return outcome
    return outcome === 'gone' ? null : (anchorsOf(doc).threads.get(id) ?? null)
  }
}

/** Whether these words stand in what the actor suggests, and nowhere in the strategy. */
async function onlySuggested(
  { actor, store, live }: Context,
  strategyId: string,
  range: CommentRange,
): Promise<boolean> {
  const proposal = await store.read.proposals.openOf(strategyId, actor.memberId)
  if (!proposal) return false
  const branch = docOf(await live.readDocument(proposal.documentId))
  const known = knowsRange(branch, range)
  branch.destroy()
  return known
}
