import { type SlashId, slashIds } from './slash/items'

const KEY = 'throughline.slash'
const KEPT = 5

/** The blocks this person inserted last on this device. */
export function recentItems(): readonly SlashId[] {
  try {
    const kept = (localStorage.getItem(KEY) ?? '').split(' ')
    return slashIds.filter((id) => kept.includes(id)).sort((a, b) => kept.indexOf(a) - kept.indexOf(b))
  } catch {
    return []
  }
}

export function rememberItem(id: SlashId): void {
  try {
    localStorage.setItem(KEY, [id, ...recentItems().filter((other) => other !== id)].slice(0, KEPT).join(' '))
  } catch {
    // Storage is full or forbidden: the menu keeps its usual order.
  }
}
