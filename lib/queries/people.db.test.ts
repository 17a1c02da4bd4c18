import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptInvitation } from '@/lib/commands/accept-invitation'
import type { Context } from '@/lib/commands/context'
import { type Invite, inviteMembers } from '@/lib/commands/invite-members'
import { removeMember } from '@/lib/commands/remove-member'
import { revokeInvitation } from '@/lib/commands/revoke-invitation'
import { roles } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { type House, house, staff } from '@/lib/testing/builders'
import { departmentsPage } from './departments-page'
import { invitationView } from './invitation'
import { membersPage } from './members-page'
import { settingsPage } from './settings-page'
import { myWorkspaces } from './workspaces'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function invite(by: Context, given: Partial<Invite> = {}) {
  const [invited] = await inviteMembers(by, { invites: [{ email: null, role: 'partner', ...given }] })
  const { id, link } = must(invited, 'one was written')
  return { id, token: must(link, 'no mail here').split('/').at(-1) ?? '' }
}

describe('what a link shows', () => {
  test('a good one: the workspace, the inviter, the role; to a stranger too, and looking uses nothing up', async () => {
    const owner = await home.workspace('Ladleworks')
    const { token } = await invite(owner, { role: 'manager' })
    const open = {
      state: 'open',
      workspace: 'Ladleworks',
      inviter: owner.user.name,
      role: 'manager',
      bound: false,
    }
    for (let n = 0; n < 3; n++) expect(await invitationView(home.guest(), null, token)).toMatchObject(open)
    const user = await home.workspace('Elsewhere')
    expect(await invitationView(user, user.user, token)).toMatchObject(open)
    await acceptInvitation(user, { token })
  })

  test('a bad one: no name of anything', async () => {
    const owner = await home.workspace('CANARY')
    const user = await home.workspace('Elsewhere')
    const used = await invite(owner)
    await acceptInvitation(await home.workspace('Third'), { token: used.token })
    const revoked = await invite(owner)
    await revokeInvitation(owner, revoked && { invitationId: revoked.id })
    const bound = await invite(owner, { email: 'priya@parstock.example' })
    const partner = await home.member(owner, 'partner')
    const orphan = await invite(partner)
    await removeMember(owner, { memberId: partner.actor.memberId })
    const seen = {
      used: await invitationView(user, user.user, used.token),
      revoked: await invitationView(home.guest(), null, revoked.token),
      bound: await invitationView(user, user.user, bound.token),
      orphan: await invitationView(home.guest(), null, orphan.token),
      unknown: await invitationView(home.guest(), null, 'x'.repeat(43)),
      odd: await invitationView(home.guest(), null, '\u0000'),
    }
    expect(seen).toEqual({
      used: { state: 'used' },
      revoked: { state: 'expired' },
      bound: { state: 'wrong-address' },
      orphan: { state: 'expired' },
      unknown: { state: 'unknown' },
      odd: { state: 'unknown' },
    })
    home.pass(8 * 86_400_000)
    expect(await invitationView(home.guest(), null, bound.token)).toEqual({ state: 'expired' })
  })

  test('a member is shown the way in, whatever became of the link', async () => {
    const owner = await home.workspace('Ladleworks')
    const { token } = await invite(owner)
    const user = await home.workspace('Elsewhere')
    const { slug } = await acceptInvitation(user, { token })
    expect(await invitationView(user, user.user, token)).toEqual({
      state: 'member',
      workspace: 'Ladleworks',
      slug,
    })
  })
})

describe('the members page', () => {
  test.each(roles)('as a %s', async (role) => {
    const owner = await home.workspace()
    const me = role === 'owner' ? owner : await home.member(owner, role)
    await invite(owner, { role: 'owner' })
    await invite(owner, { role: 'viewer' })
    const page = await membersPage(me)
    expect(page.mayInvite).toBe(role === 'owner' || role === 'partner')
    expect(page.mayChangeRole).toBe(role === 'owner')
    expect(page.mayRemove).toBe(role === 'owner')
    expect(page.invitations.map((line) => [line.role, line.mayRenew]).sort()).toEqual(
      page.mayInvite
        ? [
            ['owner', role === 'owner'],
            ['viewer', true],
          ]
        : [],
    )
    expect(page.members.filter((line) => line.me).map((line) => line.id)).toEqual([me.actor.memberId])
    expect(page.members.find((line) => line.role === 'owner')?.lastOwner).toBe(true)
    // An adviser from outside collects no addresses.
    expect(page.members.every((line) => line.email !== null)).toBe(role !== 'adviser')
  })

  test('of two owners neither is the last', async () => {
    const owner = await home.workspace()
    await home.member(owner, 'owner')
    expect((await membersPage(owner)).members.map((line) => line.lastOwner)).toEqual([false, false])
  })

  test('invitations of somebody who left are gone', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    await invite(partner)
    expect((await membersPage(owner)).invitations).toHaveLength(1)
    await removeMember(owner, { memberId: partner.actor.memberId })
    expect((await membersPage(owner)).invitations).toEqual([])
  })
})

test('the departments page: the chain, who leads, who works, and what one may', async () => {
  const owner = await home.workspace()
  const priya = await home.member(owner, 'manager', 'Priya')
  const tomas = await home.member(owner, 'member', 'Tomás')
  await home.member(owner, 'viewer', 'Vera')
  const [product, marketing] = (await departmentsPage(owner)).chain
  await staff(home.store, must(product, '').id, priya.actor.memberId, true)
  await staff(home.store, must(product, '').id, tomas.actor.memberId)
  const page = await departmentsPage(await home.again(priya))
  expect(page.chain.map((line) => line.kind)).toEqual([
    'product',
    'marketing',
    'sales',
    'success',
    'organization',
  ])
  expect(page.chain[0]).toMatchObject({
    leads: [{ name: 'Priya' }],
    members: [{ name: 'Tomás' }],
    mayStaff: true,
  })
  expect(page.chain[1]).toMatchObject({ id: must(marketing, '').id, leads: [], mayStaff: false })
  expect(page.people.map((person) => person.name).sort()).toEqual(['Owner of Ladleworks', 'Priya', 'Tomás'])
  expect([page.mayCreate, page.mayUpdate, page.mayArchive]).toEqual([false, false, false])
})

test('the general settings say who may change them', async () => {
  const owner = await home.workspace()
  const partner = await home.member(owner, 'partner')
  expect(await settingsPage(owner)).toMatchObject({ mayUpdate: true, mayDelete: true })
  expect(await settingsPage(partner)).toMatchObject({
    mayUpdate: false,
    mayDelete: false,
    before: 'localhost:3000/',
  })
})

test('my workspaces: mine alone, with the people in them counted', async () => {
  const mine = await home.workspace('Mine')
  await home.member(mine, 'viewer')
  const other = await home.workspace('Not mine')
  const { token } = await invite(other, { role: 'adviser' })
  expect(await myWorkspaces(mine)).toMatchObject([{ name: 'Mine', role: 'owner', members: 2 }])
  await acceptInvitation(mine, { token })
  const both = (await myWorkspaces(mine)).map(({ name, role, members }) => [name, role, members]).sort()
  expect(both).toEqual([
    ['Mine', 'owner', 2],
    ['Not mine', 'adviser', 2],
  ])
})
