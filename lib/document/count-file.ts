import { everyNode } from './exported'
import type { NodeJson } from './json'
import type { FileCounts, ReadFile } from './read-file'

/** What an import of this file would create, by kind. */
export function countFile(file: Pick<ReadFile, 'chapters' | 'threads'>): FileCounts {
  const counts = { headings: 0, paragraphs: 0, lists: 0, tables: 0, pictures: 0, links: 0 }
  const items: Record<string, number> = {}
  let link: string | null = null
  for (const node of everyNode(file.chapters)) {
    const href = linkOf(node)
    // A link over three pieces of text, one of them bold, is one link.
    if (href !== null && href !== link) counts.links += 1
    link = href
    if (node.type === 'heading') counts.headings += 1
    else if (node.type === 'paragraph') counts.paragraphs += 1
    else if (/List$/.test(node.type)) counts.lists += 1
    else if (node.type === 'table') counts.tables += 1
    else if (node.type === 'image') counts.pictures += 1
    else if (node.type === 'item' && typeof node.attrs?.kind === 'string')
      items[node.attrs.kind] = (items[node.attrs.kind] ?? 0) + 1
  }
  return { ...counts, items, comments: file.threads.reduce((sum, { comments }) => sum + comments.length, 0) }
}

function linkOf(node: NodeJson): string | null {
  const mark = node.marks?.find(({ type }) => type === 'link')
  return typeof mark?.attrs?.href === 'string' ? mark.attrs.href : null
}
