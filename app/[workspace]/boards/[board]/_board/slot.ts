import type { Destination } from '@/lib/domain/activity'

/** Where the mark is now: to look for it would cost a walk through every card of the board. */
const shown = new WeakMap<HTMLElement, Element>()

/** Whether a place is shown: dropped now, the card would move. */
export const showsSlot = (board: HTMLElement): boolean => shown.has(board)

/**
 * Shows where a card would drop, by an attribute on the card below the place or on the list it ends. Written to the
 * page itself: drawing a column of hundreds for every step of a drag would be felt.
 */
export function showSlot(board: HTMLElement, to: Destination | null, moved?: string): void {
  shown.get(board)?.removeAttribute('data-drop')
  shown.delete(board)
  if (!to) return
  const list = board.querySelector(`[data-column="${CSS.escape(to.columnId)}"] .acts`)
  if (!list) return
  const lies = moved === undefined ? null : list.querySelector(`[data-card="${CSS.escape(moved)}"]`)
  const before = to.before === null ? null : list.querySelector(`[data-card="${CSS.escape(to.before)}"]`)
  // It lies there already: no second hole beside it.
  if (lies && (lies.nextElementSibling === before || (before === null && lies === list.lastElementChild)))
    return
  const mark = before ?? list
  mark.setAttribute('data-drop', before ? 'before' : 'end')
  shown.set(board, mark)
}
