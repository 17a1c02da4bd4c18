import type { Move } from '@/lib/domain/coherence/spoken'
import type { UnaskedWords } from '@/lib/queries/unasked'

/**
 * What the server keeps of words nobody was asked about, as far as it is offered on this page: all of them when somebody
 * comes, and afterwards only what they have accepted here. What others type meanwhile is theirs to ask about.
 */
export class Offered {
  private known: readonly UnaskedWords[] = []
  private wanted: Set<string> | null = null

  /** As the server has them now. The first time all of them are offered. */
  read(unasked: readonly UnaskedWords[]): readonly Move[] {
    this.known = unasked
    this.wanted ??= new Set(unasked.map(({ serve }) => serve))
    return this.moves()
  }

  /** Moved by somebody here; the words come with the next reading. */
  want(serves: readonly string[]): void {
    this.wanted ??= new Set()
    for (const serve of serves) this.wanted.add(serve)
  }

  /** Asked about, said not to matter, or nobody hangs on it. */
  settle(serve: string): readonly Move[] {
    this.wanted?.delete(serve)
    return this.moves()
  }

  /** What these words said before the first change that nobody was asked about, also before this visit. */
  was(serve: string): string | null {
    return this.known.find((one) => one.serve === serve)?.was ?? null
  }

  private moves(): readonly Move[] {
    return this.known.flatMap(({ serve, itemId, slot, was, now }) =>
      this.wanted?.has(serve) ? [{ spoken: { serve, itemId, slot, words: now }, was }] : [],
    )
  }
}
