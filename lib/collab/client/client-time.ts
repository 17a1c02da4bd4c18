/** Time, timers and chance of the client, so that the simulator owns them. */
export interface ClientTime {
  now(): number
  after(ms: number, work: () => void): () => void
  /** At the end of this task. */
  soon(work: () => void): void
  /** 0 to 1. */
  random(): number
}

export const browserTime: ClientTime = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  soon: (work) => queueMicrotask(work),
  random: () => Math.random(),
}
