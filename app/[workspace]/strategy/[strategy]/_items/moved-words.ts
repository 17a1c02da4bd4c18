import { type Slot, slots } from '@/lib/document/items/kinds'
import { type Item, wordsOf } from '@/lib/document/items/read-items'
import type { Language } from '@/lib/domain/language'

/** Words that others hang on: a slot of the positioning, or what a difficulty says. */
export interface Spoken {
  /** `itm_…`, or `itm_…/whom`. */
  readonly serve: string
  readonly itemId: string
  readonly slot: Slot | null
  readonly words: string
}

/** As much of an item as its words need. */
export interface Speaker extends Pick<Item, 'id' | 'kind' | 'parts'> {
  readonly fields: Pick<Item['fields'], 'from' | 'to' | 'unit'>
}

/** What an item says as far as others hang on it; nothing for kinds that nobody serves. */
export function spokenBy(item: Speaker, written: Language): readonly Spoken[] {
  const { id, kind, fields } = item
  switch (kind) {
    case 'positioning':
      return slots.map((slot) => ({
        serve: `${id}/${slot}`,
        itemId: id,
        slot,
        words: wordsOf(item, slot, written),
      }))
    case 'segment':
    case 'pain':
    case 'gap': {
      const said = [wordsOf(item, 'title'), wordsOf(item, 'text')].filter((one) => one !== '').join(': ')
      const way =
        kind === 'gap' && (fields.from !== null || fields.to !== null)
          ? ` (${fields.from ?? '?'} → ${fields.to ?? '?'}${fields.unit ? ` ${fields.unit}` : ''})`
          : ''
      return [{ serve: id, itemId: id, slot: null, words: said + way }]
    }
    default:
      return []
  }
}

export interface Move {
  readonly spoken: Spoken
  readonly was: string
}

/**
 * Keeps what was said before somebody here changed it. What others change is theirs to ask about: it becomes what was
 * said. Pure: whose hands it was is told from outside.
 */
export class MovedWords {
  private readonly before = new Map<string, string>()
  private readonly moves = new Map<string, Move>()

  constructor(private readonly written: Language) {}

  /** What the page says now. `touched`: items somebody here has typed in since the last time. */
  read(items: readonly Speaker[], touched: ReadonlySet<string>): readonly Move[] {
    for (const item of items)
      for (const spoken of spokenBy(item, this.written)) {
        const { serve, words, itemId } = spoken
        const was = this.before.get(serve)
        // New here, or empty before: nobody serves what was not said yet.
        if (was === undefined || was === '') this.before.set(serve, words)
        else if (was === words) this.moves.delete(serve)
        else if (touched.has(itemId) || this.moves.has(serve)) this.moves.set(serve, { spoken, was })
        else this.before.set(serve, words)
      }
    return [...this.moves.values()]
  }

  /** Asked about, or said not to matter: what it says now is what it said. */
  settle({ spoken }: Move): readonly Move[] {
    this.before.set(spoken.serve, spoken.words)
    this.moves.delete(spoken.serve)
    return [...this.moves.values()]
  }
}
