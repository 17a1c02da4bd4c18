import type { Writer } from '@/db/repositories'
import type { Store } from '@/db/store'
import { followMain } from '@/lib/document/suggest/follow'
import type { Proposal } from '@/lib/domain/proposal'
import { Refusal } from '@/lib/domain/refusal'
import type { Services } from './context'

export type LedBranch = Proposal & { readonly base: Uint8Array | null }

let last: Promise<unknown> = Promise.resolve()

/**
 * Works on a proposal's branch with its row held: what the strategy took and what the branch lets go of belong together,
 * and nobody may bring the strategy's news in between. One at a time in this process, for each holds a connection
 * while the engine needs others.
 */
export function leadBranch<T>(
  store: Store,
  proposalId: string,
  work: (tx: Writer, proposal: LedBranch) => Promise<T>,
): Promise<T> {
  const turn = last.then(() =>
    store.transact(async (tx) => {
      const proposal = await tx.proposals.lock(proposalId)
      if (!proposal) throw new Refusal('not_found')
      return work(tx, proposal)
    }),
  )
  last = turn.catch(() => undefined)
  return turn
}

/** Brings what happened in the strategy into the branch, so that the two differ by what is proposed and nothing else. */
export async function followStrategy(
  { store, live }: Pick<Services, 'store' | 'live'>,
  proposalId: string,
  strategyDocumentId: string,
): Promise<void> {
  await leadBranch(store, proposalId, async (tx, { id, documentId, base, state }) => {
    if (state !== 'open') return
    const main = await live.readDocument(strategyDocumentId)
    await live.edit(documentId, SERVER, (doc) => followMain(doc, main, base))
    if (base) await tx.proposals.keepBase(id, main)
  })
}

/** The server's own hand. Client ids of the strategy's writers become nobody's in the branch. */
export const SERVER = { userId: null, sessionId: null } as const
