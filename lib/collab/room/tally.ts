/** How many there are of each. Remembers nothing of what there is none of. */
export class Tally {
  private readonly counts = new Map<string, number>()

  /** One more; answers how many there are now. */
  add(key: string): number {
    const count = this.of(key) + 1
    this.counts.set(key, count)
    return count
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0
  }

  remove(key: string): void {
    const count = this.of(key) - 1
    if (count > 0) this.counts.set(key, count)
    else this.counts.delete(key)
  }
}
