import { describe, expect, test } from 'vitest'
import type { Actor } from './actor'
import { changeRole, depart, type Member, mayGive, rolesToGive, worksInDepartments } from './member'
import { type Role, roles } from './role'

const at = new Date('2026-04-01T09:00:00Z')

function member(role: Role): Member {
  return {
    id: 'mem_1',
    workspaceId: 'ws_1',
    userId: 'usr_1',
    role,
    revision: 3,
    createdAt: at,
    removedAt: null,
  }
}

function actor(role: Role): Actor {
  return {
    userId: 'usr_9',
    memberId: 'mem_9',
    workspaceId: 'ws_1',
    sessionId: 'ses_9',
    role,
    revision: 1,
    leads: [],
    departments: [],
  }
}

describe('roles to give', () => {
  test('one gives what one has, and less', () => {
    expect(rolesToGive('owner')).toEqual(roles)
    expect(rolesToGive('partner')).toEqual(['partner', 'manager', 'member', 'adviser', 'viewer'])
    expect(rolesToGive('viewer')).toEqual(['viewer'])
  })

  test.each(roles.flatMap((by) => roles.map((role) => [by, role] as const)))('%s gives %s', (by, role) => {
    const give = () => mayGive(by, role)
    if (rolesToGive(by).includes(role)) expect(give).not.toThrow()
    else expect(give).toThrow('role_too_high')
  })
})

describe('the last owner', () => {
  test('cannot be lowered, leave or be removed', () => {
    expect(() => changeRole(member('owner'), 'partner', actor('owner'), 1)).toThrow('last_owner')
    expect(() => depart(member('owner'), 1, at)).toThrow('last_owner')
  })

  test('one of two may', () => {
    expect(changeRole(member('owner'), 'viewer', actor('owner'), 2).role).toBe('viewer')
    expect(depart(member('owner'), 2, at).removedAt).toBe(at)
  })

  test('staying an owner is no lowering', () => {
    expect(changeRole(member('owner'), 'owner', actor('owner'), 1).role).toBe('owner')
  })

  test('others come and go as they like', () => {
    for (const role of roles.filter((r) => r !== 'owner')) {
      expect(depart(member(role), 1, at).removedAt).toBe(at)
      expect(changeRole(member(role), 'owner', actor('owner'), 1).role).toBe('owner')
    }
  })
})

test('nobody raises above themselves or lowers somebody above them', () => {
  expect(() => changeRole(member('viewer'), 'owner', actor('partner'), 2)).toThrow('role_too_high')
  expect(() => changeRole(member('owner'), 'viewer', actor('partner'), 2)).toThrow('role_too_high')
})

test('advisers and viewers stand outside the departments', () => {
  expect(roles.filter(worksInDepartments)).toEqual(['owner', 'partner', 'manager', 'member'])
})
