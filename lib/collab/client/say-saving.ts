import type { ModeName } from '../protocol/numbers'
import type { Verdict } from './comeback'
import { pace } from './pace'
import type { SaveState } from './save-state'

export interface SavingFacts {
  readonly verdict: Verdict | null
  readonly greeted: boolean
  /** When it last was; 0: never. */
  readonly greetedAt: number
  /** Since when the connection is gone; null: it is there, or never was. */
  readonly lostAt: number | null
  readonly failedOnce: boolean
  readonly ready: 'no' | 'local' | 'server'
  readonly mode: ModeName | null
  readonly pending: number
  readonly kept: boolean
  /** When the oldest unacknowledged change was made. */
  readonly since: number | null
}

/** What may be said of the person's words now; `until`: when it must be looked at again although nothing happens. */
export function saySaving(facts: SavingFacts, now: number): { state: SaveState; until: number | null } {
  const { pending, kept, verdict } = facts
  const of = (state: SaveState, until: number | null = null) => ({ state, until })
  if (verdict) return of(verdict.kind === 'revoked' ? verdict : { ...verdict, pending, kept })
  const saving = () => {
    // What was written offline counts from the moment there was a server to take it.
    const due = Math.max(facts.since ?? now, facts.greetedAt) + pace.notSavedAfter
    if (now >= due) return of({ kind: 'not_saved', pending, kept })
    return of({ kind: 'saving', pending, kept }, due)
  }
  if (!facts.greeted) {
    if (facts.ready === 'no' && !facts.failedOnce) return of({ kind: 'connecting', pending, kept })
    const tell = (facts.lostAt ?? Number.NEGATIVE_INFINITY) + pace.offlineAfter
    if (facts.ready !== 'server' || now >= tell) return of({ kind: 'offline', pending, kept })
    if (pending === 0) return of({ kind: 'saved' }, tell)
    const { state, until } = saving()
    return of(state, until === null ? tell : Math.min(tell, until))
  }
  if (facts.ready !== 'server') return of({ kind: 'connecting', pending, kept })
  if (facts.mode === 'read') return of({ kind: 'read_only', pending, kept })
  return pending === 0 ? of({ kind: 'saved' }) : saving()
}

export function sameState(a: SaveState, b: SaveState): boolean {
  if (a.kind !== b.kind) return false
  if ('reason' in a && 'reason' in b && a.reason !== b.reason) return false
  if ('pending' in a && 'pending' in b) return a.pending === b.pending && a.kept === b.kept
  return true
}
