import * as Y from 'yjs'
import { itemsOf } from '@/lib/document/items/read-items'
import { acceptChanges, rejectChanges } from '@/lib/document/suggest/apply'
import { branchOver, docOf } from '@/lib/document/suggest/branch-over'
import { type Change, changesOf } from '@/lib/document/suggest/changes-of'
import { followAccepted, followMain } from '@/lib/document/suggest/follow'
import { movesBetween } from '@/lib/domain/coherence/spoken'
import type { Language } from '@/lib/domain/language'
import { type Decision, endOf, mustBeOpen, type ProposalState } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import type { Serve } from '@/lib/domain/serves'
import type { Id } from '@/lib/kit/ids'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { leadBranch, SERVER } from './lead-branch'
import { tellInboxes, tellOfProposal } from './notify'
import { projectItems } from './project-items'
import { proposalFor } from './proposal-access'

/** What a decision keeps of long words: a card's worth. */
const KEPT = 2_000

export interface Decided {
  readonly decided: number
  /** Changes that say something else by now, or were decided by somebody else: nothing was done about them. */
  readonly missed: number
  readonly state: ProposalState
  /** Words others hang on that say something else now: whoever accepted may ask them. */
  readonly moved: readonly Serve[]
}

/**
 * Accepts or rejects chosen changes of a proposal, each as it was seen: one whose words have changed since has another
 * name and is passed over. What is accepted is written into the strategy in the author's name, after a version was
 * captured; the proposal keeps the rest. It ends when nothing is left in it and its author is not writing.
 */
export async function decideChanges(
  context: Context,
  input: { readonly proposalId: string; readonly changes: readonly string[]; readonly accept: boolean },
): Promise<Decided> {
  const { actor, store, live, clock } = context
  const { proposal: seen, strategy } = await proposalFor(
    context,
    store.read,
    input.proposalId,
    'proposal.decide',
  )
  mustBeOpen(seen)
  if (input.accept) await captureVersion(context, strategy.id, 'proposal')
  const ids = new Set(input.changes)
  let moved: readonly Serve[] = []
  const { told, ...result } = await leadBranch(store, seen.id, async (tx, proposal): Promise<AndTold> => {
    // Asked again with the row held: somebody may have decided, or the right may be gone.
    await proposalFor(context, tx, seen.id, 'proposal.decide')
    mustBeOpen(proposal)
    const author = await tx.members.find(proposal.author)
    if (!author) throw new Refusal('not_found')
    const chosen = input.accept
      ? await accept(author.userId)
      : await reject(await live.readDocument(strategy.documentId))
    const now = new Date(clock.now())
    const decisions = chosen.map(
      (change): Decision => ({
        changeId: change.id,
        accepted: input.accept,
        removed: change.removed.slice(0, KEPT),
        added: change.added.slice(0, KEPT),
        by: actor.memberId,
        at: now,
      }),
    )
    await tx.proposals.decided(proposal.id, decisions)
    const all = [...(await tx.proposals.decisions([proposal.id]))]
    const writing = live.presence(proposal.documentId).some(({ mayWrite }) => mayWrite)
    let state: ProposalState = 'open'
    if (chosen.length > 0 && !writing && (await left()) === 0) {
      state = endOf(all)
      await tx.proposals.close(proposal, { state, by: actor.memberId, at: now })
    }
    const told =
      chosen.length > 0 ? await tellOfProposal(tx, { proposal, strategy, by: actor.memberId, at: now }) : []
    return { decided: chosen.length, missed: ids.size - chosen.length, state, told }

    async function accept(userId: string): Promise<Brief[]> {
      const branch = await live.readDocument(proposal.documentId)
      const { value } = await live.edit(strategy.documentId, { userId, sessionId: null }, (doc) => {
        const before = Y.encodeStateAsUpdate(doc)
        const over = branchOver(branch, before)
        try {
          const wanted = changesOf(doc, over).filter(({ id }) => ids.has(id))
          acceptChanges(wanted)
          // Taken in the same breath: what somebody types a moment later is no part of what was accepted, and the
          // proposal must not take it for that.
          return { before, after: Y.encodeStateAsUpdate(doc), chosen: wanted.map(brief) }
        } finally {
          over.destroy()
        }
      })
      if (value.chosen.length === 0) return []
      moved = movedServes(value.before, value.after, strategy.language)
      const taken = new Set(value.chosen.map(({ id }) => id))
      const { value: putBack } = await live.edit(proposal.documentId, SERVER, (doc) =>
        followAccepted(doc, value.before, value.after, taken),
      )
      if (putBack || proposal.base) await tx.proposals.keepBase(proposal.id, value.after)
      return value.chosen
    }

    async function reject(main: Uint8Array): Promise<Brief[]> {
      const { value } = await live.edit(proposal.documentId, SERVER, (doc) => {
        followMain(doc, main, proposal.base)
        const strategyNow = docOf(main)
        try {
          const wanted = changesOf(strategyNow, doc).filter(({ id }) => ids.has(id))
          const chosen = wanted.map(brief)
          rejectChanges(wanted)
          return chosen
        } finally {
          strategyNow.destroy()
        }
      })
      if (proposal.base || value.some(({ removed }) => removed !== ''))
        await tx.proposals.keepBase(proposal.id, main)
      return value
    }

    async function left(): Promise<number> {
      const main = await live.readDocument(strategy.documentId)
      const over = branchOver(await live.readDocument(proposal.documentId), main)
      const before = docOf(main)
      const count = changesOf(before, over).length
      over.destroy()
      before.destroy()
      return count
    }
  })
  if (result.state !== 'open') live.revoke({ documentId: seen.documentId })
  // What they said before is kept with the rows, which would else follow half a second after this answer.
  if (moved.length > 0) await projectItems(context, strategy.documentId, { heal: false })
  live.publish(strategy.id, { type: 'proposals.changed', strategyId: strategy.id })
  live.publish(seen.id, { type: 'proposals.changed', strategyId: strategy.id })
  tellInboxes(live, seen.workspaceId, told)
  return { ...result, moved }
}

function movedServes(before: Uint8Array, after: Uint8Array, written: Language): Serve[] {
  const [was, is] = [docOf(before), docOf(after)]
  try {
    return movesBetween(itemsOf(was), itemsOf(is), written).map(({ spoken }) => spoken.serve)
  } finally {
    was.destroy()
    is.destroy()
  }
}

type AndTold = Omit<Decided, 'moved'> & { readonly told: readonly Id<'mem'>[] }

type Brief = Pick<Change, 'id' | 'removed' | 'added'>

/** Without its places: they belong to a document that is gone when the decision is written down. */
function brief({ id, removed, added }: Change): Brief {
  return { id, removed, added }
}
