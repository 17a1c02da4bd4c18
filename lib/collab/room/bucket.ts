/** A budget that refills with time. */
export class Bucket {
  private level: number
  private at: number

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.level = burst
    this.at = now
  }

  /** Takes `n`, or takes nothing and answers false. */
  take(n: number, now: number): boolean {
    this.refill(now)
    if (this.level < n) return false
    this.level -= n
    return true
  }

  /** Charges for what has already been spent; false once the budget is overdrawn. */
  spend(n: number, now: number): boolean {
    this.refill(now)
    this.level -= n
    return this.level >= 0
  }

  private refill(now: number): void {
    if (now <= this.at) return
    this.level = Math.min(this.burst, this.level + ((now - this.at) * this.perSecond) / 1000)
    this.at = now
  }
}
