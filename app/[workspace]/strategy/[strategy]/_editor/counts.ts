import type { Node as PmNode } from '@tiptap/pm/model'
import { addCounts, type Count, countText, NOTHING } from '@/lib/document/text'

const known = new WeakMap<PmNode, Count>()

/** Words and characters of a chapter. Nodes never change, so after a keystroke one paragraph is counted anew. */
export function countDoc(doc: PmNode): Count {
  let sum = NOTHING
  doc.forEach((block) => {
    sum = addCounts(sum, countBlock(block))
  })
  return sum
}

function countBlock(block: PmNode): Count {
  const had = known.get(block)
  if (had) return had
  const count = countText(block.textBetween(0, block.content.size, '\n', ' '))
  known.set(block, count)
  return count
}
