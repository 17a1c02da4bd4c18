/** How far a document's journal is known: without a gap, and own rows beyond a gap that another node left. */
export class Progress {
  private last = 0
  private readonly ahead = new Set<number>()

  /** Everything up to this row is in memory. */
  get seq(): number {
    return this.last
  }

  get hasGap(): boolean {
    return this.ahead.size > 0
  }

  knows(seq: number): boolean {
    return seq <= this.last || this.ahead.has(seq)
  }

  /** One row more. */
  advance(seq: number): void {
    if (seq <= this.last) return
    if (seq !== this.last + 1) {
      this.ahead.add(seq)
      return
    }
    this.last = seq
    while (this.ahead.delete(this.last + 1)) this.last += 1
  }

  /** Loaded anew. */
  begin(seq: number): void {
    this.last = seq
    this.ahead.clear()
  }
}
