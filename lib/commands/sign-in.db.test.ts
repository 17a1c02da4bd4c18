import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { type CountingHasher, countingHasher } from '@/lib/testing/passwords'
import { refusal } from '@/lib/testing/refusal'
import { changePassword } from './change-password'
import type { UserContext } from './context'
import { revokeOtherSessions } from './revoke-other-sessions'
import { revokeSession } from './revoke-session'
import { signIn } from './sign-in'
import { signOut } from './sign-out'
import { signUp } from './sign-up'
import { updateProfile } from './update-profile'

let at: House
let hasher: CountingHasher
let n = 0
beforeAll(async () => {
  at = await house()
})
afterAll(() => at.close())
beforeEach(() => {
  hasher = countingHasher()
  at.told.revoked.length = 0
  // Each test comes from a network of its own: the limits are shared otherwise.
  n++
})

const GOOD = 'kettle drum sevenfold'
const guest = (network = `198.51.100.${n}`) => ({ ...at.guest(network), hasher })

async function user(name = 'Ines Weber'): Promise<UserContext & { hasher: CountingHasher }> {
  const email = `user-${newId('usr')}@parstock.example`
  const { userId, sessionId } = await signUp(guest(), { name, email, password: GOOD })
  const found = await at.store.read.users.find(userId)
  if (!found) throw new Error('signed up, not found')
  hasher.steps.length = 0
  return { ...guest(), user: found, sessionId }
}

const counts = async (context: UserContext) =>
  (await at.store.read.sessions.current(context.sessionId, context.user.id, new Date(at.now()))) !== null

describe('sign up without mail', () => {
  test('makes a user whose address is not proven, and signs them in', async () => {
    const email = `Ines.${n}@Parstock.Example`
    const started = await signUp(guest(), { name: ' Ines  Weber ', email, password: GOOD })
    const known = await at.store.read.users.credentials(email.toLowerCase())
    expect(known).toMatchObject({
      userId: started.userId,
      name: 'Ines Weber',
      email: email.toLowerCase(),
      emailVerified: null,
      passwordHash: `hash of ${GOOD}`,
      locale: 'en',
    })
    const found = await at.store.read.sessions.current(started.sessionId, started.userId, new Date(at.now()))
    expect(found?.session).toMatchObject({ address: `198.51.100.${n}`, userAgent: 'test' })
    expect(found?.session.expiresAt.getTime()).toBe(at.now() + 30 * 86_400_000)
  })

  test('a taken address takes the same steps and changes nothing', async () => {
    const { user: owner } = await user()
    const free = await signUp(guest(), { name: 'A', email: `free.${n}@parstock.example`, password: GOOD })
    const stepsFree = [...hasher.steps]
    hasher.steps.length = 0
    const taken = { name: 'B', email: owner.email.toUpperCase(), password: 'another long sentence' }
    expect(await refusal(signUp(guest(), taken))).toMatchObject({ code: 'email_taken' })
    expect(hasher.steps).toEqual(stepsFree)
    expect(stepsFree).toEqual(['hash'])
    expect(free.userId).not.toBe(owner.id)
    expect(await at.store.read.users.credentials(owner.email)).toMatchObject({
      name: 'Ines Weber',
      passwordHash: `hash of ${GOOD}`,
    })
  })

  test('twenty at once with one address make one user', async () => {
    const email = `race.${n}@parstock.example`
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => signUp(guest(), { name: 'A', email, password: GOOD })),
    )
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const [row] = await at.store.sql`select count(*)::int as n from users where email = ${email}`
    expect(row?.n).toBe(1)
  })

  test.each([
    ['a@evil.test,b@victim.test', 'invalid_email'],
    ['"e@evil.test"@victim.test', 'invalid_email'],
  ])('the address %s is refused before any work', async (email, code) => {
    expect(await refusal(signUp(guest(), { name: 'A', email, password: GOOD }))).toMatchObject({ code })
    expect(hasher.steps).toEqual([])
  })

  test('sixty in an hour from one network, then a pause', async () => {
    const here = guest('2001:db8:5:5::1')
    for (let i = 0; i < 60; i++) {
      await signUp(here, { name: 'A', email: `flood-${i}@parstock.example`, password: GOOD })
    }
    // Another address of the same household.
    const there = guest('2001:db8:5:5:ffff::9')
    const next = { name: 'A', email: 'flood-60@parstock.example', password: GOOD }
    expect(await refusal(signUp(there, next))).toEqual({ code: 'rate_limited', detail: { seconds: 3600 } })
    expect(hasher.steps).toHaveLength(60)
    await signUp(guest('2001:db8:5:6::1'), next)
  })
})

