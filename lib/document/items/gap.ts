import type { ItemFields } from './read-items'

/** How far it is from here to there, or null while one of the numbers is missing. Without the errors of binary fractions. */
export function distanceOf(fields: Pick<ItemFields, 'from' | 'to'>): number | null {
  const { from, to } = fields
  if (from === null || to === null) return null
  return Number((to - from).toPrecision(12))
}

/** The distance in hundredths of where it starts, or null where that says nothing. */
export function relativeDistanceOf(fields: Pick<ItemFields, 'from' | 'to'>): number | null {
  const distance = distanceOf(fields)
  if (distance === null || fields.from === null || fields.from === 0) return null
  return Number(((distance / Math.abs(fields.from)) * 100).toPrecision(6))
}
