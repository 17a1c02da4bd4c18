import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tokenHash } from '@/db/repositories/mailed-links'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { type CountingHasher, countingHasher } from '@/lib/testing/passwords'
import { refusal } from '@/lib/testing/refusal'
import { changeEmail } from './change-email'
import { changePassword } from './change-password'
import { confirmEmail } from './confirm-email'
import { finishSignUp } from './finish-sign-up'
import { requestReset } from './request-reset'
import { requestSignUp } from './request-sign-up'
import { resetPassword } from './reset-password'
import { signIn } from './sign-in'
import { signUp } from './sign-up'
import { sweepExpired } from './sweep-expired'

const GOOD = 'kettle drum sevenfold'
const NEXT = 'harbour wall at night'

let mailing: House
let mailless: House
let hasher: CountingHasher
let n = 0
beforeAll(async () => {
  ;[mailing, mailless] = await Promise.all([house({ delivers: true }), house()])
})
afterAll(() => Promise.all([mailing.close(), mailless.close()]))
beforeEach(() => {
  hasher = countingHasher()
  for (const at of [mailing, mailless]) {
    at.told.letters.length = 0
    at.told.revoked.length = 0
  }
  n++
})

const guest = (at: House, network = `198.51.100.${n}`) => ({ ...at.guest(network), hasher })
const fresh = () => `user-${newId('usr')}@parstock.example`

/** A user of the mailing house, as if they had signed up long ago. */
async function user(at = mailing, email = fresh()) {
  const found = await at.store.transact((tx) =>
    tx.users.add({
      id: newId('usr'),
      name: 'Ines Weber',
      email,
      emailVerified: null,
      passwordHash: `hash of ${GOOD}`,
      locale: null,
    }),
  )
  return must(found, 'the address is free')
}

/** The token in the last letter, after the path it belongs to. */
function token(at: House, path: string): string {
  const letter = must(at.told.letters.at(-1), 'a letter was sent')
  const line = must(
    letter.text.split('\n').find((one) => one.startsWith(`http://localhost:3000/${path}/`)),
    'the link stands on a line of its own',
  )
  return line.slice(`http://localhost:3000/${path}/`.length)
}

/** All rows of all tables as text: what somebody who steals the database can read. */
async function everything(at: House): Promise<string> {
  const [row] = await at.store.sql<{ all: string }[]>`
    select (select json_agg(r)::text from resets r) || (select coalesce(json_agg(s)::text, '') from sign_ups s)
      || (select coalesce(json_agg(e)::text, '') from email_changes e) || (select json_agg(l)::text from rate_limits l) as all`
  return must(row, 'one row').all
}

