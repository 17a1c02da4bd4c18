import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor'
import { type Action, can, permit, type Subject, table } from './permissions'
import { Refusal } from './refusal'
import { type Role, roles } from './role'
import { type Access, accessLevels, type StrategyStatus } from './strategy-access'

const actions = Object.keys(table) as Action[]

function actor(role: Role, leads: Actor['leads'] = []): Actor {
  return {
    userId: 'usr_1',
    memberId: 'mem_1',
    workspaceId: 'ws_1',
    sessionId: 'ses_1',
    role,
    revision: 1,
    leads,
  }
}

function strategy(given: Access | null, status: StrategyStatus = 'active', workspaceId = 'ws_1'): Subject {
  return { kind: 'strategy', strategy: { workspaceId, status, given } }
}

/** What happens to an actor who tries: yes, or the refusal's code. */
function answer(by: Actor, action: Action, subject?: Subject): string {
  try {
    permit(by, action, subject)
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

const ofStrategies = actions.filter(
  (action) =>
    (action.startsWith('strategy.') && !['strategy.list', 'strategy.create'].includes(action)) ||
    action.startsWith('file.'),
)

/** The whole truth in one page. A reviewer reads its diff, not this code. */
function printed(): string {
  const lines = ['WORKSPACE: role x action', '']
  lines.push(
    ...grid(
      ['action', ...roles],
      actions
        .filter((action) => !ofStrategies.includes(action))
        .map((action) => [action, ...roles.map((role) => (can(actor(role), action) ? 'yes' : '.'))]),
    ),
  )
  lines.push('', 'department.staff of a department one leads', '')
  lines.push(
    ...grid(
      ['', ...roles],
      [
        [
          'its lead',
          ...roles.map((role) =>
            can(actor(role, ['dep_1']), 'department.staff', { kind: 'department', id: 'dep_1' })
              ? 'yes'
              : '.',
          ),
        ],
        [
          'lead of another',
          ...roles.map((role) =>
            can(actor(role, ['dep_2']), 'department.staff', { kind: 'department', id: 'dep_1' })
              ? 'yes'
              : '.',
          ),
        ],
      ],
    ),
  )
  for (const status of ['active', 'archived', 'trashed'] as const) {
    for (const given of [null, ...accessLevels]) {
      const about = given === null ? 'nothing was said about the member' : `the member was given "${given}"`
      lines.push('', `STRATEGY, ${status}, ${about}`, '')
      lines.push(
        ...grid(
          ['action', ...roles],
          ofStrategies.map((action) => [
            action,
            ...roles.map((role) => answer(actor(role), action, strategy(given, status))),
          ]),
        ),
      )
    }
  }
  return `${lines.join('\n')}\n`
}

test('the table is the one that was agreed: npx vitest -u prints it anew', async () => {
  await expect(printed()).toMatchFileSnapshot(path.join(import.meta.dirname, 'permissions.table.txt'))
})

describe('what the table must always say', () => {
  test('the owner may everything', () => {
    for (const action of actions) expect(can(actor('owner'), action), action).toBe(true)
  })

  test('each role may what the one below it may, advisers aside', () => {
    const ladder = roles.filter((role) => role !== 'adviser')
    for (const action of actions)
      for (const [i, role] of ladder.entries()) {
        const below = ladder[i + 1]
        if (below && can(actor(below), action))
          expect(can(actor(role), action), `${role} ${action}`).toBe(true)
      }
  })

  test('nothing of another workspace is there, whatever the role', () => {
    for (const role of roles)
      for (const action of ofStrategies)
        for (const given of [null, ...accessLevels])
          expect(answer(actor(role), action, strategy(given, 'active', 'ws_2'))).toBe('not_found')
  })

  test('what one may not read is not there', () => {
    for (const action of ofStrategies)
      expect(answer(actor('adviser'), action, strategy(null))).toBe('not_found')
  })

  test('a viewer never writes, whatever a row says', () => {
    for (const given of accessLevels)
      for (const action of ['strategy.edit', 'strategy.comment', 'strategy.rename', 'file.upload'] as const)
        expect(can(actor('viewer'), action, strategy(given))).toBe(false)
  })

  test('a lead staffs their own department and no other', () => {
    const lead = actor('member', ['dep_1'])
    expect(can(lead, 'department.staff', { kind: 'department', id: 'dep_1' })).toBe(true)
    expect(can(lead, 'department.staff', { kind: 'department', id: 'dep_2' })).toBe(false)
    expect(can(lead, 'department.update', { kind: 'department', id: 'dep_1' })).toBe(false)
    // At the door, where the department is not known yet.
    expect(can(lead, 'department.staff')).toBe(true)
    expect(can(actor('member'), 'department.staff')).toBe(false)
  })
})
