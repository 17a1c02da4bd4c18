import { type Move, type Speaker, spokenBy } from '@/lib/domain/coherence/spoken'
import type { Language } from '@/lib/domain/language'

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
