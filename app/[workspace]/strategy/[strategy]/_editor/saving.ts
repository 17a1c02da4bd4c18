import type { SaveState } from '@/lib/collab/client'
import { type Store, store } from './store'

/** What the page says about the person's words. */
export interface Saving {
  readonly save: SaveState
  /** Something composed is on its way into the document. */
  readonly holding: boolean
}

/**
 * Pauses shorter than this belong to one stretch of typing, milliseconds. Every letter is on its way for a moment; to
 * say "Saved" after each of them would draw the page twice more per key.
 */
const LULL = 350

/**
 * What the line says that tells of saving. Bad news and "Saving…" at once, "Saved" only when typing has paused: late
 * is true, early would not be.
 */
export class SaveTeller {
  readonly said: Store<Saving>
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly now: () => Saving) {
    this.said = store(now())
  }

  /** Something may be different. */
  tell(): void {
    clearTimeout(this.timer)
    const said = this.said.get()
    const next = this.now()
    if (sameWords(said, next)) return
    if (isBusy(said) && isDone(next)) this.timer = setTimeout(() => this.said.set(this.now()), LULL)
    else this.said.set(next)
  }

  end(): void {
    clearTimeout(this.timer)
  }
}

const isBusy = ({ save, holding }: Saving) => save.kind === 'saving' || (save.kind === 'saved' && holding)
const isDone = ({ save, holding }: Saving) => save.kind === 'saved' && !holding

/** How many letters are on their way is said only when they cannot be sent. */
function sameWords(one: Saving, other: Saving): boolean {
  const a = one.save
  const b = other.save
  return a === b
    ? one.holding === other.holding
    : a.kind === 'saving' && b.kind === 'saving' && a.kept === b.kept && one.holding === other.holding
}
