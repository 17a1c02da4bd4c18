import type { BoardPage } from '@/lib/queries/board'

/** The board from the network: JSON knows no dates. Null: not there any more, or not ours. Throws when nobody answers. */
export async function readBoard(slug: string, boardId: string): Promise<BoardPage | null> {
  const response = await fetch(`/api/workspaces/${slug}/boards/${boardId}`, { cache: 'no-store' })
  if (response.status === 401 || response.status === 403 || response.status === 404) return null
  if (!response.ok) throw new Error(String(response.status))
  return revive((await response.json()) as BoardPage)
}

function revive(page: BoardPage): BoardPage {
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
