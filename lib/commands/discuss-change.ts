import * as Y from 'yjs'
import type { CommentRange } from '@/lib/document/comments/place-comment'
import type { Origin, PaperNode } from '@/lib/document/diff/read'
import { wordsOf } from '@/lib/document/diff/read'
import { branchOver, docOf } from '@/lib/document/suggest/branch-over'
import { type Change, changesOf, charAt } from '@/lib/document/suggest/changes-of'
import { Refusal } from '@/lib/domain/refusal'
import { type Id, isId } from '@/lib/kit/ids'
import type { Context } from './context'
import { createThread, type NewAnchor } from './create-thread'
import { proposalFor } from './proposal-access'

/** Where a change only brings words, the thread lies on so many beside them. UTF-16 units. */
const BESIDE = 32

/** Begins the argument about one change, on the strategy's own words. */
export async function discussChange(
  context: Context,
  input: { readonly proposalId: string; readonly changeId: string; readonly text: string },
): Promise<{ readonly id: Id<'thr'> }> {
  const { store, live } = context
  const { proposal, strategy } = await proposalFor(context, store.read, input.proposalId, 'strategy.comment')
  const known = (await store.read.proposals.threads([proposal.id])).find(
    ({ changeId }) => changeId === input.changeId,
  )
  if (known) throw new Refusal('conflict')
  const main = await live.readDocument(strategy.documentId)
  const before = docOf(main)
  const over = branchOver(await live.readDocument(proposal.documentId), main)
  let anchor: NewAnchor | null
  try {
    const change = changesOf(before, over).find(({ id }) => id === input.changeId)
    if (!change) throw new Refusal('conflict')
    anchor = anchorOf(change)
  } finally {
    before.destroy()
    over.destroy()
  }
  if (!anchor) throw new Refusal('anchor_unknown')
  const { id } = await createThread(context, { strategyId: strategy.id, anchor, text: input.text })
  await store.transact((tx) => tx.proposals.discuss(proposal.id, input.changeId, id))
  live.publish(strategy.id, { type: 'proposals.changed', strategyId: strategy.id })
  return { id }
}

function anchorOf({ parts }: Change): NewAnchor | null {
  for (const part of parts) {
    if (part.kind === 'words' || part.kind === 'look') {
      const [from, to] = part.was
      const length = wordsOf(part.before).length
      const found =
        to > from
          ? onWords(part.before, from, to)
          : onWords(part.before, Math.max(0, from - BESIDE), Math.min(length, to + BESIDE))
      if (found) return found
    }
    const node = part.kind === 'in' ? part.place.after : part.before
    const itemId = node?.name === 'item' ? node.attrs.id : null
    if (isId('itm', itemId)) return { kind: 'item', itemId, part: null }
    const line = node && firstLine(node)
    const found = line && onWords(line, 0, wordsOf(line).length)
    if (found) return found
  }
  return null
}

function firstLine(node: PaperNode): PaperNode | null {
  if (node.text.length > 0) return node
  for (const child of node.children) {
    const found = firstLine(child)
    if (found) return found
  }
  return null
}

/** An anchor on some words of a line, by the letters they are. */
export function onWords(node: PaperNode, from: number, to: number): NewAnchor | null {
  const first = charAt(node, from)
  const last = charAt(node, to - 1)
  if (!first || !last) return null
  const range: CommentRange = { start: beside(first, 0), end: beside(last, -1) }
  return { kind: 'words', range, quote: wordsOf(node).slice(from, to) }
}

function beside({ client, clock }: Origin, side: 0 | -1): Uint8Array {
  return Y.encodeRelativePosition(new Y.RelativePosition(null, null, Y.createID(client, clock), side))
}
