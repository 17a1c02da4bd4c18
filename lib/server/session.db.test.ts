import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginSession } from '@/lib/commands/begin-session'
import type { User } from '@/lib/commands/context'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { makeReadSession, readCookie, sessionCookie, sessionToken } from './session'

const secret = 'a secret of at least thirty-two characters'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let at: House
let owner: User
beforeAll(async () => {
  at = await house()
  owner = (await at.workspace()).user
})
afterAll(() => at.close())

const reader = (appUrl = 'http://localhost:3000') =>
  makeReadSession({ store: at.store, secret, appUrl, clock: { now: at.now } })

async function cookie(
  session: { userId: Id<'usr'>; sessionId: Id<'ses'> },
  appUrl = 'http://localhost:3000',
): Promise<{ cookie: string }> {
  return { cookie: `theme=dark; ${sessionCookie(appUrl).name}=${await sessionToken(secret, session)}; a=b` }
}

test('a cookie names the session, and the row says whose it is', async () => {
  const started = await beginSession(at.guest(), owner.id)
  expect(await reader()(await cookie(started))).toEqual({ sessionId: started.sessionId, user: owner })
})

test('behind https the cookie has another name, and the one of http is not looked at', async () => {
  const started = await beginSession(at.guest(), owner.id)
  const secure = 'https://plan.parstock.example'
  expect(sessionCookie(secure)).toMatchObject({
    name: '__Host-throughline.session',
    options: { secure: true },
  })
  expect(await reader(secure)(await cookie(started, secure))).not.toBeNull()
  expect(await reader(secure)(await cookie(started))).toBeNull()
  expect(await reader()(await cookie(started, secure))).toBeNull()
})

test('revoked, it counts no more, however good the token', async () => {
  const started = await beginSession(at.guest(), owner.id)
  const headers = await cookie(started)
  await at.store.transact((tx) => tx.sessions.revoke(started.sessionId, owner.id, new Date(at.now())))
  expect(await reader()(headers)).toBeNull()
})

test('signed by another secret, for another user, without a session, or nonsense: nobody', async () => {
  const started = await beginSession(at.guest(), owner.id)
  const { name } = sessionCookie('http://localhost:3000')
  const tokens = [
    await sessionToken(`${secret}!`, started),
    await sessionToken(secret, { ...started, userId: newId('usr') }),
    await sessionToken(secret, { ...started, sessionId: newId('ses') }),
    await encode({ secret, token: { sub: owner.id } }),
    await encode({ secret, token: { sub: owner.id, sid: started.sessionId }, maxAge: -60 }),
    // Sealed for another purpose of next-auth's: its keys differ by salt.
    await encode({ secret, token: { sub: owner.id, sid: started.sessionId }, salt: 'next-auth.state' }),
    'nonsense',
    'a.b.c.d.e',
    '',
  ]
  for (const token of tokens) expect(await reader()({ cookie: `${name}=${token}` })).toBeNull()
  expect(await reader()({})).toBeNull()
  expect(await reader()({ cookie: undefined })).toBeNull()
})

test('use carries it on, and only every five minutes is that written', async () => {
  const started = await beginSession(at.guest(), owner.id)
  const headers = await cookie(started)
  const seen = async () => {
    const found = await at.store.read.sessions.current(started.sessionId, owner.id, new Date(at.now()))
    return must(found, 'still counts').session
  }
  const begun = at.now()
  at.pass(4 * MINUTE)
  await reader()(headers)
  expect((await seen()).seenAt.getTime()).toBe(begun)
  at.pass(MINUTE)
  await reader()(headers)
  expect((await seen()).seenAt.getTime()).toBe(at.now())
  expect((await seen()).expiresAt.getTime()).toBe(at.now() + 30 * DAY)
  at.pass(30 * DAY - 1)
  expect(await reader()(headers)).not.toBeNull()
})

test('unused for thirty days it is over', async () => {
  const started = await beginSession(at.guest(), owner.id)
  const headers = await cookie(started)
  at.pass(30 * DAY)
  expect(await reader()(headers)).toBeNull()
})

test('a session revoked while it is being touched stays revoked', async () => {
  const started = await beginSession(at.guest(), owner.id)
  await at.store.transact(async (tx) => {
    await tx.sessions.revoke(started.sessionId, owner.id, new Date(at.now()))
    await tx.sessions.touch(started.sessionId, new Date(at.now() + 1), new Date(at.now() + 30 * DAY))
  })
  expect(await reader()(await cookie(started))).toBeNull()
})

test('a cookie is found among others, by its whole name', () => {
  expect(readCookie('a=1; throughline.session=x.y=z; b=2', 'throughline.session')).toBe('x.y=z')
  expect(readCookie('not-throughline.session=x', 'throughline.session')).toBeNull()
  expect(readCookie(['a=1', 'b=2'], 'b')).toBe('2')
  expect(readCookie('b=1; b=2', 'b')).toBe('1')
  expect(readCookie('', 'b')).toBeNull()
})
