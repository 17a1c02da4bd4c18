import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { beginSession } from './begin-session'
import { enterByProvider, type ProviderProfile } from './enter-by-provider'

let at: House
let n = 0
beforeAll(async () => {
  at = await house()
})
afterAll(() => at.close())
beforeEach(() => {
  at.told.revoked.length = 0
  n++
})

const guest = () => at.guest(`198.51.100.${n}`)

function profile(given: Partial<ProviderProfile> = {}): ProviderProfile {
  return {
    provider: 'google',
    providerAccountId: `sub-${newId('usr')}`,
    email: `ines-${newId('usr')}@parstock.example`,
    emailVerified: true,
    name: 'Ines Weber',
    ...given,
  }
}

async function passwordUser(emailVerified: Date | null) {
  const user = await at.store.transact((tx) =>
    tx.users.add({
      id: newId('usr'),
      name: 'Ines',
      email: `ines-${newId('usr')}@parstock.example`,
      emailVerified,
      passwordHash: 'hash of something',
      locale: null,
    }),
  )
  return must(user, 'the address is free')
}

test('a new person becomes a user, and is the same one the next time, under whatever address', async () => {
  const given = profile()
  const { userId } = await enterByProvider(guest(), given)
  expect(await at.store.read.users.credentials(given.email)).toMatchObject({
    userId,
    name: 'Ines Weber',
    passwordHash: null,
    emailVerified: new Date(at.now()),
  })
  const moved = { ...given, email: 'someone-else@parstock.example', emailVerified: false }
  expect(await enterByProvider(guest(), moved)).toEqual({ userId })
  expect(await at.store.read.users.providers(userId)).toEqual(['google'])
})

test('the same name at another provider is another person', async () => {
  const given = profile()
  const one = await enterByProvider(guest(), given)
  const other = await enterByProvider(guest(), { ...given, provider: 'github', email: `x${given.email}` })
  expect(other.userId).not.toBe(one.userId)
})

test('an address that is proven here and vouched for there is linked; password and sessions stay', async () => {
  const owner = await passwordUser(new Date(at.now()))
  const { sessionId } = await beginSession(guest(), owner.id)
  const { userId } = await enterByProvider(guest(), profile({ email: owner.email.toUpperCase() }))
  expect(userId).toBe(owner.id)
  expect((await at.store.read.users.credentials(owner.email))?.passwordHash).toBe('hash of something')
  expect(await at.store.read.sessions.current(sessionId, owner.id, new Date(at.now()))).not.toBeNull()
  expect(at.told.revoked).toEqual([])
})

test('an address nobody vouches for opens nothing, and links nothing', async () => {
  const owner = await passwordUser(new Date(at.now()))
  const attack = profile({ provider: 'oidc', email: owner.email, emailVerified: false })
  expect(await refusal(enterByProvider(guest(), attack))).toEqual({ code: 'not_allowed', detail: {} })
  expect(await at.store.read.users.providers(owner.id)).toEqual([])
  expect(await at.store.read.users.findByAccount(attack)).toBeNull()
})

test('whoever signed up with an address that was not theirs is put out when its owner comes', async () => {
  const squatted = await passwordUser(null)
  const { sessionId } = await beginSession(guest(), squatted.id)
  await at.store.transact((tx) =>
    tx.users.link(squatted.id, { provider: 'oidc', providerAccountId: `evil ${n}` }),
  )
  const { userId } = await enterByProvider(guest(), profile({ email: squatted.email }))
  expect(userId).toBe(squatted.id)
  expect(await at.store.read.users.credentials(squatted.email)).toMatchObject({
    passwordHash: null,
    emailVerified: new Date(at.now()),
  })
  expect(await at.store.read.sessions.current(sessionId, userId, new Date(at.now()))).toBeNull()
  expect(await at.store.read.users.providers(userId)).toEqual(['google'])
  expect(at.told.revoked).toEqual([{ userId }])
})

test.each(['', 'not an address', 'a@evil.test,b@victim.test', '"e@evil.test"@victim.test'])(
  'a provider that gives the address %j brings nobody in',
  async (email) => {
    expect(await refusal(enterByProvider(guest(), profile({ email })))).toMatchObject({
      code: 'invalid_email',
    })
  },
)

test('a missing, spoofed or endless name becomes a usable one', async () => {
  for (const [name, expected] of [
    ['', /^ines-usr_/],
    ['Ines\u202erebeW', /^ines-usr_/],
    ['王'.repeat(500), /^王{80}$/],
  ] as const) {
    const { userId } = await enterByProvider(guest(), profile({ name }))
    expect((await at.store.read.users.find(userId))?.name).toMatch(expected)
  }
})

test('ten callbacks at once make one user', async () => {
  const given = profile()
  const entered = await Promise.all(Array.from({ length: 10 }, () => enterByProvider(guest(), given)))
  expect(new Set(entered.map((one) => one.userId)).size).toBe(1)
})