describe('sign in', () => {
  test('by address in any case, and the password', async () => {
    const { user: owner, sessionId } = await user()
    const started = await signIn(guest(), { email: ` ${owner.email.toUpperCase()} `, password: GOOD })
    expect(started.userId).toBe(owner.id)
    expect(started.sessionId).not.toBe(sessionId)
  })

  test('wrong password, unknown address, user without a password: one answer, the same steps', async () => {
    const { user: owner } = await user()
    const elsewhere = await user()
    await at.store.transact((tx) => tx.users.setPassword(elsewhere.user.id, null))
    const answers: Awaited<ReturnType<typeof refusal>>[] = []
    const steps: (string | number)[][] = []
    for (const email of [owner.email, 'nobody@parstock.example', elsewhere.user.email]) {
      hasher.steps.length = 0
      const statements = await counted(async () => {
        answers.push(await refusal(signIn(guest(), { email, password: 'not this one' })))
      })
      steps.push([...hasher.steps, statements])
    }
    expect(answers[0]).toEqual({ code: 'sign_in_failed', detail: { field: 'password', left: 4 } })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(steps[0]?.[0]).toBe('verify')
    expect(steps[1]).toEqual(steps[0])
    expect(steps[2]).toEqual(steps[0])
  })

  /** Transactions the work committed or rolled back: the other thing that takes time. */
  async function counted(work: () => Promise<void>): Promise<number> {
    let opened = 0
    const { transact } = at.store
    at.store.transact = (run) => {
      opened++
      return transact(run)
    }
    try {
      await work()
    } finally {
      at.store.transact = transact
    }
    return opened
  }

  test('after five wrong ones a pause of a minute, told before; the right one is not looked at meanwhile', async () => {
    const { user: owner } = await user()
    const left = []
    for (let i = 0; i < 5; i++) {
      const refused = await refusal(signIn(guest(), { email: owner.email, password: 'wrong' }))
      left.push(refused.detail.left)
    }
    expect(left).toEqual([4, 3, 2, 1, 0])
    hasher.steps.length = 0
    const right = { email: owner.email, password: GOOD }
    expect(await refusal(signIn(guest(), right))).toEqual({ code: 'rate_limited', detail: { seconds: 60 } })
    expect(hasher.steps).toEqual([])
    // The owner, on another network, is not kept out by it.
    await signIn(guest('203.0.113.77'), right)
    at.pass(60_000)
    await signIn(guest(), right)
  })

  test('thirty for one address from thirty networks, then nobody for five minutes', async () => {
    const { user: owner } = await user()
    const wrong = { email: owner.email, password: 'wrong' }
    for (let i = 0; i < 30; i++) await refusal(signIn(guest(`203.0.113.${i}`), wrong))
    expect(await refusal(signIn(guest('203.0.113.200'), wrong))).toEqual({
      code: 'rate_limited',
      detail: { seconds: 300 },
    })
  })

  test('a success forgives the typing errors before it', async () => {
    const { user: owner } = await user()
    const wrong = { email: owner.email, password: 'wrong' }
    for (let i = 0; i < 4; i++) await refusal(signIn(guest(), wrong))
    await signIn(guest(), { email: owner.email, password: GOOD })
    expect((await refusal(signIn(guest(), wrong))).detail.left).toBe(4)
  })

  test('fifty guesses at once: five are looked at', async () => {
    const { user: owner } = await user()
    const wrong = { email: owner.email, password: 'wrong' }
    await Promise.allSettled(Array.from({ length: 50 }, () => signIn(guest(), wrong)))
    expect(hasher.steps).toHaveLength(5)
  })

  test('a password changed while the old one was being checked lets nobody in', async () => {
    const owner = await user()
    hasher.meanwhile = async () => {
      await at.store.transact(async (tx) => {
        await tx.users.setPassword(owner.user.id, 'hash of another')
        await tx.sessions.revokeAll(owner.user.id, new Date(at.now()))
      })
    }
    expect(await refusal(signIn(guest(), { email: owner.user.email, password: GOOD }))).toMatchObject({
      code: 'sign_in_failed',
    })
    expect(await at.store.read.sessions.list(owner.user.id, new Date(at.now()))).toEqual([])
  })
})

