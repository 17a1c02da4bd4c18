import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '@/lib/domain/role'
import { cleanSlug } from '@/lib/domain/workspace'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { myDeletedWorkspaces } from '../queries/workspaces'
import type { UserContext } from './context'
import { type CreateWorkspace, createWorkspace } from './create-workspace'
import { deleteWorkspace } from './delete-workspace'
import { restoreWorkspace } from './restore-workspace'
import { updateWorkspace } from './update-workspace'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

let count = 0
const input = (given: Partial<CreateWorkspace> = {}): CreateWorkspace => ({
  name: 'Parstock',
  slug: `parstock-${++count}`,
  language: 'en',
  yearStart: 4,
  template: 'restaurant-saas',
  invites: [],
  ...given,
})

/** A user with no workspace of this name yet. */
const founder = async (): Promise<UserContext> => home.workspace('Somewhere')

describe('creating', () => {
  test('an owner, the chain, a current strategy, and invitations', async () => {
    const user = await founder()
    const made = await createWorkspace(
      user,
      input({
        name: ' 纲举  科技 ',
        language: 'zh',
        invites: [
          { email: 'priya@parstock.example', role: 'partner' },
          { email: null, role: 'viewer' },
        ],
      }),
    )
    const workspace = must(await home.store.read.workspaces.find(made.slug), 'it is found by its address')
    expect(workspace).toMatchObject({
      id: made.id,
      name: '纲举 科技',
      language: 'zh',
      yearStart: 4,
      currentStrategyId: made.strategyId,
    })
    const members = await home.store.read.members.list(made.id)
    expect(members.map(({ userId, role }) => ({ userId, role }))).toEqual([
      { userId: user.user.id, role: 'owner' },
    ])
    const chain = await home.store.read.departments.chain(made.id)
    expect(chain.map(({ kind, name }) => [kind, name])).toEqual([
      ['product', null],
      ['marketing', null],
      ['sales', null],
      ['success', null],
      ['organization', null],
    ])
    const strategies = await home.store.read.strategies.list(made.id, must(members[0], 'the owner').id)
    expect(strategies.map(({ id, title, language }) => ({ id, title, language }))).toEqual([
      { id: made.strategyId, title: '纲举 科技战略', language: 'zh' },
    ])
    expect(made.invited.map(({ email, role, link }) => [email, role, link !== null])).toEqual([
      ['priya@parstock.example', 'partner', true],
      [null, 'viewer', true],
    ])
  })

  test('without a template there is no strategy yet', async () => {
    const made = await createWorkspace(await founder(), input({ template: null }))
    expect(made.strategyId).toBeNull()
    expect(await home.store.read.strategies.count(made.id)).toBe(0)
  })

  test.each<[string, Partial<CreateWorkspace>, object]>([
    ['no name', { name: ' ' }, { code: 'required', detail: { field: 'name' } }],
    ['a long name', { name: '纲'.repeat(61) }, { code: 'too_long', detail: { field: 'name' } }],
    ['a page of ours', { slug: 'sign-in' }, { code: 'invalid_slug', detail: { field: 'slug' } }],
    ['an odd address', { slug: 'a_b' }, { code: 'invalid_slug' }],
    ['a thirteenth month', { yearStart: 13 }, { code: 'invalid_input', detail: { field: 'yearStart' } }],
    [
      'a list of addresses',
      { invites: [{ email: 'a@b.cd,e@f.gh', role: 'viewer' }] },
      { code: 'invalid_email' },
    ],
    [
      'too many people',
      { invites: Array.from({ length: 51 }, () => ({ email: null, role: 'viewer' as const })) },
      { code: 'too_large' },
    ],
  ])('%s: refused, and nothing is left behind', async (_, given, refusal) => {
    const user = await founder()
    const before = await home.store.read.workspaces.ofUser(user.user.id)
    await expect(createWorkspace(user, input(given))).rejects.toMatchObject(refusal)
    expect(await home.store.read.workspaces.ofUser(user.user.id)).toEqual(before)
  })

  test('one’s own address is a member already', async () => {
    const user = await founder()
    const invites = [{ email: user.user.email, role: 'partner' as const }]
    await expect(createWorkspace(user, input({ invites }))).rejects.toThrow('already_member')
  })

  test('an address is given once, also to ten at the same time', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, founder))
    const given = input({ template: null })
    const answers = await Promise.allSettled(users.map((user) => createWorkspace(user, given)))
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []))
    expect(new Set(reasons)).toEqual(new Set(['slug_taken']))
  })

  test('a fault on the way leaves no half workspace, and its address free', async () => {
    const user = await founder()
    const given = input()
    const broken: UserContext = {
      ...user,
      live: {
        ...user.live,
        publish: () => {
          throw new Error('the sockets are gone')
        },
      },
    }
    await expect(createWorkspace(broken, given)).rejects.toThrow('the sockets are gone')
    expect(await home.store.read.workspaces.find(given.slug)).toBeNull()
    expect((await createWorkspace(user, given)).slug).toBe(given.slug)
  })

  test('twenty in an hour are enough', async () => {
    const user = await founder()
    for (let n = 0; n < 20; n++) await createWorkspace(user, input({ template: null }))
    await expect(createWorkspace(user, input({ template: null }))).rejects.toThrow('rate_limited')
  })
})

