import type { BoardName } from '@/lib/queries/board'

/** Where a board is: by the kind of its department, which reads well, or by its id. */
export function boardHref(slug: string, { boardId, kind }: Pick<BoardName, 'boardId' | 'kind'>): string {
  return `/${slug}/boards/${kind ?? boardId}`
}

/** The same with the panel of one activity open. */
export function cardHref(
  slug: string,
  board: Pick<BoardName, 'boardId' | 'kind'>,
  activityId: string,
): string {
  return `${boardHref(slug, board)}?card=${activityId}`
}
