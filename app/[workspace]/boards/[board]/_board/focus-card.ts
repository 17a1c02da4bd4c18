import type { BoardUi } from './board-ui'

/** Puts the focus on a card's title. One that lies far down a long column is drawn first. */
export function focusCard(ui: BoardUi, id: string): void {
  if (focused(id)) return
  ui.set({ active: id })
  requestAnimationFrame(() => focused(id))
}

function focused(id: string): boolean {
  const link = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] h3 a`)
  link?.focus({ preventScroll: true })
  link?.closest('.act')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return link !== null
}
