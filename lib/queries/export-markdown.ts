import * as Y from 'yjs'
import { documentFromMarkdown } from '@/lib/document/build'
import type { ExportedStrategy } from '@/lib/document/exported'
import { writeMarkdown } from '@/lib/document/markdown/write'

/** The strategy as Markdown. Threads stay out: the file is the words alone, in the form of docs/markdown.md. */
export function markdownOf({ title, language, properties, chapters }: ExportedStrategy): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, documentFromMarkdown({ chapters, properties: [] }))
  const markdown = writeMarkdown(doc, { title, language, properties })
  doc.destroy()
  return markdown
}
