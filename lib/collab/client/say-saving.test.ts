import { expect, it } from 'vitest'
import { pace } from './pace'
import { type SavingFacts, saySaving } from './say-saving'

const facts: SavingFacts = {
  verdict: null,
  greeted: true,
  greetedAt: 0,
  lostAt: null,
  failedOnce: false,
  ready: 'server',
  mode: 'write',
  pending: 0,
  kept: true,
  since: null,
}

it('CL1: saving turns into not saved, three seconds after there was somebody to take it', () => {
  const typing = { ...facts, pending: 2, since: 1_000 }
  expect(saySaving(typing, 1_000)).toEqual({
    state: { kind: 'saving', pending: 2, kept: true },
    until: 4_000,
  })
  expect(saySaving(typing, 4_000).state.kind).toBe('not_saved')
  expect(saySaving({ ...typing, greetedAt: 9_000 }, 4_000).until).toBe(12_000)
})

it('CL1: a connection that comes back soon is not worth a word; one that does not is told in time, also while saving', () => {
  const lost = { ...facts, greeted: false, lostAt: 5_000 }
  expect(saySaving(lost, 5_000)).toEqual({ state: { kind: 'saved' }, until: 5_000 + pace.offlineAfter })
  const typing = { ...lost, pending: 1, since: 5_000 }
  expect(saySaving(typing, 5_000)).toEqual({
    state: { kind: 'saving', pending: 1, kept: true },
    until: 5_000 + pace.offlineAfter,
  })
  expect(saySaving(typing, 5_000 + pace.offlineAfter)).toEqual({
    state: { kind: 'offline', pending: 1, kept: true },
    until: null,
  })
})

it('CL6: what the server does not take is said with how much of it there is, an ended access without', () => {
  const refused = { kind: 'refused', reason: 'too_large' } as const
  expect(saySaving({ ...facts, verdict: refused, pending: 3, kept: false }, 0).state).toEqual({
    ...refused,
    pending: 3,
    kept: false,
  })
  const revoked = { kind: 'revoked', reason: 'not_found' } as const
  expect(saySaving({ ...facts, verdict: revoked, pending: 3 }, 0).state).toEqual(revoked)
})
