import { addCounts, countText, NOTHING } from '../text'
import type { Change, ChapterDiff, Diff, Run } from './diff'
import { type PaperNode, wordsOf } from './read'

export interface ChangeCount {
  readonly added: number
  readonly removed: number
}

/** Words that came and went; in Chinese, characters. What merely moved counts for nothing. */
export function countChanges(
  changes: readonly Change[],
  counts: (run: Run) => boolean = () => true,
): ChangeCount {
  let added = NOTHING
  let removed = NOTHING
  const whole = (node: PaperNode) => countText(wordsOf(node))
  for (const change of changes) {
    if (change.kind === 'added' && !change.moved) added = addCounts(added, whole(change.after))
    else if (change.kind === 'removed' && !change.moved) removed = addCounts(removed, whole(change.before))
    else if (change.kind === 'changed') {
      for (const run of change.runs) {
        if (run.kind === 'same' || !counts(run)) continue
        if (run.kind === 'added') added = addCounts(added, countText(run.text))
        else removed = addCounts(removed, countText(run.text))
      }
      const below = countChanges(change.children, counts)
      added = addCounts(added, { ...NOTHING, words: below.added })
      removed = addCounts(removed, { ...NOTHING, words: below.removed })
    }
  }
  return { added: added.words, removed: removed.words }
}

export function countDiff(diff: Diff): ChangeCount {
  return diff.chapters.reduce<ChangeCount>(
    (sum, { changes }) => {
      const one = countChanges(changes)
      return { added: sum.added + one.added, removed: sum.removed + one.removed }
    },
    { added: 0, removed: 0 },
  )
}

export function hasChanged({ changes }: ChapterDiff): boolean {
  return changes.some((change) => change.kind !== 'same')
}
