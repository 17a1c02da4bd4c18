/**
 * What the page may say about the person's words. `pending` counts changes of this person the server has not
 * acknowledged, on this device, also those from a tab that was closed. `kept` tells whether all of them are in
 * this browser's storage, so that closing the tab loses nothing.
 */
export type SaveState =
  /** First contact; nothing is known yet. The editor must not take keystrokes. */
  | { readonly kind: 'connecting'; readonly pending: number; readonly kept: boolean }
  /** Everything typed here is committed in the database. */
  | { readonly kind: 'saved' }
  /** On its way, for less than three seconds. */
  | { readonly kind: 'saving'; readonly pending: number; readonly kept: boolean }
  /** No connection. Typing goes on; it is sent when the connection returns. */
  | { readonly kind: 'offline'; readonly pending: number; readonly kept: boolean }
  /** Connected, but the server has not been able to commit for three seconds. Typing goes on. */
  | { readonly kind: 'not_saved'; readonly pending: number; readonly kept: boolean }
  /**
   * The server does not take these changes: too many for one sync, or not acceptable to it. They stay on this
   * device; the page should offer to copy them out.
   */
  | {
      readonly kind: 'refused'
      readonly reason: 'too_large' | 'not_accepted'
      readonly pending: number
      readonly kept: boolean
    }
  /** May read, not write. `pending` is above zero when the right to write went while changes were unsent. */
  | { readonly kind: 'read_only'; readonly pending: number; readonly kept: boolean }
  /**
   * Access ended. For 'not_allowed' and 'not_found' this device's copy has been removed. 'wrong_origin': the page
   * stands under a name the server does not know as its own.
   */
  | {
      readonly kind: 'revoked'
      readonly reason: 'not_allowed' | 'not_found' | 'not_signed_in' | 'wrong_origin'
    }
  /** A newer version of the app is needed to write here. Unsent changes stay on this device. */
  | { readonly kind: 'outdated'; readonly pending: number; readonly kept: boolean }

/** True when leaving the page now would lose words. */
export function wouldLose(state: SaveState): boolean {
  return 'pending' in state && state.pending > 0 && !state.kept
}
