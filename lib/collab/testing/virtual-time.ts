import type { ClientTime } from '../client/client-time'
import type { Time } from '../room/ports'
import type { Rng } from './rng'

/** Time that passes only when a test says so. Serves server and client alike. */
export class VirtualTime implements Time, ClientTime {
  private current = 1_700_000_000_000
  private order = 0
  private timers: { at: number; order: number; work: () => void }[] = []
  private tasks: (() => void)[] = []

  constructor(private readonly chance: Rng) {}

  now(): number {
    return this.current
  }

  cost(): number {
    return 0
  }

  random(): number {
    return this.chance.next()
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.current + ms, order: this.order++, work }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  soon(work: () => void): void {
    this.tasks.push(work)
  }

  /** Runs what was put off to the end of this turn, and what that leads to, until nothing moves. */
  async settle(): Promise<void> {
    do {
      const tasks = this.tasks
      this.tasks = []
      for (const task of tasks) task()
      await new Promise((resolve) => setImmediate(resolve))
    } while (this.tasks.length > 0)
  }

  /** The process was stopped meanwhile: no timer has run, and all that are due run late. */
  jump(ms: number): void {
    this.current += ms
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const until = this.current + ms
    await this.settle()
    for (;;) {
      const next = this.timers
        .filter((timer) => timer.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!next) break
      this.timers = this.timers.filter((timer) => timer !== next)
      this.current = Math.max(this.current, next.at)
      next.work()
      await this.settle()
    }
    this.current = until
  }
}
