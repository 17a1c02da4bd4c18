import { randomBytes } from 'node:crypto'
import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2'
import type { Hasher } from '@/lib/commands/hasher'
import { passwordText } from '@/lib/domain/password'

/**
 * Argon2id with 19 MiB, two passes, one lane: OWASP's first recommendation, about 20 ms on the smallest machine we
 * run on. More memory would let a burst of sign-ins take what the documents need.
 */
const options = {
  // The package's enum exists in its types only.
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} satisfies Options

/** Two at a time: hashing runs on libuv's four threads, and files and name look-ups wait there too. */
const AT_ONCE = 2

export interface Steps {
  hash(password: string, options: Options): Promise<string>
  verify(hash: string, password: string): Promise<boolean>
}

/** Makes the hasher. `steps` is given by the test that counts them. */
export function makeHasher(steps: Steps = { hash, verify }): Hasher {
  const queue = makeQueue(AT_ONCE)
  // What a sign-in with an unknown address is compared with, so that it takes as long as any other.
  const nobody = queue(() => steps.hash(randomBytes(24).toString('base64'), options))
  // Awaited at the first sign-in; until then a failure has nobody to be told.
  nobody.catch(() => {})
  return {
    hash: (password) => queue(() => steps.hash(passwordText(password), options)),
    verify: async (known, password) => {
      const against = known ?? (await nobody)
      const same = await queue(() => steps.verify(against, passwordText(password)))
      return known !== null && same
    },
  }
}

function makeQueue(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place is handed over, not given up: a newcomer cannot slip in before the one who waits.
      if (next) next()
      else running--
    }
  }
}
