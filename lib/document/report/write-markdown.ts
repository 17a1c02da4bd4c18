import * as Y from 'yjs'
import { documentFromMarkdown } from '../build'
import { writeRoot } from '../markdown/write'
import { PREFACE } from '../roots'
import type { Report } from './report'

/** A report as Markdown: escaped and laid out as strategies are. */
export function writeReportMarkdown({ title, language, properties, sections, made }: Report): string {
  const parts = [`# ${line(title)}`]
  if (properties.length > 0)
    parts.push(properties.map(([key, value]) => `- ${line(key)}: ${line(value)}`).join('\n'))
  for (const section of sections) {
    const doc = new Y.Doc()
    Y.applyUpdate(
      doc,
      documentFromMarkdown({
        chapters: {
          preface: [...section.blocks],
          situation: [],
          difficulties: [],
          policy: [],
          activities: [],
        },
        properties: [],
      }),
    )
    parts.push(`## ${line(section.title)}`, writeRoot(doc.getXmlFragment(PREFACE), language))
    doc.destroy()
  }
  parts.push('---', line(made))
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** Words of a heading or an entry: one line, and nothing in it that Markdown reads as more. */
function line(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
}
