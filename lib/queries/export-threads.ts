import type { Services } from '@/lib/commands/context'
import type { ThreadForExport } from '@/lib/document/exported'
import { isTextRoot } from '@/lib/document/roots'
import { plainComment } from '@/lib/domain/mention'
import { reactions, type Standing } from '@/lib/domain/thread'

/**
 * What was said about a strategy, thread by thread, in the order of the text.
 * @param measures whether the reader may read measures: what is tried is watched on one
 */
export async function threadsOfStrategy(
  { store }: Services,
  strategyId: string,
  measures: boolean,
): Promise<ThreadForExport[]> {
  const [threads, said, given] = await Promise.all([
    store.read.threads.ofStrategy(strategyId),
    store.read.threads.saidInStrategy(strategyId),
    store.read.threads.reactionsByName(strategyId),
  ])
  const watching = threads.find(({ standing }) => watchOf(standing)?.measureId)
  const named = new Map<string, string>(
    measures && watching
      ? (await store.read.measures.list(watching.workspaceId)).map(({ id, name }) => [id, name])
      : [],
  )
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
      until: watchOf(standing)?.until || null,
      measure: named.get(watchOf(standing)?.measureId ?? '') ?? null,
      onDeletedText: thread.onDeletedText,
      comments: said
        .filter(({ threadId }) => threadId === thread.id)
        .map(({ id, author, importedAuthor, importedReactions, createdAt, editedAt, deletedAt, text }) => ({
          author: importedAuthor ?? author.name ?? '—',
          at: createdAt.getTime(),
          editedAt: editedAt?.getTime() ?? null,
          text: deletedAt ? '' : plainComment(text),
          reactions: reactions.flatMap((reaction) => {
            const by = [
              ...(importedReactions?.find((one) => one.reaction === reaction)?.by ?? []),
              ...given
                .filter((one) => one.commentId === id && one.reaction === reaction)
                .map(({ name }) => name ?? '—'),
            ]
            return by.length > 0 ? [{ reaction, by }] : []
          }),
        })),
    }
  })
}

function watchOf(standing: Standing) {
  return standing.state === 'resolved' && standing.outcome?.kind === 'watch' ? standing.outcome : null
}
