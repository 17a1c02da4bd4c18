import type { ProposalAuthor } from '@/db/repositories/proposals'
import type { Context } from '@/lib/commands/context'
import { branchOver, docOf } from '@/lib/document/suggest/branch-over'
import { changesOf } from '@/lib/document/suggest/changes-of'
import { type ChangeView, viewChange } from '@/lib/document/suggest/view'
import { can, permit } from '@/lib/domain/permissions'
import { MOST_CHANGES, type ProposalState } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import type { Id } from '@/lib/kit/ids'

export interface ProposalView {
  readonly id: Id<'prp'>
  readonly by: ProposalAuthor
  readonly why: string | null
  readonly mine: boolean
  /** Milliseconds since 1970, like every moment here. */
  readonly at: number
  /** Null: it cannot be read any more, whatever was written into it. */
  readonly changes: readonly (ChangeView & { readonly threadId: string | null })[] | null
  /** How many were decided already. */
  readonly accepted: number
  readonly rejected: number
}

export interface ClosedProposal {
  readonly id: Id<'prp'>
  readonly by: ProposalAuthor
  readonly why: string | null
  readonly state: Exclude<ProposalState, 'open'>
  readonly at: number
  readonly decisions: readonly {
    readonly accepted: boolean
    readonly removed: string
    readonly added: string
  }[]
}

export interface ProposalsView {
  readonly open: readonly ProposalView[]
  readonly closed: readonly ClosedProposal[]
  readonly mayDecide: boolean
  readonly mayPropose: boolean
  readonly mayComment: boolean
}

const CLOSED_SHOWN = 20

interface Read {
  readonly key: string
  readonly changes: readonly ChangeView[] | null
}

/** What was read last, by proposal: a page asks again after every pause in somebody's typing. */
const read = new Map<string, Read>()
const KEPT = 200

/** What is proposed in a strategy: everybody who may read it sees all of it. Empty proposals are not shown to others. */
export async function strategyProposals(context: Context, strategyId: string): Promise<ProposalsView> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  const subject = { kind: 'strategy', strategy } as const
  permit(actor, 'strategy.read', subject)
  const [open, closed, seq] = await Promise.all([
    store.read.proposals.open(strategy.id),
    store.read.proposals.closed(strategy.id, CLOSED_SHOWN),
    store.read.documents.seq(strategy.documentId),
  ])
  const [decisions, threads] = await Promise.all([
    store.read.proposals.decisions([...open, ...closed].map(({ id }) => id)),
    store.read.proposals.threads(open.map(({ id }) => id)),
  ])
  let main: Uint8Array | null = null
  const views: ProposalView[] = []
  for (const proposal of open) {
    const key = `${seq} ${await store.read.documents.seq(proposal.documentId)}`
    let known = read.get(proposal.id)
    if (known?.key !== key) {
      main ??= await live.readDocument(strategy.documentId)
      known = { key, changes: changesIn(main, await live.readDocument(proposal.documentId)) }
      read.delete(proposal.id)
      read.set(proposal.id, known)
      for (const oldest of read.keys()) {
        if (read.size <= KEPT) break
        read.delete(oldest)
      }
    }
    const { changes } = known
    const mine = proposal.author === actor.memberId
    if (!mine && changes?.length === 0) continue
    const own = decisions.filter(({ proposalId }) => proposalId === proposal.id)
    views.push({
      id: proposal.id,
      by: proposal.by,
      why: proposal.why,
      mine,
      at: proposal.createdAt.getTime(),
      changes:
        changes?.map((change) => ({
          ...change,
          threadId:
            threads.find((one) => one.proposalId === proposal.id && one.changeId === change.id)?.threadId ??
            null,
        })) ?? null,
      accepted: own.filter(({ accepted }) => accepted).length,
      rejected: own.filter(({ accepted }) => !accepted).length,
    })
  }
  return {
    open: views,
    closed: closed.flatMap((proposal) => {
      const { id, by, why, state, closedAt } = proposal
      if (state === 'open' || closedAt === null) return []
      const own = decisions.filter(({ proposalId }) => proposalId === id)
      return [
        {
          id,
          by,
          why,
          state,
          at: closedAt.getTime(),
          decisions: own.map(({ accepted, removed, added }) => ({ accepted, removed, added })),
        },
      ]
    }),
    mayDecide: can(actor, 'proposal.decide', subject),
    mayPropose: can(actor, 'proposal.create', subject),
    mayComment: can(actor, 'strategy.comment', subject),
  }
}

/** Null: whatever was written into the branch cannot be compared. The strategy is none the worse for it. */
function changesIn(main: Uint8Array, branch: Uint8Array): ChangeView[] | null {
  const before = docOf(main)
  let over: ReturnType<typeof branchOver> | null = null
  try {
    over = branchOver(branch, main)
    return changesOf(before, over).slice(0, MOST_CHANGES).map(viewChange)
  } catch {
    return null
  } finally {
    before.destroy()
    over?.destroy()
  }
}
