import { rank } from '@/app/[workspace]/_shell/matching'
import { finds } from '../_views/finds'

/** How well an option answers what was typed, 0 for not at all: its name first, then whatever else it is found by. */
export function match(query: string, name: string, words = ''): number {
  if (query.trim() === '') return 1
  const byName = rank(query, name)
  if (byName > 0) return byName + 2
  // Pinyin and initials, too.
  if (finds(query, [name])) return 2
  return finds(query, [name, words]) ? 1 : 0
}
