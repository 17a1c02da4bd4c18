import type { NodeJson } from '../json'

/** Nodes of the schema out of plain words. */

export function text(words: string, mark?: 'bold' | 'strike' | 'underline'): NodeJson[] {
  return words === '' ? [] : [{ type: 'text', text: words, ...(mark ? { marks: [{ type: mark }] } : {}) }]
}

export function paragraph(...words: readonly (string | readonly NodeJson[])[]): NodeJson {
  const content = words.flatMap((part) => (typeof part === 'string' ? text(part) : [...part]))
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

/** Lines that somebody wrote with line ends stay lines. */
export function paragraphs(words: string): NodeJson[] {
  return words
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph(line))
}

export function heading(words: string): NodeJson {
  return { type: 'heading', attrs: { level: 3 }, content: text(words) }
}

export function quote(words: string): NodeJson {
  return { type: 'blockquote', content: paragraphs(words) }
}

/** An entry: its words, and what stands below it. */
export type Entry = string | readonly NodeJson[]

export function bullets(entries: readonly Entry[]): NodeJson[] {
  if (entries.length === 0) return []
  return [
    {
      type: 'bulletList',
      content: entries.map((entry) => ({
        type: 'listItem',
        content: typeof entry === 'string' ? [paragraph(entry)] : [...entry],
      })),
    },
  ]
}

/** `right`: columns of figures. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): NodeJson[] {
  if (rows.length === 0) return []
  const cell = (type: 'tableHeader' | 'tableCell') => (words: string, column: number) => ({
    type,
    attrs: { colspan: 1, rowspan: 1, colwidth: null, align: right.includes(column) ? 'right' : null },
    content: [paragraph(words)],
  })
  return [
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: head.map(cell('tableHeader')) },
        ...rows.map((row) => ({ type: 'tableRow', content: row.map(cell('tableCell')) })),
      ],
    },
  ]
}