describe('sign up where mail is sent', () => {
  test('S10: the link finishes it, once; the address is proven; the way back is kept', async () => {
    const email = fresh()
    const { delivered } = await requestSignUp(guest(mailing), { email, next: '/invite/Zm9v' })
    expect(await delivered).toBe(true)
    expect(mailing.told.letters[0]).toMatchObject({ to: email, subject: 'Finish signing up to Throughline' })
    expect(await mailing.store.read.users.findByEmail(email)).toBeNull()

    const link = token(mailing, 'sign-up')
    expect(link).toMatch(/^[\w-]{43}$/)
    const started = await finishSignUp(guest(mailing), { token: link, name: 'Ines', password: GOOD })
    expect(started.next).toBe('/invite/Zm9v')
    const known = must(await mailing.store.read.users.credentials(email), 'is a user now')
    expect(known.emailVerified?.getTime()).toBe(mailing.now())
    const again = { token: link, name: 'Mallory', password: NEXT }
    expect(await refusal(finishSignUp(guest(mailing), again))).toMatchObject({ code: 'already_used' })
  })

  test('a taken address: the same answer and steps, and its owner reads that somebody tried', async () => {
    const owner = await user()
    await requestSignUp(guest(mailing), { email: owner.email.toUpperCase(), next: '/' })
    const [letter] = mailing.told.letters
    expect(letter).toMatchObject({ to: owner.email, subject: 'You have a Throughline sign-in already' })
    expect(letter?.text).toContain('Hello Ines Weber')
    expect(letter?.text).not.toContain('/sign-up/')
    expect(hasher.steps).toEqual([])
    const [row] = await mailing.store
      .sql`select count(*)::int as n from sign_ups where email = ${owner.email}`
    expect(row?.n).toBe(1)
  })

  test('where to go afterwards is a path of ours, whatever was asked', async () => {
    for (const next of ['//evil.test', '/\\evil.test', 'https:evil.test']) {
      await requestSignUp(guest(mailing), { email: fresh(), next })
      const link = token(mailing, 'sign-up')
      expect((await mailing.store.read.mailedLinks.signUp(link))?.next).toBe('/')
    }
  })

  test('signing up at once, without the mail, is closed', async () => {
    const input = { name: 'Ines', email: fresh(), password: GOOD }
    expect(await refusal(signUp(guest(mailing), input))).toMatchObject({ code: 'not_allowed' })
    expect(await refusal(requestSignUp(guest(mailless), { email: fresh(), next: '/' }))).toMatchObject({
      code: 'not_allowed',
    })
  })

  test.each(['a@evil.test,b@victim.test', '"e@evil.test"@victim.test'])('no mail to %s', async (email) => {
    expect(await refusal(requestSignUp(guest(mailing), { email, next: '/' }))).toMatchObject({
      code: 'invalid_email',
    })
    expect(await refusal(requestReset(guest(mailing), { email }))).toMatchObject({ code: 'invalid_email' })
    expect(mailing.told.letters).toEqual([])
  })

  test('three mails to one mailbox in an hour, whoever asks', async () => {
    const email = fresh()
    for (let i = 0; i < 3; i++) await requestSignUp(guest(mailing, `203.0.113.${i}`), { email, next: '/' })
    expect(await refusal(requestSignUp(guest(mailing), { email, next: '/' }))).toMatchObject({
      code: 'rate_limited',
    })
    expect(mailing.told.letters).toHaveLength(3)
  })

  test('two letters of one sign-up: the first opened wins', async () => {
    const email = fresh()
    await requestSignUp(guest(mailing), { email, next: '/' })
    const first = token(mailing, 'sign-up')
    await requestSignUp(guest(mailing), { email, next: '/' })
    const second = token(mailing, 'sign-up')
    await finishSignUp(guest(mailing), { token: second, name: 'Ines', password: GOOD })
    expect(
      await refusal(finishSignUp(guest(mailing), { token: first, name: 'Ines', password: NEXT })),
    ).toMatchObject({ code: 'already_used' })
  })

  test('a weak password costs the link nothing; after a day it is worth nothing', async () => {
    await requestSignUp(guest(mailing), { email: fresh(), next: '/' })
    const link = token(mailing, 'sign-up')
    const finish = (password: string) => finishSignUp(guest(mailing), { token: link, name: 'Ines', password })
    expect(await refusal(finish('short'))).toMatchObject({ code: 'weak_password' })
    mailing.pass(86_400_000)
    expect(await refusal(finish(GOOD))).toMatchObject({ code: 'expired' })
  })
})

