import type { TextRoot } from '@/lib/document/roots'
import { fitsIn } from '../../_items/kinds-in'
import { isItemId, type SlashId, type SlashItem, slashItems } from './items'

export interface SlashPlace {
  readonly root: TextRoot
  /** Inside an item only items can follow: its lines hold no blocks. */
  readonly inItem: boolean
}

/**
 * The items a query asks for, best first: by name in either language, by pinyin (`biaoge`, `biao ge`, `biao'ge`) or
 * its initials (`bg`). An empty query gives all: what was used last, then what the chapter is made of, then the rest.
 */
export function matchItems(
  query: string,
  recent: readonly SlashId[],
  place: SlashPlace | null = null,
): readonly SlashItem[] {
  const wanted = plain(query)
  const offered = place?.inItem ? slashItems.filter((item) => isItemId(item.id)) : slashItems
  const rank = (item: SlashItem) => {
    const at = recent.indexOf(item.id)
    if (at === 0) return -1
    // Only the last one goes before: what is used every day must not push what belongs here out of sight.
    const fits = place !== null && isItemId(item.id) && fitsIn(item.id, place.root)
    const misfit = isItemId(item.id) && !fits
    return (fits ? 0 : misfit ? 200 : 100) + (at < 0 ? recent.length : at)
  }
  if (wanted === '') return [...offered].sort((a, b) => rank(a) - rank(b))
  return offered
    .map((item) => ({ item, score: score(item, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || rank(a.item) - rank(b.item))
    .map(({ item }) => item)
}

function score(item: SlashItem, wanted: string): number {
  let best = 0
  for (const [i, name] of item.en.entries()) best = Math.max(best, of(plain(name), wanted, i))
  for (const word of item.en[0]?.split(' ').slice(1) ?? []) best = Math.max(best, of(plain(word), wanted, 1))
  for (const [i, name] of item.zh.entries()) {
    best = Math.max(best, of(name, wanted, i))
    if (name.includes(wanted)) best = Math.max(best, 2)
  }
  for (const [i, name] of item.pinyin.entries()) {
    const syllables = name.split(' ')
    best = Math.max(best, of(syllables.join(''), wanted, i))
    best = Math.max(best, of(syllables.map((syllable) => syllable.charAt(0)).join(''), wanted, i))
    // From a later syllable on: `lb` and `liebiao` find every list.
    for (let from = 1; from < syllables.length; from += 1) {
      const rest = syllables.slice(from)
      if (rest.join('').startsWith(wanted)) best = Math.max(best, 2)
      if (wanted.length > 1 && rest.map((syllable) => syllable.charAt(0)).join('') === wanted)
        best = Math.max(best, 2)
    }
  }
  return best
}

/** Whole 6, beginning 4; other names than the first a little less. */
function of(name: string, wanted: string, index: number): number {
  const less = index === 0 ? 0 : 1
  if (name === wanted) return 6 - less
  return name.startsWith(wanted) ? 4 - less : 0
}

/** Input methods put spaces and apostrophes between the syllables they compose. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s'’-]+/g, '')
}
