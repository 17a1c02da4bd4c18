import type { Time } from './ports'

export const systemTime: Time = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
  soon: (work) => {
    setImmediate(work)
  },
  cost: () => performance.now(),
}
