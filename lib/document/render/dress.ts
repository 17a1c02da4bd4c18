import type { Language } from '@/lib/domain/language'
import { adviceOn } from '../items/advice'
import { type Item, wordsOf } from '../items/read-items'
import type { NamedItem } from './item-face'

/** What items have to know of one another to be drawn. */
export interface Company {
  readonly named: ReadonlyMap<string, NamedItem>
  /** Where the line is broken: pains no slot answers once slots have begun to cite, gaps without numbers. */
  readonly broken: ReadonlySet<string>
  /** Factors below the heading of their own area: the label beside them would only repeat it. */
  readonly atHome: ReadonlySet<string>
}

/** @param today `2026-12-31` */
export function companyOf(items: readonly Item[], today: string, written: Language): Company {
  const named = new Map<string, NamedItem>()
  for (const item of items) named.set(item.id, { kind: item.kind, code: item.code, title: firstWords(item) })
  const citing = items.some(
    (item) => item.kind === 'positioning' && item.parts.some((part) => part.refs.length > 0),
  )
  const broken = new Set<string>()
  for (const advice of adviceOn(items, today, written)) {
    if (advice.code === 'gap_without_numbers' || (citing && advice.code === 'pain_without_answer'))
      broken.add(advice.item)
  }
  const atHome = new Set<string>()
  for (const { id, kind, fields, headingArea } of items)
    if (kind === 'factor' && fields.area !== null && fields.area === headingArea) atHome.add(id)
  return { named, broken, atHome }
}

function firstWords(item: Item): string {
  return wordsOf(item, 'title') || wordsOf(item, 'text')
}
