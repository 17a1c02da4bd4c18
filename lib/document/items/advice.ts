import type { Language } from '@/lib/domain/language'
import { slotWords } from './compose'
import { isExpired } from './expiry'
import { kinds, type Slot, slots } from './kinds'
import { type Item, wordsOf } from './read-items'

/** What the method would ask for next. A gap in the thinking, never an error: nothing waits for it. */
export type Advice =
  | { readonly code: 'no_segment_in_focus' }
  | { readonly code: 'segment_without_pain'; readonly item: string }
  | { readonly code: 'pain_without_answer'; readonly item: string }
  | { readonly code: 'gap_without_numbers'; readonly item: string }
  | { readonly code: 'factor_expired'; readonly item: string; readonly since: string }
  | { readonly code: 'slot_empty'; readonly item: string; readonly slot: Slot }
  | { readonly code: 'no_positioning' }
  | { readonly code: 'item_without_text'; readonly item: string }

export const adviceCodes = [
  'no_segment_in_focus',
  'segment_without_pain',
  'no_positioning',
  'slot_empty',
  'pain_without_answer',
  'gap_without_numbers',
  'factor_expired',
  'item_without_text',
] as const satisfies ReadonlyArray<Advice['code']>

/**
 * What is missing, in the order of the method. Only of what people have begun: an empty strategy gets no list of
 * everything it lacks, that is what the prompts in its chapters are for.
 * @param today `2026-12-31`
 */
export function adviceOn(items: readonly Item[], today: string, language: Language): Advice[] {
  const of = (kind: Item['kind']) => items.filter((item) => item.kind === kind)
  const advice: Advice[] = []
  const segments = of('segment')
  const pains = of('pain')
  const positionings = of('positioning')
  const focused = segments.filter((item) => item.fields.focus === 'yes')
  if (segments.length > 0 && focused.length === 0) advice.push({ code: 'no_segment_in_focus' })
  for (const segment of focused) {
    if (!pains.some((pain) => pain.fields.feltBy.includes(segment.id))) {
      advice.push({ code: 'segment_without_pain', item: segment.id })
    }
  }
  if (positionings.length === 0 && pains.length > 0) advice.push({ code: 'no_positioning' })
  for (const positioning of positionings) {
    const words = slotWords(positioning, language)
    for (const slot of slots) {
      if (words[slot] === '') advice.push({ code: 'slot_empty', item: positioning.id, slot })
    }
  }
  // Without any positioning every pain is unanswered, and saying it once is enough.
  for (const pain of positionings.length > 0 ? pains : []) {
    if (!positionings.some((positioning) => answers(positioning, pain))) {
      advice.push({ code: 'pain_without_answer', item: pain.id })
    }
  }
  for (const gap of of('gap')) {
    if (gap.fields.from === null || gap.fields.to === null) {
      advice.push({ code: 'gap_without_numbers', item: gap.id })
    }
  }
  for (const factor of of('factor')) {
    const since = factor.fields.validUntil
    if (since !== null && isExpired(factor, today)) {
      advice.push({ code: 'factor_expired', item: factor.id, since })
    }
  }
  for (const item of items) {
    if (item.kind === 'positioning') continue
    const said = kinds[item.kind].parts.includes('title') ? wordsOf(item, 'title') : ''
    if (said === '' && wordsOf(item, 'text') === '') advice.push({ code: 'item_without_text', item: item.id })
  }
  return advice
}

/** A slot answers a pain by citing it, or by naming it: its code, or the words of its title. */
function answers(positioning: Item, pain: Item): boolean {
  const title = plain(wordsOf(pain, 'title'))
  return positioning.parts.some((part) => {
    if (part.refs.includes(pain.id)) return true
    if (pain.code !== null && new RegExp(`(?<![A-Za-z0-9])${pain.code}(?!\\d)`).test(part.text)) return true
    // A title of two letters would be found in any sentence.
    return [...title].length >= 4 && plain(part.text).includes(title)
  })
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim()
}
