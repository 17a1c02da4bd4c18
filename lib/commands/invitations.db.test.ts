import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { departments, invitations, members } from '@/db/schema'
import type { Role } from '@/lib/domain/role'
import { roles } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { acceptInvitation } from './accept-invitation'
import { changeRole } from './change-role'
import type { Context, UserContext } from './context'
import { deleteWorkspace } from './delete-workspace'
import { type Invite, inviteMembers } from './invite-members'
import { removeMember } from './remove-member'
import { renewInvitation } from './renew-invitation'
import { revokeInvitation } from './revoke-invitation'

const DAY = 86_400_000
let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

/** Somebody who belongs nowhere near: the owner of another workspace. */
const outsider = async (): Promise<UserContext> => home.workspace('Elsewhere')

async function invite(by: Context, given: Partial<Invite> = {}): Promise<{ token: string; id: string }> {
  const [invited] = await inviteMembers(by, { invites: [{ email: null, role: 'partner', ...given }] })
  const { link, id } = must(invited, 'one was written')
  return { token: must(link, 'no mail goes out here').slice('http://localhost:3000/invite/'.length), id }
}

const present = async (workspaceId: string, userId: string) => {
  const rows = await home.store.read.members.list(workspaceId)
  return rows.find((member) => member.userId === userId) ?? null
}

describe('inviting', () => {
  test.each(roles)('a %s', async (role) => {
    const owner = await home.workspace()
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const written = inviteMembers(by, { invites: [{ email: null, role: 'viewer' }] })
    if (role === 'owner' || role === 'partner') expect(await written).toHaveLength(1)
    else await expect(written).rejects.toThrow('not_allowed')
  })

  test('nobody gives a role above their own', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    await expect(inviteMembers(partner, { invites: [{ email: null, role: 'owner' }] })).rejects.toThrow(
      'role_too_high',
    )
    expect(await inviteMembers(owner, { invites: [{ email: null, role: 'owner' }] })).toHaveLength(1)
  })

  test('rights are read again inside: who was lowered a moment ago invites nobody', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    await changeRole(owner, { memberId: partner.actor.memberId, role: 'member' })
    await expect(invite(partner)).rejects.toThrow('not_allowed')
    await removeMember(owner, { memberId: partner.actor.memberId })
    await expect(invite(partner)).rejects.toThrow('not_found')
  })

  test('all or none, and the refusal names the row', async () => {
    const owner = await home.workspace()
    const many = inviteMembers(owner, {
      invites: [
        { email: 'good@parstock.example', role: 'partner' },
        { email: 'a@evil.test,b@victim.test', role: 'partner' },
      ],
    })
    await expect(many).rejects.toMatchObject({ code: 'invalid_email', detail: { field: 'email-1' } })
    const known = inviteMembers(owner, {
      invites: [
        { email: 'good@parstock.example', role: 'partner' },
        { email: owner.user.email.toUpperCase(), role: 'partner' },
      ],
    })
    await expect(known).rejects.toMatchObject({ code: 'already_member', detail: { field: 'email-1' } })
    expect(await home.store.read.invitations.pending(owner.actor.workspaceId, new Date(home.now()))).toEqual(
      [],
    )
  })

  test('an address holds one invitation at a time, whatever its capitals', async () => {
    const owner = await home.workspace()
    const first = await invite(owner, { email: 'Priya@Parstock.example' })
    await invite(owner, { email: 'priya@parstock.EXAMPLE', role: 'viewer' })
    const pending = await home.store.read.invitations.pending(owner.actor.workspaceId, new Date(home.now()))
    expect(pending.map(({ email, role }) => ({ email, role }))).toEqual([
      { email: 'priya@parstock.example', role: 'viewer' },
    ])
    await expect(acceptInvitation(await outsider(), { token: first.token })).rejects.toThrow('wrong_account')
  })

  test('a department of another workspace is not there', async () => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const [theirs] = await home.store.read.departments.chain(other.actor.workspaceId)
    await expect(invite(owner, { departmentId: must(theirs, 'a chain').id })).rejects.toThrow('not_found')
    await expect(invite(owner, { departmentId: 'dep_\u0000' })).rejects.toThrow('not_found')
  })

  test('row 14: 200 in a minute are too many, and the wait is told', async () => {
    const owner = await home.workspace()
    let refused = 0
    for (let i = 0; i < 20; i++) {
      const invites = Array.from({ length: 10 }, (_, n) => ({
        email: `p${i}-${n}@parstock.example`,
        role: 'viewer' as const,
      }))
      await inviteMembers(owner, { invites }).catch((error) => {
        expect(error).toMatchObject({ code: 'rate_limited' })
        expect(error.detail.seconds).toBeGreaterThan(0)
        expect(error.detail.seconds).toBeLessThanOrEqual(60)
        refused++
      })
    }
    expect(refused).toBe(14)
    home.pass(61_000)
    expect(await inviteMembers(owner, { invites: [{ email: null, role: 'viewer' }] })).toHaveLength(1)
  })

  test('only the hash of the link is kept', async () => {
    const owner = await home.workspace()
    const { token, id } = await invite(owner)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const rows = await home.store.database.select().from(invitations)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.find((row) => row.id === id)?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('with mail the letter goes out, and the link is not shown', async () => {
    const posted = await house({ delivers: true })
    try {
      const owner = await posted.workspace('纲举')
      const [mailed, link] = await inviteMembers(owner, {
        invites: [
          { email: 'priya@parstock.example', role: 'partner' },
          { email: null, role: 'viewer' },
        ],
      })
      expect(mailed?.link).toBeNull()
      expect(link?.link).toMatch(/^http:\/\/localhost:3000\/invite\/[\w-]{43}$/)
      expect(posted.told.letters).toHaveLength(1)
      const letter = must(posted.told.letters[0], 'one letter')
      expect(letter.to).toBe('priya@parstock.example')
      expect(letter.subject).toContain('纲举')
      expect(letter.text).toMatch(/^http:\/\/localhost:3000\/invite\/[\w-]{43}$/m)
    } finally {
      await posted.close()
    }
  })

  test('a letter that could not be sent leaves the link to be copied', async () => {
    const owner = await home.workspace()
    const failing: Context = { ...owner, mailer: { delivers: true, send: async () => false } }
    const [invited] = await inviteMembers(failing, {
      invites: [{ email: 'p@parstock.example', role: 'viewer' }],
    })
    expect(invited?.link).toContain('/invite/')
  })
})

