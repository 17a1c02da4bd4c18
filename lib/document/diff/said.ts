import type { Change } from './diff'
import { INERT, type PaperNode, wordsOf } from './read'

/** What a change took away and what it brought, in words. Either may be empty. */
export interface Said {
  readonly removed: string
  readonly added: string
}

/** The words of some changes, passage by passage: what somebody who asks about them quotes. */
export function saidIn(changes: readonly Change[]): Said {
  const removed: string[] = []
  const added: string[] = []
  const collect = (change: Change) => {
    if (change.kind === 'added') added.push(wordsOf(change.after))
    else if (change.kind === 'removed') removed.push(wordsOf(change.before))
    else if (change.kind === 'changed') {
      // What lies between two changes of a line is left out, and said to be.
      let open: 'removed' | 'added' | 'same' = 'same'
      for (const run of change.runs) {
        if (run.kind === 'removed') put(removed, run.text, open !== 'same')
        else if (run.kind === 'added') put(added, run.text, open !== 'same')
        open = run.kind
      }
      for (const child of change.children) collect(child)
    }
  }
  for (const change of changes) collect(change)
  return { removed: joined(removed), added: joined(added) }
}

function put(into: string[], words: string, goesOn: boolean): void {
  const last = into.length - 1
  if (goesOn && last >= 0) into[last] = `${into[last]}${words}`
  else into.push(words)
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' … ')
}

/** Words of one line on the newer side of a comparison: where a discussion about the changes is to hang. */
export interface Spot {
  readonly node: PaperNode
  readonly from: number
  readonly to: number
}

/** Where a change only took words away, so many beside them are meant. UTF-16 units. */
const BESIDE = 32

/** The place of a change in the newer state, as near as can be said; null: it left nothing behind. */
export function spotOf(change: Change): Spot | null {
  if (change.kind === 'removed' || change.kind === 'same') return null
  if (change.kind === 'added') return wholeLine(change.after)
  if (change.runs.length > 0) {
    let at = 0
    let from = -1
    let to = -1
    for (const run of change.runs) {
      const end = run.kind === 'removed' ? at : at + run.text.length
      if (run.kind !== 'same' || run.restyled) {
        if (from < 0) from = at
        to = end
      }
      at = end
    }
    if (from >= 0) {
      if (to > from) return { node: change.after, from, to }
      if (at > 0)
        return { node: change.after, from: Math.max(0, from - BESIDE), to: Math.min(at, to + BESIDE) }
    }
  }
  for (const child of change.children) {
    const found = spotOf(child)
    if (found) return found
  }
  return wholeLine(change.after)
}

/** All words of the first line of a node that has any. */
export function wholeLine(node: PaperNode): Spot | null {
  if (node.name !== INERT && node.text.length > 0) return { node, from: 0, to: wordsOf(node).length }
  for (const child of node.children) {
    const found = wholeLine(child)
    if (found) return found
  }
  return null
}
