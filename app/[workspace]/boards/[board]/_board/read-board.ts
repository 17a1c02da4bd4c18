import type { BoardAgain } from '@/lib/queries/board'

/**
 * The board from the network, without its cards when they are those `known` is the stamp of: JSON knows no dates. Null:
 * not there any more, or not ours. Throws when nobody answers.
 */
export async function readBoard(slug: string, boardId: string, known: string): Promise<BoardAgain | null> {
  const response = await fetch(`/api/workspaces/${slug}/boards/${boardId}?known=${known}`, {
    cache: 'no-store',
  })
  if (response.status === 401 || response.status === 403 || response.status === 404) return null
  if (!response.ok) throw new Error(String(response.status))
  return revive((await response.json()) as BoardAgain)
}

function revive(page: BoardAgain): BoardAgain {
  return {
    ...page,
    requests: page.requests.map((request) => ({
      ...request,
      at: new Date(request.at),
      answer:
        'at' in request.answer ? { ...request.answer, at: new Date(request.answer.at) } : request.answer,
    })),
  }
}
