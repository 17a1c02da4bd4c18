import { generateKeyBetween } from 'fractional-indexing'

/** A key that sorts between two others (null: the open end). Compared byte by byte, in the browser and in SQL. */
export function orderKeyBetween(before: string | null, after: string | null): string {
  return generateKeyBetween(before, after)
}