describe('sessions', () => {
  test('signing out ends this one and its connections', async () => {
    const owner = await user()
    const other = await signIn(guest(), { email: owner.user.email, password: GOOD })
    await signOut(owner)
    expect(await counts(owner)).toBe(false)
    expect(await counts({ ...owner, ...other })).toBe(true)
    expect(at.told.revoked).toEqual([{ sessionId: owner.sessionId }])
  })

  test('one of several is ended; somebody else’s is not found', async () => {
    const owner = await user()
    const stranger = await user('Tomás')
    const other = await signIn(guest(), { email: owner.user.email, password: GOOD })
    await revokeSession(owner, { sessionId: other.sessionId })
    expect(at.told.revoked).toEqual([{ sessionId: other.sessionId }])
    expect(await counts(owner)).toBe(true)
    for (const sessionId of [other.sessionId, stranger.sessionId, newId('ses'), 'nonsense']) {
      expect(await refusal(revokeSession(owner, { sessionId }))).toMatchObject({ code: 'not_found' })
    }
    expect(await counts(stranger)).toBe(true)
    expect(at.told.revoked).toHaveLength(1)
  })

  test('all others are ended, this one stays', async () => {
    const owner = await user()
    const stranger = await user('Tomás')
    const others = []
    for (let i = 0; i < 3; i++) {
      others.push((await signIn(guest(), { email: owner.user.email, password: GOOD })).sessionId)
    }
    expect(await revokeOtherSessions(owner)).toBe(3)
    expect(at.told.revoked.map((target) => 'sessionId' in target && target.sessionId).sort()).toEqual(
      others.sort(),
    )
    const list = await at.store.read.sessions.list(owner.user.id, new Date(at.now()))
    expect(list.map((session) => session.id)).toEqual([owner.sessionId])
    expect(await counts(stranger)).toBe(true)
    expect(await revokeOtherSessions(owner)).toBe(0)
  })
})

describe('change password', () => {
  const NEXT = 'harbour wall at night'

  test('ends all other sessions and closes links that were mailed', async () => {
    const owner = await user()
    const other = await signIn(guest(), { email: owner.user.email, password: GOOD })
    const token = `reset-${n}`
    await at.store.transact((tx) =>
      tx.mailedLinks.addReset({
        token,
        email: owner.user.email,
        createdAt: new Date(at.now()),
        expiresAt: new Date(at.now() + 1000),
      }),
    )
    await changePassword(owner, { present: GOOD, password: NEXT })
    expect(await counts(owner)).toBe(true)
    expect(await counts({ ...owner, ...other })).toBe(false)
    expect(at.told.revoked).toEqual([{ sessionId: other.sessionId }])
    expect((await at.store.read.mailedLinks.reset(token))?.usedAt).not.toBeNull()
    await signIn(guest(), { email: owner.user.email, password: NEXT })
    expect(await refusal(signIn(guest(), { email: owner.user.email, password: GOOD }))).toMatchObject({
      code: 'sign_in_failed',
    })
  })

  test('needs the present password, also of a user who has none', async () => {
    const owner = await user()
    const change = { present: 'wrong', password: NEXT }
    expect(await refusal(changePassword(owner, change))).toEqual({
      code: 'wrong_password',
      detail: { field: 'present' },
    })
    await at.store.transact((tx) => tx.users.setPassword(owner.user.id, null))
    expect(await refusal(changePassword(owner, change))).toMatchObject({ code: 'wrong_password' })
  })

  test('the new one obeys the rules', async () => {
    const owner = await user()
    expect(await refusal(changePassword(owner, { present: GOOD, password: 'short' }))).toMatchObject({
      code: 'weak_password',
      detail: { reason: 'short', field: 'password' },
    })
  })

  test('ten tries in a quarter of an hour', async () => {
    const owner = await user()
    const wrong = { present: 'wrong', password: NEXT }
    for (let i = 0; i < 10; i++) await refusal(changePassword(owner, wrong))
    expect(await refusal(changePassword(owner, { present: GOOD, password: NEXT }))).toEqual({
      code: 'rate_limited',
      detail: { seconds: 900 },
    })
  })

  test('of two changes at once, one wins and the other is told', async () => {
    const owner = await user()
    const tries = await Promise.allSettled([
      changePassword(owner, { present: GOOD, password: `${NEXT} one` }),
      changePassword(owner, { present: GOOD, password: `${NEXT} two` }),
    ])
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('profile', () => {
  test('a new name is kept, and open connections come back under it', async () => {
    const owner = await user()
    expect(await updateProfile(owner, { name: ' 王  小明' })).toEqual({ name: '王 小明' })
    expect((await at.store.read.users.find(owner.user.id))?.name).toBe('王 小明')
    expect(at.told.revoked).toEqual([{ userId: owner.user.id }])
  })

  test('the same name disturbs nobody', async () => {
    const owner = await user()
    await updateProfile(owner, { name: 'Ines Weber ' })
    expect(at.told.revoked).toEqual([])
  })
})
