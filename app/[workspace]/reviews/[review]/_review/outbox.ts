import { addFinding } from '../../actions'

/** A finding that has not reached the server yet. */
export interface Unsent {
  readonly id: string
  readonly text: string
  readonly step: string
  readonly about: readonly string[]
  readonly causes: readonly { readonly text: string; readonly whys: readonly string[] }[]
  readonly evidence: readonly { readonly kind: string; readonly ref: string; readonly note: string }[]
  readonly lesson: string
  /** What the server said when it would not have it; empty: it was not reached. */
  readonly refused: string
}

/** What stands in the form of a new finding. */
export type Draft = Omit<Unsent, 'id' | 'step' | 'refused'>

const draftKey = (userId: string, reviewId: string) => `finding-draft:${userId}:${reviewId}`

/**
 * Kept in this tab while somebody writes: the page becomes another one when the meeting begins, and what they were
 * writing goes with them. Null: nothing is written.
 */
export function readDraft(userId: string, reviewId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(draftKey(userId, reviewId)) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

export function keepDraft(userId: string, reviewId: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(draftKey(userId, reviewId))
    else sessionStorage.setItem(draftKey(userId, reviewId), JSON.stringify(draft))
  } catch {
    // A browser that keeps nothing: the form itself still holds the words.
  }
}

const keyOf = (userId: string, reviewId: string) => `findings:${userId}:${reviewId}`

/** Kept on this device until the server has it: whoever is offline for a minute loses nothing. */
export function readOutbox(userId: string, reviewId: string): Unsent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId, reviewId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isUnsent) : []
  } catch {
    return []
  }
}

export function writeOutbox(userId: string, reviewId: string, unsent: readonly Unsent[]): boolean {
  try {
    if (unsent.length === 0) localStorage.removeItem(keyOf(userId, reviewId))
    else localStorage.setItem(keyOf(userId, reviewId), JSON.stringify(unsent))
    return true
  } catch {
    return false
  }
}

/** Sends one. Its id was chosen here, so that sending it twice is sending it once. Null: nobody answered. */
export async function sendUnsent(
  workspace: string,
  reviewId: string,
  { refused: _refused, ...finding }: Unsent,
): Promise<{ readonly refused: string } | null> {
  try {
    const { about, causes, evidence, ...rest } = finding
    const answer = await addFinding({
      workspace,
      reviewId,
      ...rest,
      about: [...about],
      causes: causes.map(({ text, whys }) => ({ text, whys: [...whys] })),
      evidence: evidence.map((one) => ({ ...one })),
    })
    return { refused: answer.ok ? '' : answer.message }
  } catch {
    return null
  }
}

function isUnsent(value: unknown): value is Unsent {
  return isDraft(value) && 'id' in value && typeof value.id === 'string'
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'causes' in value &&
    Array.isArray(value.causes) &&
    'about' in value &&
    Array.isArray(value.about) &&
    'evidence' in value &&
    Array.isArray(value.evidence) &&
    'lesson' in value &&
    typeof value.lesson === 'string'
  )
}
