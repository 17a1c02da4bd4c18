/** Chance with a seed. `fork` gives an independent stream by name: a draw added in one place does not shift others. */
export interface Rng {
  /** 0 to 1. */
  next(): number
  /** 0 to n - 1. */
  below(n: number): number
  pick<T>(items: readonly T[]): T
  fork(name: string): Rng
}

export function rng(seed: number): Rng {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    fork(name) {
      let hash = seed >>> 0
      for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0
      return rng(hash)
    },
  }
}
