import { expect, test } from 'vitest'
import { makeHasher } from './password'

test('a password is kept as argon2id with its parameters, and recognised', async () => {
  const hasher = makeHasher()
  const kept = await hasher.hash('kettle drum sevenfold')
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await hasher.verify(kept, 'kettle drum sevenfold')).toBe(true)
  expect(await hasher.verify(kept, 'kettle drum sevenfolds')).toBe(false)
  expect(await hasher.hash('kettle drum sevenfold')).not.toBe(kept)
})

test('full width typed on one machine opens what half width closed on another', async () => {
  const hasher = makeHasher()
  expect(await hasher.verify(await hasher.hash('kettle-1234567'), 'ｋｅｔｔｌｅ-１２３４５６７')).toBe(true)
})

test('nobody and somebody cost the same step, and nobody never fits', async () => {
  const verified: string[] = []
  const hasher = makeHasher({
    hash: async (password) => `kept ${password}`,
    verify: async (kept) => {
      verified.push(kept)
      return true
    },
  })
  expect(await hasher.verify(null, 'anything at all')).toBe(false)
  expect(await hasher.verify('kept x', 'anything at all')).toBe(true)
  expect(verified).toHaveLength(2)
  expect(verified[0]).toMatch(/^kept .{32}$/)
})

test('never more than two at work, and all get their turn in order', async () => {
  let running = 0
  let most = 0
  const order: string[] = []
  const hasher = makeHasher({
    hash: async (password) => {
      running++
      most = Math.max(most, running)
      await Promise.resolve()
      running--
      order.push(password)
      return password
    },
    verify: async () => {
      throw new Error('unreadable hash')
    },
  })
  await expect(hasher.verify('x', 'y')).rejects.toThrow('unreadable hash')
  const names = Array.from({ length: 12 }, (_, i) => `password ${i}`)
  await Promise.all(names.map((name) => hasher.hash(name)))
  expect(most).toBe(2)
  expect(order.slice(1)).toEqual(names)
})
