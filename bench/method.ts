import type { Figure } from './figures'
import { projection } from './method/projection'

/** What the method costs, without a browser: one file per measure in bench/method. */
const measures: ReadonlyArray<() => Promise<Figure[]>> = [projection]

export async function method(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const measure of measures) figures.push(...(await measure()))
  return figures
}
