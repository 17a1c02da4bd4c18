import { decide } from '../../actions'
import { type Kept, tellOutboxes } from './use-outbox'

/** A decision as it was said. */
export type SaidDecision = Omit<Parameters<typeof decide>[0], 'workspace' | 'reviewId' | 'id'>

/** A decision that has not reached the server yet. */
export interface UnsentDecision extends Kept {
  readonly said: SaidDecision
}

const keyOf = (userId: string, reviewId: string) => `decisions:${userId}:${reviewId}`

/** Kept on this device until the server has it: what was decided while the line was down is not lost. */
export function readDecisions(userId: string, reviewId: string): UnsentDecision[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId, reviewId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isUnsent) : []
  } catch {
    return []
  }
}

/** False: this browser keeps nothing. */
export function writeDecisions(userId: string, reviewId: string, all: readonly UnsentDecision[]): boolean {
  try {
    if (all.length === 0) localStorage.removeItem(keyOf(userId, reviewId))
    else localStorage.setItem(keyOf(userId, reviewId), JSON.stringify(all))
    return true
  } catch {
    return false
  }
}

/** Puts one with the others, and tells the list that sends them. False: this browser keeps nothing. */
export function keepDecision(userId: string, reviewId: string, one: UnsentDecision): boolean {
  const others = readDecisions(userId, reviewId).filter(({ id }) => id !== one.id)
  if (!writeDecisions(userId, reviewId, [...others, one])) return false
  tellOutboxes()
  return true
}

/** Sends one. Its id was chosen here, so that sending it twice is sending it once. Null: nobody answered. */
export async function sendDecision(
  workspace: string,
  reviewId: string,
  { id, said }: UnsentDecision,
): Promise<{ readonly refused: string } | null> {
  try {
    const answer = await decide({ workspace, reviewId, id, ...said })
    return { refused: answer.ok ? '' : answer.message }
  } catch {
    return null
  }
}

/** What was kept by another version of this page is the server's to judge; here it only must be something to show. */
function isUnsent(value: unknown): value is UnsentDecision {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'refused' in value &&
    typeof value.refused === 'string' &&
    'said' in value &&
    typeof value.said === 'object' &&
    value.said !== null &&
    'title' in value.said &&
    typeof value.said.title === 'string' &&
    'decision' in value.said &&
    typeof value.said.decision === 'object' &&
    value.said.decision !== null
  )
}