describe('accepting', () => {
  test('makes a member of the role and of the department, and says so', async () => {
    const owner = await home.workspace()
    const chain = await home.store.read.departments.chain(owner.actor.workspaceId)
    const marketing = must(
      chain.find((department) => department.kind === 'marketing'),
      'the chain has marketing',
    )
    const { token } = await invite(owner, { role: 'manager', departmentId: marketing.id })
    const guest = await outsider()
    home.told.events.length = 0
    const accepted = await acceptInvitation(guest, { token })
    expect(accepted.workspaceId).toBe(owner.actor.workspaceId)
    expect(await present(accepted.workspaceId, guest.user.id)).toMatchObject({
      role: 'manager',
      departments: [{ id: marketing.id, lead: false }],
    })
    expect(home.told.events).toEqual([{ room: accepted.workspaceId, event: { type: 'members.changed' } }])
  })

  test('row 15, S10: 50 at once by 50 people make exactly one member', async () => {
    const owner = await home.workspace()
    const guests = await Promise.all(Array.from({ length: 50 }, outsider))
    for (let round = 0; round < 4; round++) {
      const { token } = await invite(owner, { role: 'member' })
      const before = (await home.store.read.members.list(owner.actor.workspaceId)).length
      const answers = await Promise.allSettled(guests.map((guest) => acceptInvitation(guest, { token })))
      const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []))
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
      expect(new Set(refused)).toEqual(new Set(['already_used']))
      const after = await home.store.read.members.list(owner.actor.workspaceId)
      expect(after).toHaveLength(before + 1)
      // The winner is out of the next round.
      const winner = guests.findIndex((guest) => after.some((member) => member.userId === guest.user.id))
      guests.splice(winner, 1)
    }
  })

  test('row 15, S10: 50 at once by one person make one membership', async () => {
    const owner = await home.workspace()
    const { token } = await invite(owner)
    const guest = await outsider()
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, () => acceptInvitation(guest, { token })),
    )
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    const rows = await home.store.sql`
      select 1 from members where workspace_id = ${owner.actor.workspaceId} and user_id = ${guest.user.id}`
    expect(rows).toHaveLength(1)
  })

  test('row 15: used, revoked, expired, somebody else’s and unknown each answer in their way', async () => {
    const owner = await home.workspace('Secret Name')
    const guest = await outsider()
    const answer = (token: string) =>
      acceptInvitation(guest, { token }).then(
        () => 'in',
        (e) => e,
      )

    const used = await invite(owner)
    await acceptInvitation(await outsider(), { token: used.token })
    const revoked = await invite(owner)
    await revokeInvitation(owner, { invitationId: revoked.id })
    const bound = await invite(owner, { email: 'priya@parstock.example' })
    const expired = await invite(owner)
    const said = {
      used: await answer(used.token),
      revoked: await answer(revoked.token),
      bound: await answer(bound.token),
      unknown: await answer('x'.repeat(43)),
      odd: await answer('\u0000'),
    }
    home.pass(7 * DAY)
    const late = await answer(expired.token)
    expect({ ...said, late }).toMatchObject({
      used: { code: 'already_used' },
      revoked: { code: 'expired' },
      bound: { code: 'wrong_account' },
      unknown: { code: 'not_found' },
      odd: { code: 'not_found' },
      late: { code: 'expired' },
    })
    expect(
      JSON.stringify([Object.values(said), late].flat().map((e) => [e.message, e.detail])),
    ).not.toContain('Secret')
    expect(await present(owner.actor.workspaceId, guest.user.id)).toBeNull()
  })

  test('a mailed invitation is for its address, whatever the capitals', async () => {
    const owner = await home.workspace()
    const guest = await outsider()
    const { token } = await invite(owner, { email: guest.user.email.toUpperCase() })
    await expect(acceptInvitation(await outsider(), { token })).rejects.toThrow('wrong_account')
    expect((await acceptInvitation(guest, { token })).workspaceId).toBe(owner.actor.workspaceId)
  })

  test('dies with its inviter', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    const { token } = await invite(partner)
    await removeMember(owner, { memberId: partner.actor.memberId })
    await expect(acceptInvitation(await outsider(), { token })).rejects.toThrow('expired')
  })

  test('is worth what its inviter may do now', async () => {
    const owner = await home.workspace()
    const second = await home.member(owner, 'owner')
    const { token } = await invite(second, { role: 'owner' })
    const guest = await outsider()
    await changeRole(owner, { memberId: second.actor.memberId, role: 'partner' })
    await expect(acceptInvitation(guest, { token })).rejects.toThrow('expired')
    await changeRole(owner, { memberId: second.actor.memberId, role: 'owner' })
    expect((await acceptInvitation(guest, { token })).workspaceId).toBe(owner.actor.workspaceId)
  })

  test('ends with its workspace, and looks as if it had never been', async () => {
    const owner = await home.workspace('Gone')
    const { token } = await invite(owner)
    await deleteWorkspace(owner, { name: 'Gone' })
    await expect(acceptInvitation(await outsider(), { token })).rejects.toThrow('not_found')
  })

  test('a member who tries a link leaves it usable for others', async () => {
    const owner = await home.workspace()
    const { token } = await invite(owner)
    await expect(acceptInvitation(owner, { token })).rejects.toThrow('already_member')
    expect((await acceptInvitation(await outsider(), { token })).workspaceId).toBe(owner.actor.workspaceId)
  })

  test('a removed member comes back as the same one, under a new revision and with nothing old', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    const [product] = await home.store.read.departments.chain(owner.actor.workspaceId)
    await home.store.transact((tx) =>
      tx.departments.setPosition(must(product, 'a chain').id, partner.actor.memberId, 'lead'),
    )
    await removeMember(owner, { memberId: partner.actor.memberId })
    const { token } = await invite(owner, { role: 'viewer' })
    const accepted = await acceptInvitation(partner, { token })
    expect(accepted.memberId).toBe(partner.actor.memberId)
    const back = await home.again(partner)
    expect(back.actor).toMatchObject({ role: 'viewer', leads: [] })
    expect(back.actor.revision).toBe(partner.actor.revision + 2)
  })

  test('an archived department is left out, and an adviser joins none', async () => {
    const owner = await home.workspace()
    const [product, marketing] = await home.store.read.departments.chain(owner.actor.workspaceId)
    const gone = await invite(owner, { departmentId: must(product, 'a chain').id })
    await home.store.database.update(departments).set({ archivedAt: new Date() })
    const first = await outsider()
    await acceptInvitation(first, { token: gone.token })
    await home.store.database.update(departments).set({ archivedAt: null })
    const adviser = await invite(owner, { role: 'adviser', departmentId: must(marketing, 'a chain').id })
    const second = await outsider()
    await acceptInvitation(second, { token: adviser.token })
    for (const guest of [first, second]) {
      expect((await present(owner.actor.workspaceId, guest.user.id))?.departments).toEqual([])
    }
  })
})

