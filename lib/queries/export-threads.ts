import type { Services } from '@/lib/commands/context'
import type { ThreadForExport } from '@/lib/document/exported'
import { isTextRoot } from '@/lib/document/roots'
import { plainComment } from '@/lib/domain/mention'

/** What was said about a strategy, thread by thread, in the order of the text. */
export async function threadsOfStrategy({ store }: Services, strategyId: string): Promise<ThreadForExport[]> {
  const [threads, said] = await Promise.all([
    store.read.threads.ofStrategy(strategyId),
    store.read.threads.saidInStrategy(strategyId),
  ])
  return threads.map((thread): ThreadForExport => {
    const { anchor, standing } = thread
    const outcome = standing.state === 'resolved' ? standing.outcome : null
    return {
      id: thread.id,
      anchor:
        anchor.kind === 'item'
          ? { kind: 'item', item: anchor.itemId, part: anchor.part }
          : { kind: 'words', root: isTextRoot(anchor.root) ? anchor.root : 'preface', quote: anchor.quote },
      resolved: standing.state === 'resolved',
      outcome: outcome?.kind ?? null,
      reason: outcome?.reason || null,
      onDeletedText: thread.onDeletedText,
      comments: said
        .filter(({ threadId }) => threadId === thread.id)
        .map(({ author, importedAuthor, createdAt, editedAt, deletedAt, text }) => ({
          author: importedAuthor ?? author.name ?? '—',
          at: createdAt.getTime(),
          editedAt: editedAt?.getTime() ?? null,
          text: deletedAt ? '' : plainComment(text),
        })),
    }
  })
}
