import type { Time } from './ports'

/** How long a room stays in memory: while it is visited, and a while after everybody has left. */
export class Stay {
  private visits = 0
  private cancel: (() => void) | null = null

  constructor(
    private readonly time: Time,
    private readonly linger: number,
  ) {}

  get visited(): boolean {
    return this.visits > 0
  }

  begin(): void {
    this.visits += 1
    this.prolong()
  }

  end(): void {
    this.visits -= 1
  }

  /** Somebody is here: nothing that was to happen happens. */
  prolong(): void {
    this.cancel?.()
    this.cancel = null
  }

  /** Calls `over` once, after a while in which nobody came. */
  whenOver(over: () => void): void {
    this.cancel ??= this.time.after(this.linger, () => {
      this.cancel = null
      over()
    })
  }
}
