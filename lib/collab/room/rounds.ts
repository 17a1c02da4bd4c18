import type { EngineLog, Time } from './ports'

/** Work that comes round again and again until it is stopped. What it throws is logged. */
export class Rounds {
  private readonly stops: (() => void)[] = []

  constructor(
    private readonly time: Time,
    private readonly log: EngineLog,
  ) {}

  /** Each round begins `ms` after the beginning of the one before. */
  every(ms: number, work: () => void | Promise<void>): void {
    let cancel = () => {}
    const next = () => {
      cancel = this.time.after(ms, () => {
        next()
        new Promise<void>((resolve) => resolve(work())).catch((error: unknown) => {
          this.log.error({ err: error }, 'periodic work failed')
        })
      })
    }
    next()
    this.stops.push(() => cancel())
  }

  stop(): void {
    for (const stop of this.stops) stop()
    this.stops.length = 0
  }
}
