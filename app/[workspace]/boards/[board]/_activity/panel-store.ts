import { type Store, store } from '@/app/[workspace]/strategy/[strategy]/_editor/store'
import type { PanelActivity, PanelData } from './panel-data'

export interface PanelState {
  /** `gone`: not there any more, or not theirs to see. */
  readonly phase: 'loading' | 'ready' | 'failed' | 'gone'
  readonly data: PanelData | null
}

type Guess = (activity: PanelActivity) => PanelActivity

/** What changes in one breath is asked for together; milliseconds. */
const GATHER = 60

/**
 * One activity as the server has it, with one's own unanswered changes put on top. What is shown stays while it is read
 * again, and when that fails.
 */
export class PanelStore {
  readonly state: Store<PanelState>
  private data: PanelData | null
  private guesses: readonly Guess[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private destroyed = false
  /** Answers to older questions than this are dropped. */
  private asked = 0
  private taken = 0

  constructor(
    private readonly url: string,
    first: PanelData | null,
  ) {
    this.data = first
    this.state = store<PanelState>({ phase: first ? 'ready' : 'loading', data: first })
  }

  begin(): void {
    this.destroyed = false
  }

  async load(): Promise<void> {
    this.asked += 1
    const mine = this.asked
    try {
      const first = this.data === null ? '?first' : ''
      const response = await fetch(`${this.url}${first}`, { cache: 'no-store' })
      if (this.destroyed || mine < this.taken) return
      if (response.status === 404) {
        this.taken = mine
        this.state.set({ phase: 'gone', data: null })
        return
      }
      if (!response.ok) throw new Error(String(response.status))
      const data = (await response.json()) as PanelData
      if (this.destroyed || mine < this.taken) return
      this.taken = mine
      const description = data.description ?? this.data?.description ?? null
      const words = data.words ?? this.data?.words ?? null
      const known = this.data?.activity
      // Read before a change whose answer has come meanwhile: the newer activity stays.
      const activity = known && known.revision > data.activity.revision ? known : data.activity
      this.data = { ...data, activity, description, words }
      this.show()
    } catch {
      if (!this.destroyed && this.data === null) this.state.set({ phase: 'failed', data: null })
    }
  }

  /** Something about this activity has changed. */
  soon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), GATHER)
  }

  /** The card on the board has become this revision. */
  heard(revision: number): void {
    if (this.data && revision > this.data.activity.revision) this.soon()
  }

  /** An answer brought the activity as it is now. */
  put(activity: PanelActivity): void {
    if (!this.data || activity.revision <= this.data.activity.revision) return
    this.data = { ...this.data, activity }
    this.show()
    // What else hangs on it - history, trace - is read with it.
    this.soon()
  }

  /** Shows a change before it is answered. Answers what takes the guess away again. */
  guess(guess: Guess): () => void {
    this.guesses = [...this.guesses, guess]
    this.show()
    return () => {
      this.guesses = this.guesses.filter((other) => other !== guess)
      this.show()
    }
  }

  destroy(): void {
    this.destroyed = true
    clearTimeout(this.timer)
  }

  private show(): void {
    const { data } = this
    if (!data || this.destroyed) return
    this.state.set({ phase: 'ready', data: { ...data, activity: this.guessed(data.activity) } })
  }

  private guessed(activity: PanelActivity): PanelActivity {
    let now = activity
    for (const guess of this.guesses) {
      try {
        now = guess(now)
      } catch {
        // What it is about has gone meanwhile: the server will say so.
      }
    }
    return now
  }
}