describe('revoking and renewing', () => {
  test.each<[Role, boolean]>([
    ['owner', true],
    ['partner', true],
    ['manager', false],
    ['member', false],
    ['adviser', false],
    ['viewer', false],
  ])('a %s may: %s', async (role, may) => {
    const owner = await home.workspace()
    const by = role === 'owner' ? owner : await home.member(owner, role)
    const { id } = await invite(owner)
    const renewed = renewInvitation(by, { invitationId: id })
    if (may) expect((await renewed).link).toContain('/invite/')
    else await expect(renewed).rejects.toThrow('not_allowed')
    const revoked = revokeInvitation(by, { invitationId: id })
    if (may) await revoked
    else await expect(revoked).rejects.toThrow('not_allowed')
    const pending = await home.store.read.invitations.pending(owner.actor.workspaceId, new Date(home.now()))
    expect(pending).toHaveLength(may ? 0 : 1)
  })

  test('of another workspace is not there', async () => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const { id, token } = await invite(owner)
    for (const invitationId of [id, 'inv_nonsense', 'inv_\u0000']) {
      await expect(revokeInvitation(other, { invitationId })).rejects.toThrow('not_found')
      await expect(renewInvitation(other, { invitationId })).rejects.toThrow('not_found')
    }
    expect((await acceptInvitation(await outsider(), { token })).workspaceId).toBe(owner.actor.workspaceId)
  })

  test('a new link opens, the old one is nobody’s, and the week begins anew', async () => {
    const owner = await home.workspace()
    const { id, token } = await invite(owner)
    home.pass(6 * DAY)
    const { link } = await renewInvitation(owner, { invitationId: id })
    home.pass(6 * DAY)
    const guest = await outsider()
    await expect(acceptInvitation(guest, { token })).rejects.toThrow('not_found')
    const fresh = must(link, 'shown once').split('/').at(-1) ?? ''
    expect((await acceptInvitation(guest, { token: fresh })).workspaceId).toBe(owner.actor.workspaceId)
  })

  test('a partner cannot fetch themselves the link of an owner’s invitation', async () => {
    const owner = await home.workspace()
    const partner = await home.member(owner, 'partner')
    const { id } = await invite(owner, { role: 'owner' })
    await expect(renewInvitation(partner, { invitationId: id })).rejects.toThrow('role_too_high')
  })

  test('what was used cannot be taken back, what was taken back may be again', async () => {
    const owner = await home.workspace()
    const used = await invite(owner)
    await acceptInvitation(await outsider(), { token: used.token })
    await expect(revokeInvitation(owner, { invitationId: used.id })).rejects.toThrow('conflict')
    await expect(renewInvitation(owner, { invitationId: used.id })).rejects.toThrow('conflict')
    const open = await invite(owner)
    await revokeInvitation(owner, { invitationId: open.id })
    await revokeInvitation(owner, { invitationId: open.id })
    await expect(renewInvitation(owner, { invitationId: open.id })).rejects.toThrow('conflict')
  })
})

test('rows of removed members are kept', async () => {
  const owner = await home.workspace()
  const partner = await home.member(owner, 'partner')
  await removeMember(owner, { memberId: partner.actor.memberId })
  const rows = await home.store.database.select().from(members)
  expect(rows.find((row) => row.id === partner.actor.memberId)?.removedAt).toBeInstanceOf(Date)
})
