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
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'causes' in value &&
    Array.isArray(value.causes) &&
    'about' in value &&
    Array.isArray(value.about) &&
    'evidence' in value &&
    Array.isArray(value.evidence)
  )
}
