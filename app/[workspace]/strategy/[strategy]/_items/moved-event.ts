import type { Serve } from '@/lib/domain/serves'

/** Words that others hang on have moved by what somebody here has just accepted; `detail`: which. */
export const MOVED_EVENT = 'strategy:moved'

export function tellMoved(serves: readonly Serve[]): void {
  if (serves.length > 0) document.dispatchEvent(new CustomEvent(MOVED_EVENT, { detail: serves }))
}
