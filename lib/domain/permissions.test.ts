import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor'
import { type Action, can, permit, type ReviewAccess, type Subject, table } from './permissions'
import { Refusal } from './refusal'
import { type Role, roles } from './role'
import { type Access, accessLevels, type StrategyStatus } from './strategy-access'

const actions = Object.keys(table) as Action[]

function actor(role: Role, leads: Actor['leads'] = [], departments: Actor['departments'] = leads): Actor {
  return {
    userId: 'usr_1',
    memberId: 'mem_1',
    workspaceId: 'ws_1',
    sessionId: 'ses_1',
    role,
    revision: 1,
    leads,
    departments,
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
    action.startsWith('file.') ||
    action.startsWith('proposal.') ||
    action.startsWith('positioning.') ||
    action === 'impact.ask',
)

const ofBoards = actions.filter((action) =>
  ['board', 'column', 'activity', 'recurring', 'hand-off', 'request'].includes(action.split('.')[0] ?? ''),
)
const ofReviews = actions.filter((action) => action.startsWith('review.'))
const ofMeasures = actions.filter((action) => action.startsWith('measure.'))

function board(departmentId = 'dep_1', archived = false, workspaceId = 'ws_1'): Subject {
  return { kind: 'board', board: { workspaceId, departmentId, archived } }
}

function measure(departmentId: string | null, ownerId: string | null = null, workspaceId = 'ws_1'): Subject {
  return { kind: 'measure', measure: { workspaceId, departmentId, ownerId } }
}

function review(given: Partial<ReviewAccess> = {}): Subject {
  const open = { workspaceId: 'ws_1', departmentId: null, limited: false, leadId: null, participants: [] }
  return { kind: 'review', review: { ...open, ...given } }
}

/** Where somebody stands to a review. */
const reviewStandings: Readonly<Record<string, Partial<ReviewAccess>>> = {
  'of the company, open, one who takes no part': {},
  'of the company, open, one who takes part': { participants: ['mem_1'] },
  'of the company, limited, one who takes no part': { limited: true, participants: ['mem_2'] },
  'of the company, limited, one who takes part': { limited: true, participants: ['mem_1'] },
  'of the company, limited, the one who leads it': { limited: true, leadId: 'mem_1' },
  'of a department, open, one who leads the department': { departmentId: 'dep_1' },
}

/** Where somebody stands to a department. */
const standings = {
  'works elsewhere': [[], ['dep_2']],
  'works in the department': [[], ['dep_1']],
  'leads the department': [['dep_1'], ['dep_1']],
} as const satisfies Record<string, readonly [Actor['leads'], Actor['departments']]>

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
  for (const [standing, [leads, departments]] of Object.entries(standings)) {
    const tries = (action: Action, subject: Subject) =>
      roles.map((role) => answer(actor(role, leads, departments), action, subject))
    lines.push('', `BOARD, one who ${standing}`, '')
    lines.push(
      ...grid(
        ['action', ...roles],
        ofBoards.map((action) => [action, ...tries(action, board())]),
      ),
    )
    lines.push('', `MEASURE of a department, one who ${standing}`, '')
    lines.push(
      ...grid(
        ['action', ...roles],
        ofMeasures.map((action) => [action, ...tries(action, measure('dep_1'))]),
      ),
    )
  }
  for (const [standing, given] of Object.entries(reviewStandings)) {
    lines.push('', `REVIEW ${standing}`, '')
    lines.push(
      ...grid(
        ['action', ...roles],
        ofReviews.map((action) => [
          action,
          ...roles.map((role) => answer(actor(role, ['dep_1']), action, review(given))),
        ]),
      ),
    )
  }
  lines.push('', 'BOARD of an archived department, one who led it', '')
  lines.push(
    ...grid(
      ['action', ...roles],
      ofBoards.map((action) => [
        action,
        ...roles.map((role) => answer(actor(role, ['dep_1']), action, board('dep_1', true))),
      ]),
    ),
  )
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

  test('on boards: nothing of another workspace is there, and to an adviser none is', () => {
    for (const action of ofBoards) {
      for (const role of roles)
        expect(answer(actor(role, ['dep_1']), action, board('dep_1', false, 'ws_2'))).toBe('not_found')
      expect(answer(actor('adviser', ['dep_1']), action, board())).toBe('not_found')
    }
    for (const action of ofMeasures)
      expect(answer(actor('owner'), action, measure(null, 'mem_1', 'ws_2'))).toBe('not_found')
  })

  test('a viewer changes no board, wherever a row says they work', () => {
    for (const action of ofBoards)
      expect(can(actor('viewer', ['dep_1']), action, board()), action).toBe(
        ['board.read', 'board.export'].includes(action),
      )
  })

  test('one department changes its own board and asks the others', () => {
    const member = actor('member', [], ['dep_1'])
    expect(can(member, 'activity.move', board('dep_1'))).toBe(true)
    expect(answer(member, 'activity.move', board('dep_2'))).toBe('not_allowed')
    expect(answer(member, 'request.send', board('dep_2'))).toBe('yes')
    expect(answer(member, 'column.change', board('dep_1'))).toBe('not_allowed')
    expect(can(actor('member', ['dep_1']), 'column.change', board('dep_1'))).toBe(true)
    expect(can(member, 'activity.move', board('dep_1', true))).toBe(false)
    expect(answer(actor('owner'), 'activity.move', board('dep_1', true))).toBe('not_allowed')
  })

  test('of a limited review nobody else knows, owners aside', () => {
    for (const role of roles.filter((one) => one !== 'owner'))
      for (const action of ofReviews)
        expect(answer(actor(role), action, review({ limited: true, participants: ['mem_2'] }))).toBe(
          'not_found',
        )
    for (const action of ofReviews)
      expect(answer(actor('owner'), action, review({ workspaceId: 'ws_2' }))).toBe('not_found')
  })

  test('an adviser takes part where they were asked to, and decides nothing', () => {
    const invited = review({ participants: ['mem_1'] })
    expect(can(actor('adviser'), 'review.write', invited)).toBe(true)
    expect(can(actor('adviser'), 'review.close', review({ leadId: 'mem_1' }))).toBe(false)
    expect(answer(actor('adviser'), 'review.read', review())).toBe('not_found')
    expect(can(actor('viewer'), 'review.write', invited)).toBe(false)
  })

  test('who owns a measure writes its readings', () => {
    expect(can(actor('member'), 'measure.record', measure('dep_2', 'mem_1'))).toBe(true)
    expect(can(actor('member'), 'measure.edit', measure('dep_2', 'mem_1'))).toBe(false)
    expect(can(actor('viewer'), 'measure.record', measure('dep_2', 'mem_1'))).toBe(false)
    expect(can(actor('member', [], ['dep_1']), 'measure.edit', measure(null))).toBe(false)
  })
})
