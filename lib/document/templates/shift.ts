import { addMonths } from '@/lib/domain/day-text'

/**
 * A text of the example company so many quarters later (or earlier): its days, moments and quarters, nothing else. Whole
 * quarters, so that what fell into the middle of one still does.
 */
export function shiftQuarters(text: string, quarters: number): string {
  if (quarters === 0) return text
  return text
    .replace(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g, (day) => addMonths(day, quarters * 3))
    .replace(
      /(?<!\d)(\d{4})(-Q|_q)([1-4])(?!\d)/g,
      (_all, year: string, between: string, quarter: string) => {
        const at = Number(year) * 4 + Number(quarter) - 1 + quarters
        return `${Math.floor(at / 4)}${between}${(at % 4) + 1}`
      },
    )
}
