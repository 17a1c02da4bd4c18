import { useSyncExternalStore } from 'react'
import type { Sent } from '@/app/_i18n/words'
import type { MovedWork } from '@/lib/queries/moved'

interface Moved {
  readonly works: ReadonlyMap<string, MovedWork>
  /** What the question is asked with; comes with the first one. */
  readonly words: Sent
}

let now: Moved = { works: new Map(), words: {} }
const listeners = new Set<() => void>()

/** Asks anew which cards carry the question. Without an answer they carry what they carried. */
export async function readMoved(slug: string): Promise<void> {
  const answer = await fetch(`/api/workspaces/${encodeURIComponent(slug)}/impacts`).catch(() => null)
  if (!answer?.ok) return
  const body = (await answer.json()) as { moved: MovedWork[]; words: Sent }
  if (body.moved.length === 0 && now.works.size === 0) return
  now = { works: new Map(body.moved.map((one) => [one.activityId, one])), words: body.words }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The question one card carries; null: none. */
export function useMoved(activityId: string): MovedWork | null {
  return useSyncExternalStore(
    subscribe,
    () => now.works.get(activityId) ?? null,
    () => null,
  )
}

export const movedWords = (): Sent => now.words