describe('updating', () => {
  const change = { name: 'Ladle', slug: 'ladle', language: 'zh' as const, yearStart: 7 }

  test.each(roles)('by a %s', async (role) => {
    const owner = await home.workspace()
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const slug = `ladle-${role}`
    home.told.events.length = 0
    const updated = updateWorkspace(by, { ...change, slug })
    if (role !== 'owner') return expect(updated).rejects.toThrow('not_allowed')
    expect(await updated).toMatchObject({ ...change, slug })
    expect(home.told.events).toEqual([
      { room: owner.actor.workspaceId, event: { type: 'workspace.changed' } },
    ])
    expect((await home.store.read.workspaces.find(slug))?.id).toBe(owner.actor.workspaceId)
  })

  test('an address of others is taken, one’s own is not', async () => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const { slug: theirs } = must(await home.store.read.workspaces.find(other.actor.workspaceId), '')
    await expect(updateWorkspace(owner, { ...change, slug: theirs })).rejects.toMatchObject({
      code: 'slug_taken',
      detail: { field: 'slug' },
    })
    const own = await updateWorkspace(owner, { ...change, slug: 'own-address' })
    expect((await updateWorkspace(owner, { ...change, slug: own.slug, name: 'Again' })).name).toBe('Again')
  })

  test('odd values are refused', async () => {
    const owner = await home.workspace()
    await expect(updateWorkspace(owner, { ...change, name: '' })).rejects.toThrow('required')
    await expect(updateWorkspace(owner, { ...change, slug: 'api' })).rejects.toThrow('invalid_slug')
    await expect(updateWorkspace(owner, { ...change, yearStart: 0 })).rejects.toThrow('invalid_input')
  })
})

describe('deleting', () => {
  test.each(roles)('by a %s', async (role) => {
    const owner = await home.workspace('Brief')
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const deleted = deleteWorkspace(by, { name: 'Brief' })
    if (role === 'owner') await deleted
    else await expect(deleted).rejects.toThrow('not_allowed')
    expect((await home.store.read.workspaces.find(owner.actor.workspaceId)) === null).toBe(role === 'owner')
  })

  test('asks for the name', async () => {
    const owner = await home.workspace('Brief')
    await expect(deleteWorkspace(owner, { name: 'brief' })).rejects.toMatchObject({
      code: 'name_differs',
      detail: { field: 'name' },
    })
  })

  test('closes it for everybody and frees its address', async () => {
    const owner = await home.workspace('Brief')
    const member = await home.member(owner, 'member')
    const { workspaceId } = owner.actor
    const { slug } = must(await home.store.read.workspaces.find(workspaceId), '')
    home.told.revoked.length = 0
    await deleteWorkspace(owner, { name: ' Brief ' })
    expect(home.told.revoked).toEqual([{ workspaceId }])
    await expect(home.again(owner)).rejects.toThrow()
    await expect(home.again(member)).rejects.toThrow()
    expect(await home.store.read.workspaces.ofUser(member.user.id)).toEqual([])
    // An edit that was permitted before the end is not appended after it.
    const row = must(await home.store.read.members.find(member.actor.memberId), 'the row stays')
    expect(row.revision).toBe(member.actor.revision + 1)
    await expect(deleteWorkspace(owner, { name: 'Brief' })).rejects.toThrow('not_found')
    expect((await createWorkspace(await founder(), input({ slug, template: null }))).slug).toBe(slug)
  })
})

describe('bringing back', () => {
  const DAY = 86_400_000
  const deletedOf = async (context: UserContext) =>
    (await myDeletedWorkspaces(context)).map(({ name, until }) => [name, until - home.now()])

  test('for thirty days, for whoever was in it, under an address that is free', async () => {
    const owner = await home.workspace('Way Back')
    const member = await home.member(owner, 'member')
    const { workspaceId } = owner.actor
    await deleteWorkspace(owner, { name: 'Way Back' })
    expect(await deletedOf(owner)).toEqual([['Way Back', 30 * DAY]])
    await createWorkspace(await founder(), input({ slug: 'way-back', template: null }))

    const { slug } = await restoreWorkspace(owner, { workspaceId })
    expect(slug).toMatch(/^way-back-[0-9a-z]{6}$/)
    expect((await home.again(member)).actor.role).toBe('member')
    expect(await deletedOf(owner)).toEqual([])
    await expect(restoreWorkspace(owner, { workspaceId })).rejects.toThrow('not_found')

    // A name as long as it may be leaves room for the ending.
    const long = await home.workspace('x'.repeat(60))
    await createWorkspace(await founder(), input({ slug: 'x'.repeat(40), template: null }))
    await deleteWorkspace(long, { name: 'x'.repeat(60) })
    const again = await restoreWorkspace(long, { workspaceId: long.actor.workspaceId })
    expect(cleanSlug(again.slug)).toMatch(/^x{33}-[0-9a-z]{6}$/)
  })

  test.each(roles.filter((role) => role !== 'owner'))('not by a %s', async (role) => {
    const owner = await home.workspace('Not Theirs')
    const by = await home.member(owner, role)
    const { workspaceId } = owner.actor
    await expect(restoreWorkspace(owner, { workspaceId })).rejects.toThrow('not_found')
    await deleteWorkspace(owner, { name: 'Not Theirs' })
    expect(await deletedOf(by)).toEqual([])
    for (const context of [by, await founder()]) {
      await expect(restoreWorkspace(context, { workspaceId })).rejects.toThrow('not_found')
    }
    await expect(restoreWorkspace(owner, { workspaceId: 'ws_\u0000' })).rejects.toThrow('not_found')
    home.pass(30 * DAY)
    expect(await deletedOf(owner)).toEqual([])
    await expect(restoreWorkspace(owner, { workspaceId })).rejects.toThrow('not_found')
  })

  test('is not offered for one that was never finished', async () => {
    const context = await founder()
    const broken = { ...context, live: { ...context.live, publish: () => expect.unreachable() } }
    await expect(createWorkspace(broken, input({ slug: 'half-made', template: 'blank' }))).rejects.toThrow()
    expect(await deletedOf(context)).toEqual([])
  })
})
