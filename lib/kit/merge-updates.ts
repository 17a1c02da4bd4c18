import * as Y from 'yjs'

/** Yjs sorts everything that is still open before each struct it writes: cheap among few, quadratic among many. */
const AT_ONCE = 32

/** `Y.mergeUpdates` for any number of updates: what gathers while a database is slow may be a hundred thousand. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let rest = updates
  while (rest.length > AT_ONCE) {
    const merged: Uint8Array[] = []
    for (let i = 0; i < rest.length; i += AT_ONCE) merged.push(Y.mergeUpdates(rest.slice(i, i + AT_ONCE)))
    rest = merged
  }
  const [only] = rest
  return rest.length === 1 && only ? only : Y.mergeUpdates([...rest])
}
