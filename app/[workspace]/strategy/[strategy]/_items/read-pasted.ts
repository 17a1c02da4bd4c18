import type { NodeJson } from '@/lib/document/json'
import { readMarkdown } from '@/lib/document/markdown/read'

/** Blocks of Markdown without a frame around them; null when they cannot be read. */
export function readPasted(text: string): readonly NodeJson[] | null {
  // A heading of the file's own level would begin another chapter; here it is a heading of the one pasted into.
  const inside = text.replace(/^#{1,2}(?=\s)/gm, '###')
  const read = readMarkdown(`# -\n\n## 1 Situation\n\n${inside}\n`)
  if (!read.ok) return null
  const { situation } = read.strategy.chapters
  return situation.length > 0 ? situation : null
}
