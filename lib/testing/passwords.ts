import type { Hasher } from '@/lib/commands/hasher'

/** A hasher that is quick, and writes down which steps were taken: the costly ones are what takes time. */
export interface CountingHasher extends Hasher {
  readonly steps: string[]
  /** Awaited inside the next verify, so that something else can happen meanwhile. */
  meanwhile: (() => Promise<unknown>) | null
}

export function countingHasher(): CountingHasher {
  const hasher: CountingHasher = {
    steps: [],
    meanwhile: null,
    hash: async (password) => {
      hasher.steps.push('hash')
      return `hash of ${password}`
    },
    verify: async (hash, password) => {
      hasher.steps.push('verify')
      const wait = hasher.meanwhile
      hasher.meanwhile = null
      await wait?.()
      return hash === `hash of ${password}`
    },
  }
  return hasher
}
