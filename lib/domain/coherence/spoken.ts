import type { Id } from '@/lib/kit/ids'
import type { Language } from '../language'
import { type Serve, type Slot, serve, slots } from '../serves'
import { type ItemFields, type ItemKind, MOST_WORDS } from '../strategy-item'

/** Words that others hang on: a slot of the positioning, or what a difficulty says. */
export interface Spoken {
  readonly serve: Serve
  readonly itemId: Id<'itm'>
  readonly slot: Slot | null
  readonly words: string
}

/** As much of an item as its words need. */
export interface Speaker {
  readonly id: string
  readonly kind: ItemKind
  readonly parts: readonly { readonly name: string; readonly lang: Language | null; readonly text: string }[]
  readonly fields: Pick<ItemFields, 'from' | 'to' | 'unit'>
}

/** Characters that the words others hang on can have: a title, a text and the way of a gap between two numbers. */
export const MOST_SPOKEN = 2 * MOST_WORDS + 200

/** The kinds whose words others hang on. */
export const speakers = ['positioning', 'segment', 'pain', 'gap'] as const satisfies readonly ItemKind[]

/** What an item says as far as others hang on it; nothing for kinds that nobody serves. */
export function spokenBy(item: Speaker, written: Language): readonly Spoken[] {
  const itemId = item.id as Id<'itm'>
  const { kind, fields } = item
  const said = (name: string, lang: Language | null = null) =>
    // An open page has the whole text, a row as much as rows keep: they say the same.
    (item.parts.find((part) => part.name === name && part.lang === lang)?.text ?? '').slice(0, MOST_WORDS)
  switch (kind) {
    case 'positioning':
      return slots.map((slot) => ({ serve: serve(itemId, slot), itemId, slot, words: said(slot, written) }))
    case 'segment':
    case 'pain':
    case 'gap': {
      const words = [said('title'), said('text')].filter((one) => one !== '').join(': ')
      const way =
        kind === 'gap' && (fields.from !== null || fields.to !== null)
          ? ` (${fields.from ?? '?'} → ${fields.to ?? '?'}${fields.unit ? ` ${fields.unit}` : ''})`
          : ''
      return [{ serve: itemId, itemId, slot: null, words: words + way }]
    }
    default:
      return []
  }
}

/** Words that say something else now. */
export interface Move {
  readonly spoken: Spoken
  readonly was: string
}

/**
 * What says something else after a change. What is new or was empty has not moved: nobody serves what was not said yet.
 * What has left is no move either; it comes back as it was, or as something else.
 */
export function movesBetween(
  before: readonly Speaker[],
  after: readonly Speaker[],
  written: Language,
): readonly Move[] {
  const said = new Map(
    before.flatMap((item) => spokenBy(item, written)).map(({ serve, words }) => [serve, words]),
  )
  return after
    .flatMap((item) => spokenBy(item, written))
    .flatMap((spoken) => {
      const was = said.get(spoken.serve)
      return was === undefined || was === '' || was === spoken.words ? [] : [{ spoken, was }]
    })
}