describe('reset', () => {
  async function asked(at: House, email: string): Promise<string> {
    await requestReset(guest(at), { email })
    return token(at, 'reset')
  }

  test('S10: sets the password once, ends every session and every other link, proves the address', async () => {
    const owner = await user()
    const before = await signIn(guest(mailing), { email: owner.email, password: GOOD })
    const older = await asked(mailing, owner.email)
    const link = await asked(mailing, owner.email)
    const started = await resetPassword(guest(mailing), { token: link, password: NEXT })

    const open = await mailing.store.read.sessions.list(owner.id, new Date(mailing.now()))
    expect(open.map((session) => session.id)).toEqual([started.sessionId])
    expect(started.sessionId).not.toBe(before.sessionId)
    expect(mailing.told.revoked).toEqual([{ userId: owner.id }])
    const known = await mailing.store.read.users.credentials(owner.email)
    expect(known).toMatchObject({ passwordHash: `hash of ${NEXT}`, emailVerified: new Date(mailing.now()) })
    for (const used of [link, older]) {
      expect(await refusal(resetPassword(guest(mailing), { token: used, password: GOOD }))).toMatchObject({
        code: 'already_used',
      })
    }
  })

  test('fifty at once: one password is set', async () => {
    const owner = await user()
    const link = await asked(mailing, owner.email)
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        resetPassword(guest(mailing, `203.0.113.${i}`), { token: link, password: `${NEXT} ${i}` }),
      ),
    )
    const won = tries.findIndex((one) => one.status === 'fulfilled')
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect((await mailing.store.read.users.credentials(owner.email))?.passwordHash).toBe(
      `hash of ${NEXT} ${won}`,
    )
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'already_used' })
    }
  })

  test('a reset and a change of the password at once do not wait for each other in a circle', async () => {
    for (let round = 0; round < 10; round++) {
      const owner = await user()
      const { sessionId } = await signIn(guest(mailing, `203.0.113.${round}`), {
        email: owner.email,
        password: GOOD,
      })
      await mailing.store.transact((tx) => tx.rateLimits.sweep(new Date(mailing.now() + 1)))
      const link = await asked(mailing, owner.email)
      const context = { ...guest(mailing), user: owner, sessionId }
      const tries = await Promise.allSettled([
        changePassword(context, { present: GOOD, password: `${NEXT} one` }),
        resetPassword(guest(mailing), { token: link, password: `${NEXT} two` }),
      ])
      for (const one of tries) {
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'Refusal' })
      }
      expect(tries.some((one) => one.status === 'fulfilled')).toBe(true)
    }
  })

  test('an hour, and not a moment longer', async () => {
    const owner = await user()
    const link = await asked(mailing, owner.email)
    mailing.pass(3_600_000)
    expect(await refusal(resetPassword(guest(mailing), { token: link, password: NEXT }))).toMatchObject({
      code: 'expired',
    })
    expect((await mailing.store.read.users.credentials(owner.email))?.passwordHash).toBe(`hash of ${GOOD}`)
  })

  test('an unknown link is like an expired one; looking at it hashes nothing', async () => {
    for (const made of ['', 'nonsense', 'A'.repeat(43)]) {
      expect(await refusal(resetPassword(guest(mailing), { token: made, password: NEXT }))).toEqual({
        code: 'expired',
        detail: {},
      })
    }
    expect(hasher.steps).toEqual([])
  })

  test('the password is judged with the owner’s name, and the link still works', async () => {
    const owner = await user()
    const link = await asked(mailing, owner.email)
    const personal = { token: link, password: 'Ines-Weber-2026' }
    expect(await refusal(resetPassword(guest(mailing), personal))).toMatchObject({
      code: 'weak_password',
      detail: { reason: 'personal' },
    })
    await resetPassword(guest(mailing), { token: link, password: NEXT })
  })

  test('an unknown address: the same answer, the same number of transactions, no letter', async () => {
    const owner = await user()
    const transactions: number[] = []
    const { transact } = mailing.store
    for (const email of [owner.email, fresh()]) {
      let opened = 0
      mailing.store.transact = (run) => {
        opened++
        return transact(run)
      }
      const answer = await requestReset(guest(mailing), { email })
      mailing.store.transact = transact
      expect(Object.keys(answer)).toEqual(['delivered'])
      transactions.push(opened)
    }
    expect(transactions).toEqual([2, 2])
    expect(mailing.told.letters.map((letter) => letter.to)).toEqual([owner.email])
  })

  test('nobody waits for the mail', async () => {
    const owner = await user()
    let deliver: (value: boolean) => void = () => {}
    const slow = {
      ...guest(mailing),
      mailer: { delivers: true, send: () => new Promise<boolean>((done) => (deliver = done)) },
    }
    const { delivered } = await requestReset(slow, { email: owner.email })
    deliver(true)
    expect(await delivered).toBe(true)
  })

  test('without mail the letter asks for the log, and the address is not proven by it', async () => {
    const owner = await user(mailless)
    const link = await asked(mailless, owner.email)
    expect(mailless.told.letters[0]?.orLog).toBe(true)
    await resetPassword(guest(mailless), { token: link, password: NEXT })
    expect((await mailless.store.read.users.credentials(owner.email))?.emailVerified).toBeNull()
  })

  test('the letter is in its reader’s language', async () => {
    const owner = await user()
    await mailing.store.transact((tx) => tx.users.prefer(owner.id, { locale: 'zh' }))
    await requestReset(guest(mailing), { email: owner.email })
    expect(mailing.told.letters[0]?.subject).toBe('重设纲举的密码')
    expect(mailing.told.letters[0]?.text).toContain('60 分钟')
  })

  test('the database holds no token in the clear', async () => {
    const owner = await user()
    const link = await asked(mailing, owner.email)
    await requestSignUp(guest(mailing), { email: fresh(), next: '/' })
    const kept = await everything(mailing)
    expect(kept).toContain(tokenHash(link))
    expect(kept).not.toContain(link)
    expect(kept).not.toContain(token(mailing, 'sign-up'))
  })

  test('old links and sessions are swept, young ones stay', async () => {
    const owner = await user()
    await signIn(guest(mailing), { email: owner.email, password: GOOD })
    const link = await asked(mailing, owner.email)
    await sweepExpired(mailing.store, mailing.now())
    expect(await mailing.store.read.mailedLinks.reset(link)).not.toBeNull()
    await sweepExpired(mailing.store, mailing.now() + 61 * 86_400_000)
    expect(await mailing.store.read.mailedLinks.reset(link)).toBeNull()
    const [row] = await mailing.store.sql`select count(*)::int as n from sessions where user_id = ${owner.id}`
    expect(row?.n).toBe(0)
  })
})

