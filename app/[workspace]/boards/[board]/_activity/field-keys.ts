import type { KeyboardEvent } from 'react'
import { keyName } from '@/app/_ui/keys'

/**
 * The two keys of a field that is written in place: Enter saves, Esc leaves things as they were. Neither reaches what
 * lies around it, and neither counts while somebody composes. `escape` may answer false to let the key go on.
 */
export function fieldKeys(acts: { readonly enter: () => unknown; readonly escape: () => unknown }) {
  return (event: KeyboardEvent): void => {
    const name = keyName(event)
    if (name !== 'Enter' && name !== 'Escape') return
    if ((name === 'Enter' ? acts.enter() : acts.escape()) === false) return
    event.preventDefault()
    event.stopPropagation()
  }
}
