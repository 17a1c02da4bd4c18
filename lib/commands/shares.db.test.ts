import { afterAll, beforeAll, expect, test } from 'vitest'
import { shareDoor, sharedPicture, sharedView, sharesOf } from '@/lib/queries/share'
import { makeHasher } from '@/lib/server/password'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import type { Context } from './context'
import { type CreateShare, createShare } from './create-share'
import { createStrategy } from './create-strategy'
import { openShare } from './open-share'
import { removeMember } from './remove-member'
import { revokeShare } from './revoke-share'
import { uploadImage } from './upload-image'

const hasher = makeHasher()
const DAY = 86_400_000
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const refused = async (work: Promise<unknown>) => (await refusal(work)).code

let home: House
let owner: Context
beforeAll(async () => {
  home = await house()
  owner = await home.workspace()
})
afterAll(() => home.close())

const plain = { shows: 'live', comments: false, days: 7, password: '', note: '', language: 'en' } as const

async function shared(wish: Partial<CreateShare> = {}, by: Context = owner) {
  const strategy = await createStrategy(owner, {
    title: 'Secret plan',
    language: 'en',
    template: 'smart-tourism',
  })
  const made = await createShare({ ...by, hasher }, { ...plain, strategyId: strategy.id, ...wish })
  return { strategy, ...made }
}

let visitors = 0
const guest = () => {
  visitors += 1
  return { ...home.guest(`2001:db8::${visitors.toString(16)}`), hasher }
}

test('a link is exchanged for a visit, and shows the strategy; of token and visit only hashes are kept', async () => {
  const { token, id } = await shared({ note: 'For the board' })
  const visit = await openShare(guest(), { token, password: '' })
  expect(visit.shareId).toBe(id)
  const view = await sharedView(home.guest(), id, visit.token)
  expect(view?.strategy.title).toBe('Secret plan')
  expect(JSON.stringify(view)).not.toContain('For the board')
  const stored = JSON.stringify([
    await home.store.sql`select * from shares`,
    await home.store.sql`select * from share_visits`,
  ])
  expect(stored).not.toContain(token)
  expect(stored).not.toContain(visit.token)
  // A page that is only looked at redeems nothing.
  await shareDoor(home.guest(), token)
  expect(
    (
      await sharesOf(
        owner,
        view ? ((await home.store.read.shares.byToken(token))?.share.strategyId ?? '') : '',
      )
    ).shares[0],
  ).toMatchObject({ opened: 1, note: 'For the board' })
})

test('whatever is wrong with a link, it is the same nothing', async () => {
  const gone = await shared()
  await revokeShare(owner, { strategyId: gone.strategy.id, shareId: gone.id })
  const old = await shared({ days: 1 })
  for (const token of [gone.token, 'x'.repeat(43), '', `${gone.token} `]) {
    expect(await shareDoor(home.guest(), token)).toBeNull()
    expect(await refused(openShare(guest(), { token, password: '' }))).toBe('expired')
  }
  const visit = await openShare(guest(), { token: old.token, password: '' })
  home.pass(DAY + 1)
  expect(await shareDoor(home.guest(), old.token)).toBeNull()
  expect(await sharedView(home.guest(), old.id, visit.token)).toBeNull()
})

test('revoking ends every visit at once, pictures too', async () => {
  const { strategy, id, token } = await shared()
  const kept = await uploadImage(owner, { strategyId: strategy.id, name: 'p.png', bytes: png })
  const visit = await openShare(guest(), { token, password: '' })
  // Not in the text: not shared, whoever knows its id.
  expect(await sharedPicture(home.guest(), id, visit.token, kept.id)).toBeNull()
  await revokeShare(owner, { strategyId: strategy.id, shareId: id })
  expect(await sharedView(home.guest(), id, visit.token)).toBeNull()
  expect(await home.store.sql`select 1 from share_visits where share_id = ${id}`).toHaveLength(0)
})

test('a visit opens its own share only', async () => {
  const one = await shared()
  const other = await shared()
  const visit = await openShare(guest(), { token: one.token, password: '' })
  expect(await sharedView(home.guest(), other.id, visit.token)).toBeNull()
  for (const cookie of [null, '', 'x', one.token])
    expect(await sharedView(home.guest(), one.id, cookie)).toBeNull()
  expect(await sharedView(home.guest(), 'shr_none', visit.token)).toBeNull()
})

test('a password is asked for, tried a few times, and kept as a hash', async () => {
  expect(await refused(shared({ password: 'short' }))).toBe('weak_password')
  const password = 'only for the board, please'
  const { token, id } = await shared({ password })
  expect(await shareDoor(home.guest(), token)).toMatchObject({ asksPassword: true })
  const [row] = await home.store.sql<
    { password_hash: string }[]
  >`select password_hash from shares where id = ${id}`
  expect(row?.password_hash).toMatch(/^\$argon2id\$/)
  const from = guest()
  for (let i = 0; i < 8; i++)
    expect(await refused(openShare(from, { token, password: 'wrong' }))).toBe('wrong_share_password')
  expect(await refused(openShare(from, { token, password }))).toBe('rate_limited')
  // Somebody else's tries are not held against the one who knows it.
  expect((await openShare(guest(), { token, password })).shareId).toBe(id)
})

test('a fixed share shows what stood there when it was made', async () => {
  const { id, token, strategy } = await shared({ shows: 'now' })
  const visit = await openShare(guest(), { token, password: '' })
  const before = await sharedView(home.guest(), id, visit.token)
  expect(before?.version?.number).toBe(1)
  expect(before?.strategy.chapters.situation.length).toBeGreaterThan(3)
  expect(await home.store.read.versions.find(strategy.id, 1)).not.toBeNull()
})

test('owners and partners share; a link goes with whoever made it', async () => {
  const partner = await home.member(owner, 'partner')
  for (const role of ['manager', 'member', 'adviser', 'viewer'] as const) {
    const other = await home.member(owner, role)
    expect(await refused(shared({}, other))).toMatch(/^not_(allowed|found)$/)
  }
  const elsewhere = await home.workspace('Elsewhere')
  const { strategy, token } = await shared({}, partner)
  expect(await refused(revokeShare(elsewhere, { strategyId: strategy.id, shareId: 'shr_x' }))).toBe(
    'not_found',
  )
  expect(await shareDoor(home.guest(), token)).not.toBeNull()
  await removeMember(owner, { memberId: partner.actor.memberId })
  expect(await shareDoor(home.guest(), token)).toBeNull()
})
