import type { Item } from './read-items'

/** Days left until a factor is no longer believed; negative: since when. Null without a readable day. `today`: 2026-12-31. */
export function daysLeft(item: Pick<Item, 'fields'>, today: string): number | null {
  const { validUntil } = item.fields
  if (validUntil === null) return null
  return Math.round((Date.parse(`${validUntil}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
}

/** A factor is believed to the end of its last day. */
export function isExpired(item: Pick<Item, 'kind' | 'fields'>, today: string): boolean {
  const left = item.kind === 'factor' ? daysLeft(item, today) : null
  return left !== null && left < 0
}
