import * as Y from 'yjs'
import { dropBrought, rejectChanges } from './apply'
import { docOf } from './branch-over'
import { type Change, changesOf } from './changes-of'

/**
 * Brings what happened in the strategy into the proposal. Run it inside one transaction of the proposal's document.
 * @param base what the strategy was when it was last brought here; needed when words were put back here, see `known`
 */
export function followMain(branch: Y.Doc, main: Uint8Array, base: Uint8Array | null): void {
  const known = base && touchedIn(base, branch)
  Y.applyUpdate(branch, main)
  if (!known) return
  // Words that were put back here are copies: Yjs cannot bring into them what was written into the originals. Where the
  // proposal said nothing about a block before, it has nothing to say about it now.
  const now = docOf(main)
  try {
    rejectChanges(
      changesOf(now, branch).filter((change) => !blocksOf(change).some((block) => known.has(block))),
    )
  } finally {
    now.destroy()
  }
}

/**
 * After the strategy has taken some changes: the proposal lets go of its own copies of them and takes the strategy's, so
 * that it reads as before. Run it inside one transaction of the proposal's document.
 * @returns true when words had to be put back (a `base` must be kept from now on)
 */
export function followAccepted(
  branch: Y.Doc,
  before: Uint8Array,
  after: Uint8Array,
  accepted: ReadonlySet<string>,
): boolean {
  Y.applyUpdate(branch, before)
  const wanted = docOf(Y.encodeStateAsUpdate(branch))
  const old = docOf(before)
  try {
    dropBrought(changesOf(old, branch).filter(({ id }) => accepted.has(id)))
    Y.applyUpdate(branch, after)
    // Nearly always nothing. Where two new blocks stand side by side, Yjs may put them the other way round.
    const rest = changesOf(wanted, branch)
    rejectChanges(rest)
    return rest.length > 0
  } finally {
    wanted.destroy()
    old.destroy()
  }
}

function touchedIn(base: Uint8Array, branch: Y.Doc): ReadonlySet<string> {
  const before = docOf(base)
  try {
    return new Set(changesOf(before, branch).flatMap(blocksOf))
  } finally {
    before.destroy()
  }
}

/** The blocks a change is about, by their ids in Yjs; what it brings itself is named by its own. */
function blocksOf({ parts }: Change): string[] {
  return parts.flatMap((part) => {
    const at = part.kind === 'in' ? part.after.at : part.before.at
    return at ? `${at.client}.${at.clock}` : []
  })
}
