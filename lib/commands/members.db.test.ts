import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house, staff } from '@/lib/testing/builders'
import { changeRole } from './change-role'
import type { Context } from './context'
import { inviteMembers } from './invite-members'
import { leaveWorkspace } from './leave-workspace'
import { removeMember } from './remove-member'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const rolesIn = async (of: Context) =>
  (await home.store.read.members.list(of.actor.workspaceId)).map((member) => member.role).sort()

const revision = async (memberId: string) =>
  must(await home.store.read.members.find(memberId), 'the row stays').revision

/** What the sockets were told since `before`. */
async function told(work: Promise<unknown>) {
  home.told.events.length = 0
  home.told.revoked.length = 0
  await work
  return {
    events: home.told.events.map(({ room, event }) => [room, event.type]),
    revoked: [...home.told.revoked],
  }
}

describe('who a member is', () => {
  test('by id and by slug, in one query; strangers and odd names are nobody', async () => {
    const owner = await home.workspace()
    const { workspaceId, userId, sessionId } = owner.actor
    const { slug } = must(await home.store.read.workspaces.find(workspaceId), 'it exists')
    expect(await home.store.read.members.actor(slug, userId, sessionId)).toEqual(owner.actor)
    expect(await home.store.read.members.actor(workspaceId, userId, sessionId)).toEqual(owner.actor)
    const stranger = await home.workspace('Other')
    for (const name of [slug, workspaceId])
      expect(await home.store.read.members.actor(name, stranger.user.id, stranger.sessionId)).toBeNull()
    for (const name of ['', '\u0000', `${slug}\u0000`, "' or 1=1", '../x', slug.toUpperCase()])
      expect(await home.store.read.members.actor(name, userId, sessionId)).toBeNull()
  })

  test('leads are those of departments that stand', async () => {
    const owner = await home.workspace()
    const [product, marketing, sales] = await home.store.read.departments.chain(owner.actor.workspaceId)
    await staff(home.store, must(product, '').id, owner.actor.memberId, true)
    await staff(home.store, must(marketing, '').id, owner.actor.memberId, false)
    await staff(home.store, must(sales, '').id, owner.actor.memberId, true)
    await home.store.transact((tx) => tx.departments.save({ ...must(sales, ''), archivedAt: new Date() }))
    expect((await home.again(owner)).actor.leads).toEqual([must(product, '').id])
  })
})

describe('changing a role', () => {
  test.each(roles)('by a %s', async (role) => {
    const owner = await home.workspace()
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const member = await home.member(owner, 'member')
    const changed = changeRole(by, { memberId: member.actor.memberId, role: 'viewer' })
    if (role === 'owner') await changed
    else await expect(changed).rejects.toThrow('not_allowed')
    expect((await home.again(member)).actor.role).toBe(role === 'owner' ? 'viewer' : 'member')
  })

  test('counts the revision up, closes the connections and tells the others', async () => {
    const owner = await home.workspace()
    const member = await home.member(owner, 'member')
    const { memberId, workspaceId } = member.actor
    expect(await told(changeRole(owner, { memberId, role: 'partner' }))).toEqual({
      events: [[workspaceId, 'members.changed']],
      revoked: [{ memberId }],
    })
    expect(await revision(memberId)).toBe(member.actor.revision + 1)
    // The same role again is no change: nobody is thrown out for it.
    expect(await told(changeRole(owner, { memberId, role: 'partner' }))).toEqual({ events: [], revoked: [] })
    expect(await revision(memberId)).toBe(member.actor.revision + 1)
  })

  test('advisers and viewers leave their departments', async () => {
    const owner = await home.workspace()
    const member = await home.member(owner, 'manager')
    const [product] = await home.store.read.departments.chain(owner.actor.workspaceId)
    await staff(home.store, must(product, '').id, member.actor.memberId, true)
    await changeRole(owner, { memberId: member.actor.memberId, role: 'partner' })
    expect((await home.again(member)).actor.leads).toHaveLength(1)
    await changeRole(owner, { memberId: member.actor.memberId, role: 'adviser' })
    expect((await home.again(member)).actor.leads).toEqual([])
    expect(await home.store.read.departments.staff(owner.actor.workspaceId)).toEqual([])
  })
})

describe('a member of another workspace, a removed one and nonsense are alike', () => {
  test.each([
    ['changing', (by: Context, memberId: string) => changeRole(by, { memberId, role: 'viewer' as Role })],
    ['removing', (by: Context, memberId: string) => removeMember(by, { memberId })],
  ])('%s', async (_, act) => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const theirs = await home.member(other, 'member')
    const gone = await home.member(owner, 'member')
    await removeMember(owner, { memberId: gone.actor.memberId })
    for (const memberId of [
      theirs.actor.memberId,
      gone.actor.memberId,
      newId('mem'),
      'x',
      'mem_\u0000',
      '',
    ]) {
      await expect(act(owner, memberId)).rejects.toThrow('not_found')
    }
    expect((await home.again(theirs)).actor).toEqual(theirs.actor)
  })
})

