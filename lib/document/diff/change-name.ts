import { digest } from 'lib0/hash/sha256'
import type { TextRoot } from '../roots'
import { type Change, type ChapterDiff, movedName } from './diff'
import type { PaperNode } from './read'

/**
 * A short name for a change of one block: the same as long as it says the same at the same place. A page shows changes
 * and asks for one of them by this; what has been written over since has another name, so nobody puts back what they did
 * not see.
 */
export function changeName(root: TextRoot, change: Change): string {
  const before = change.kind === 'added' ? null : change.before
  const after = change.kind === 'removed' ? null : change.after
  const said = [root, change.kind, side(before), side(after)].join('\u0001')
  const bytes = digest(new TextEncoder().encode(said))
  return Array.from(bytes.slice(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What `changeName` gives. */
export const CHANGE_NAME = /^[0-9a-f]{20}$/

function side(node: PaperNode | null): string {
  if (!node) return '-'
  return `${node.at ? `${node.at.client}.${node.at.clock}` : '?'}\u0002${node.key}`
}

/** The changes of these names, and the other end of those among them that are moves. */
export function movesWith(chapters: readonly ChapterDiff[], names: ReadonlySet<string>): ReadonlySet<Change> {
  const chosen = new Set<Change>()
  const moved = new Set<string>()
  for (const { root, changes } of chapters)
    for (const change of changes) {
      if (change.kind === 'same' || !names.has(changeName(root, change))) continue
      chosen.add(change)
      const name = nameOfMove(change)
      if (name !== null) moved.add(name)
    }
  if (moved.size === 0) return chosen
  for (const { changes } of chapters)
    for (const change of changes) {
      const name = nameOfMove(change)
      if (name !== null && moved.has(name)) chosen.add(change)
    }
  return chosen
}

function nameOfMove(change: Change): string | null {
  if ((change.kind !== 'added' && change.kind !== 'removed') || !change.moved) return null
  return movedName(change.kind === 'added' ? change.after : change.before)
}
