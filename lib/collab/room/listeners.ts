import type { EngineLog } from './ports'

/** Who is told of something. A listener's mistake is its own: the others are told all the same. */
export class Listeners<A extends readonly unknown[]> {
  private readonly all = new Set<(...about: A) => void>()

  constructor(
    private readonly what: string,
    private readonly log: EngineLog,
  ) {}

  /** Answers what ends it. */
  add(listener: (...about: A) => void): () => void {
    this.all.add(listener)
    return () => this.all.delete(listener)
  }

  tell(...about: A): void {
    for (const listener of this.all) {
      try {
        listener(...about)
      } catch (error) {
        this.log.error({ err: error, what: this.what }, 'a listener failed')
      }
    }
  }
}