describe('removing', () => {
  test.each(roles)('by a %s', async (role) => {
    const owner = await home.workspace()
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const member = await home.member(owner, 'viewer')
    const removed = removeMember(by, { memberId: member.actor.memberId })
    if (role === 'owner') await removed
    else await expect(removed).rejects.toThrow('not_allowed')
    expect(await rolesIn(owner)).toHaveLength(1 + (role === 'owner' ? 0 : 2))
  })

  test('S2: revision, connections, departments, single permissions and invitations', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    const { memberId, workspaceId } = partner.actor
    const [product] = await home.store.read.departments.chain(workspaceId)
    await staff(home.store, must(product, '').id, memberId, true)
    await inviteMembers(partner, { invites: [{ email: null, role: 'viewer' }] })
    expect(await told(removeMember(owner, { memberId }))).toEqual({
      events: [[workspaceId, 'members.changed']],
      revoked: [{ memberId }],
    })
    expect(await revision(memberId)).toBe(partner.actor.revision + 1)
    await expect(home.again(partner)).rejects.toThrow()
    expect(await home.store.read.departments.staff(workspaceId)).toEqual([])
    expect(await home.store.read.invitations.pending(workspaceId, new Date(home.now()))).toEqual([])
    expect(await home.store.read.workspaces.ofUser(partner.user.id)).toEqual([])
  })
})

describe('leaving', () => {
  test.each(roles.filter((role) => role !== 'owner'))('a %s may', async (role) => {
    const owner = await home.workspace()
    const member = await home.member(owner, role)
    expect(await told(leaveWorkspace(member))).toEqual({
      events: [[owner.actor.workspaceId, 'members.changed']],
      revoked: [{ memberId: member.actor.memberId }],
    })
    expect(await rolesIn(owner)).toEqual(['owner'])
    // A second click finds nobody there.
    await expect(leaveWorkspace(member)).rejects.toThrow('not_found')
  })
})

describe('the last owner', () => {
  test('row 12: cannot leave, be removed or be lowered; nothing is told', async () => {
    const owner = await home.workspace()
    await home.member(owner, 'partner')
    const { memberId } = owner.actor
    const said = told(
      Promise.all([
        expect(leaveWorkspace(owner)).rejects.toThrow('last_owner'),
        expect(removeMember(owner, { memberId })).rejects.toThrow('last_owner'),
        expect(changeRole(owner, { memberId, role: 'partner' })).rejects.toThrow('last_owner'),
      ]),
    )
    expect(await said).toEqual({ events: [], revoked: [] })
    expect(await rolesIn(owner)).toEqual(['owner', 'partner'])
    expect(await revision(memberId)).toBe(owner.actor.revision)
  })

  test('an owner who was removed counts for nothing', async () => {
    const owner = await home.workspace()
    const second = await home.member(owner, 'owner')
    await removeMember(owner, { memberId: second.actor.memberId })
    await expect(leaveWorkspace(owner)).rejects.toThrow('last_owner')
  })

  const ways = {
    'both leave': [(a: Context) => leaveWorkspace(a), (_: Context, b: Context) => leaveWorkspace(b)],
    'each removes the other': [
      (a: Context, b: Context) => removeMember(a, { memberId: b.actor.memberId }),
      (a: Context, b: Context) => removeMember(b, { memberId: a.actor.memberId }),
    ],
    'each lowers the other': [
      (a: Context, b: Context) => changeRole(a, { memberId: b.actor.memberId, role: 'member' as Role }),
      (a: Context, b: Context) => changeRole(b, { memberId: a.actor.memberId, role: 'member' as Role }),
    ],
    'one leaves while lowering the other': [
      (a: Context) => leaveWorkspace(a),
      (a: Context, b: Context) => changeRole(a, { memberId: b.actor.memberId, role: 'member' as Role }),
    ],
  } as const

  test.each(Object.entries(ways))('two at once, %s: exactly one owner stays', async (_, [one, two]) => {
    for (let round = 0; round < 10; round++) {
      const a = await home.workspace()
      const b = await home.member(a, 'owner')
      const answers = await Promise.allSettled([one(a, b), two(a, b)])
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
      expect((await rolesIn(a)).filter((role) => role === 'owner')).toHaveLength(1)
    }
  })

  test('row 12: two transactions in the order that hurts: the second waits, then sees the first', async () => {
    const a = await home.workspace()
    const b = await home.member(a, 'owner')
    const order: string[] = []
    let bWaits: Promise<unknown> = Promise.resolve()
    await home.store.transact(async (tx) => {
      await tx.workspaces.lock(a.actor.workspaceId)
      bWaits = leaveWorkspace(b).then(
        () => order.push('b left'),
        (error) => order.push(`b ${error.code}`),
      )
      // Until the database itself says that b stands in the queue.
      for (;;) {
        const [waiting] = await home.store.sql`
          select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        if (waiting) break
      }
      const member = must(await tx.members.lock(a.actor.memberId), 'a is a member')
      await tx.members.save({ ...member, removedAt: new Date() })
      order.push('a left')
    })
    await bWaits
    expect(order).toEqual(['a left', 'b last_owner'])
  })
})
