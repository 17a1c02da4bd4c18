import type { Destination } from '@/lib/domain/activity'

/**
 * Shows where a card would drop, by an attribute on the card below the place or on the list it ends. Written to the
 * page itself: drawing a column of hundreds for every step of a drag would be felt.
 */
export function showSlot(board: HTMLElement, to: Destination | null, moved?: string): void {
  for (const shown of board.querySelectorAll('[data-drop]')) shown.removeAttribute('data-drop')
  if (!to) return
  const list = board.querySelector(`[data-column="${CSS.escape(to.columnId)}"] .acts`)
  if (!list) return
  const lies = moved === undefined ? null : list.querySelector(`[data-card="${CSS.escape(moved)}"]`)
  const before = to.before === null ? null : list.querySelector(`[data-card="${CSS.escape(to.before)}"]`)
  // It lies there already: no second hole beside it.
  if (lies && (lies.nextElementSibling === before || (before === null && lies === list.lastElementChild)))
    return
  if (before) before.setAttribute('data-drop', 'before')
  else list.setAttribute('data-drop', 'end')
}
