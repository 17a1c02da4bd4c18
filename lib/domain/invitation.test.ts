import { describe, expect, test } from 'vitest'
import {
  checkStanding,
  expiry,
  type Invitation,
  type Inviter,
  invitationState,
  isAddressedTo,
} from './invitation'
import type { Role } from './role'

const now = Date.parse('2026-04-01T09:00:00Z')

function invitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    id: 'inv_1',
    workspaceId: 'ws_1',
    email: null,
    role: 'partner',
    departmentId: null,
    invitedBy: 'mem_1',
    createdAt: new Date(now),
    expiresAt: expiry(now),
    revokedAt: null,
    usedAt: null,
    usedBy: null,
    ...changes,
  }
}

const by = (role: Role, removedAt: Date | null = null): Inviter => ({ role, removedAt })

describe('states', () => {
  test('seven days, and not a millisecond more', () => {
    const end = now + 7 * 24 * 3600 * 1000
    expect(invitationState(invitation(), now)).toBe('pending')
    expect(invitationState(invitation(), end - 1)).toBe('pending')
    expect(invitationState(invitation(), end)).toBe('expired')
  })

  test('what ended it first is what it is', () => {
    const past = new Date(now - 1)
    expect(invitationState(invitation({ revokedAt: past }), now)).toBe('revoked')
    expect(invitationState(invitation({ revokedAt: past, expiresAt: past }), now)).toBe('revoked')
    expect(invitationState(invitation({ usedAt: past, expiresAt: past }), now)).toBe('used')
  })
})

describe('standing', () => {
  test('a pending invitation of somebody who may still invite', () => {
    expect(() => checkStanding(invitation(), by('owner'), now)).not.toThrow()
    expect(() => checkStanding(invitation(), by('partner'), now)).not.toThrow()
  })

  test('used, revoked and expired answer each in its way', () => {
    const past = new Date(now - 1)
    expect(() => checkStanding(invitation({ usedAt: past }), by('owner'), now)).toThrow('already_used')
    expect(() => checkStanding(invitation({ revokedAt: past }), by('owner'), now)).toThrow('expired')
    expect(() => checkStanding(invitation({ expiresAt: past }), by('owner'), now)).toThrow('expired')
  })

  test('dies with its inviter, and with their right to give the role', () => {
    expect(() => checkStanding(invitation(), by('owner', new Date(now)), now)).toThrow('expired')
    expect(() => checkStanding(invitation({ role: 'viewer' }), by('manager'), now)).toThrow('expired')
    expect(() => checkStanding(invitation({ role: 'owner' }), by('partner'), now)).toThrow('expired')
  })
})

test('a mailed invitation is for its address, a link for anybody', () => {
  expect(isAddressedTo(invitation({ email: 'priya@parstock.example' }), 'Priya@Parstock.example')).toBe(true)
  expect(isAddressedTo(invitation({ email: 'priya@parstock.example' }), 'tomas@parstock.example')).toBe(false)
  expect(isAddressedTo(invitation(), 'tomas@parstock.example')).toBe(true)
})