describe('another address', () => {
  /** Signed in, with the password GOOD. */
  async function someone(at: House) {
    const me = await user(at)
    const asking = async () => ({
      ...guest(at),
      user: must(await at.store.read.users.find(me.id), 'the user'),
      sessionId: newId('ses'),
    })
    return { me, asking, address: async () => (await asking()).user.email }
  }
  const proven = async (at: House, id: string) => {
    const [row] = await at.store.sql`select email_verified is not null as proven from users where id = ${id}`
    return row?.proven
  }

  test('S10: counts when its link is opened, once; the old one is told, older letters are dead', async () => {
    const { me, asking, address } = await someone(mailing)
    const next = fresh()
    await requestReset(guest(mailing), { email: me.email })
    const reset = token(mailing, 'reset')
    const asked = await changeEmail(await asking(), { email: next.toUpperCase(), present: GOOD })
    expect(await asked.delivered).toBe(true)
    const link = token(mailing, 'account/email')
    expect(mailing.told.letters.at(-1)?.to).toBe(next)
    expect(await address()).toBe(me.email)
    expect(await everything(mailing)).not.toContain(link)

    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => confirmEmail(guest(mailing), { token: link })),
    )
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of all) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'already_used' })
    }
    expect(await address()).toBe(next)
    expect(await proven(mailing, me.id)).toBe(true)
    const told = mailing.told.letters.filter((letter) => letter.to === me.email)
    expect(told.at(-1)?.text).toContain(next)
    const late = resetPassword(guest(mailing), { token: reset, password: NEXT })
    expect(await refusal(late)).toMatchObject({ code: 'already_used' })
    await signIn(guest(mailing), { email: next, password: GOOD })
  })

  test('needs the password, an address, and no more than a person tries', async () => {
    const { asking, address, me } = await someone(mailing)
    expect(await refusal(changeEmail(await asking(), { email: fresh(), present: NEXT }))).toMatchObject({
      code: 'wrong_password',
      detail: { field: 'present' },
    })
    for (const email of ['a@evil.test,b@victim.test', '"e@evil.test"@victim.test', '']) {
      expect(await refusal(changeEmail(await asking(), { email, present: GOOD }))).toMatchObject({
        code: 'invalid_email',
      })
    }
    for (let tries = 0; tries < 10; tries++) {
      await refusal(changeEmail(await asking(), { email: fresh(), present: 'guessed' }))
    }
    expect(await refusal(changeEmail(await asking(), { email: fresh(), present: GOOD }))).toMatchObject({
      code: 'rate_limited',
    })
    expect(mailing.told.letters).toEqual([])
    expect(await address()).toBe(me.email)
  })

  test('who signs in by a provider needs no password where mail is sent: the present address hears of it first', async () => {
    const { asking, address, me } = await someone(mailing)
    await mailing.store.sql`update users set password_hash = null where id = ${me.id}`
    const next = fresh()
    const asked = await changeEmail(await asking(), { email: next, present: '' })
    expect(await asked.delivered).toBe(true)
    expect(mailing.told.letters.map(({ to }) => to).sort()).toEqual([me.email, next].sort())
    const told = mailing.told.letters.find(({ to }) => to === me.email)
    expect(told?.text).toContain(next)
    const link = token(mailing, 'account/email')
    expect(told?.text).not.toContain(link)
    expect(await address()).toBe(me.email)
    await confirmEmail(guest(mailing), { token: link })
    expect(await address()).toBe(next)
    const other = await user()
    mailing.told.letters.length = 0
    const taken = await changeEmail(await asking(), { email: other.email, present: '' })
    expect(await taken.delivered).toBe(false)
    expect(mailing.told.letters.map(({ to }) => to)).toEqual([next])
  })

  test('a taken one is answered alike and mailed to nobody; taken meanwhile, it is said', async () => {
    const { asking, address, me } = await someone(mailing)
    const other = await user()
    const asked = await changeEmail(await asking(), { email: other.email, present: GOOD })
    expect(await asked.delivered).toBe(false)
    expect(mailing.told.letters).toEqual([])

    const email = fresh()
    await changeEmail(await asking(), { email, present: GOOD })
    const link = token(mailing, 'account/email')
    await user(mailing, email)
    expect(await refusal(confirmEmail(guest(mailing), { token: link }))).toMatchObject({
      code: 'email_taken',
    })
    expect(await address()).toBe(me.email)
  })

  test('an hour; a second letter ends the first; a new password ends both', async () => {
    const { asking, me } = await someone(mailing)
    const links: string[] = []
    for (let letter = 0; letter < 2; letter++) {
      await changeEmail(await asking(), { email: fresh(), present: GOOD })
      links.push(token(mailing, 'account/email'))
    }
    const [first = '', second = ''] = links
    const confirm = (link: string) => refusal(confirmEmail(guest(mailing), { token: link }))
    expect(await confirm(first)).toMatchObject({ code: 'already_used' })
    await changePassword(await asking(), { present: GOOD, password: NEXT })
    expect(await confirm(second)).toMatchObject({ code: 'already_used' })
    await changeEmail(await asking(), { email: fresh(), present: NEXT })
    const last = token(mailing, 'account/email')
    mailing.pass(3_600_000)
    expect(await confirm(last)).toMatchObject({ code: 'expired' })
    expect(await confirm('x'.repeat(43))).toMatchObject({ code: 'expired' })
    expect((await mailing.store.read.users.find(me.id))?.email).toBe(me.email)
  })

  test('without mail it counts at once, unproven; a taken one is told', async () => {
    const { asking, address, me } = await someone(mailless)
    const other = await user(mailless)
    expect(await refusal(changeEmail(await asking(), { email: other.email, present: GOOD }))).toMatchObject({
      code: 'email_taken',
      detail: { field: 'email' },
    })
    const email = fresh()
    await changeEmail(await asking(), { email, present: GOOD })
    expect(await address()).toBe(email)
    expect(await proven(mailless, me.id)).toBe(false)
    expect(mailless.told.letters).toEqual([])
    await signIn(guest(mailless), { email, password: GOOD })
  })
})
