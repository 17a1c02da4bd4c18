import type { Limits } from '../limits'

/**
 * When a batch leaves for the journal. A batch costs about the same whether it carries one letter or a hundred: a
 * statement, a write and a read on the database's socket, and then a write for everybody who is told. So while a team
 * writes nobody waits; once more than `limits.lettersAtOnce` letters come in a span of `limits.letterSpan`, batches leave
 * `limits.pace` milliseconds apart.
 */
export class Pace {
  private began = Number.NEGATIVE_INFINITY
  private came = 0
  private before = 0
  private left = Number.NEGATIVE_INFINITY

  constructor(private readonly limits: Pick<Limits, 'pace' | 'letterSpan' | 'lettersAtOnce'>) {}

  /** A letter came; `now` in milliseconds since 1970: a clock that is set anew must keep nobody waiting. */
  letter(now: number): void {
    const { letterSpan } = this.limits
    const spans = Math.floor((now - this.began) / letterSpan)
    if (spans !== 0) {
      this.before = spans === 1 ? this.came : 0
      this.came = 0
      this.began = spans === 1 ? this.began + letterSpan : now
    }
    this.came += 1
  }

  /** A batch leaves. */
  leaves(now: number): void {
    this.left = now
  }

  /** How long the next batch should still wait, in milliseconds; 0: not at all. */
  rest(now: number): number {
    // The span before counts as well: else the first letters of each would leave alone.
    if (Math.max(this.came, this.before) <= this.limits.lettersAtOnce) return 0
    const ago = now - this.left
    return ago < 0 || ago >= this.limits.pace ? 0 : this.limits.pace - ago
  }
}
