import { rank } from '@/app/[workspace]/_shell/matching'

/** How well an option answers what was typed, 0 for not at all: its name first, then whatever else it is found by. */
export function match(query: string, name: string, words = ''): number {
  if (query.trim() === '') return 1
  const byName = rank(query, name, words)
  return byName > 0 ? byName + 1 : Math.min(rank(query, words), 1)
}
