import type { Language } from '@/lib/domain/language'
import type { ExportedStrategy, ThreadForExport } from '../exported'
import type { NodeJson } from '../json'
import { readMarkdown } from '../markdown/read'
import type { TextRoot } from '../roots'
import type { TemplateId } from '../templates'
import { readTemplate } from '../templates/read'

const threadId = (number: number) => `thr_${String(number).padStart(26, '0')}`

/** A template as an export meets it, with threads: on a paragraph, over two of them, on an item's words, on deleted text. */
export function exportedSample(template: TemplateId, language: Language, comments = true): ExportedStrategy {
  const read = readMarkdown(readTemplate(template, language))
  if (!read.ok) throw new Error('a template can be read')
  const { title, properties, chapters } = structuredClone(read.strategy)
  const plain: ExportedStrategy = {
    title,
    language,
    at: Date.UTC(2026, 7, 14, 9),
    properties,
    chapters,
    threads: [],
    pictures: new Map(),
  }
  if (!comments) return plain
  const begin = chapters.situation.findIndex(({ type }) => type === 'paragraph')
  const first = chapters.situation[begin]
  const next = chapters.situation[begin + 1]
  // Neighbours, or Word would have to say something of what lies between.
  const second = next?.type === 'item' ? next.content?.find(({ attrs }) => attrs?.name === 'text') : next
  const item = chapters.difficulties.find(({ type, attrs }) => type === 'item' && attrs?.kind === 'pain')
  const title_ = item?.content?.find(({ attrs }) => attrs?.name === 'title')
  const marked: Array<[number, NodeJson | undefined]> = [
    [1, first],
    [2, first],
    [2, second],
    [3, title_],
  ]
  for (const [number, node] of marked)
    for (const text of node?.content ?? [])
      text.marks = [...(text.marks ?? []), { type: 'comment', attrs: { thread: threadId(number) } }]
  const quote = (...nodes: (NodeJson | undefined)[]) =>
    nodes
      .flatMap((node) => node?.content ?? [])
      .map((node) => node.text ?? '')
      .join('')
      .slice(0, 280)
  const said = (author: string, minute: number, text: string) => ({
    author,
    at: Date.UTC(2026, 7, 14, 8, minute),
    editedAt: null,
    text,
  })
  const words = (root: TextRoot, quoted: string) => ({ kind: 'words' as const, root, quote: quoted })
  const threads: ThreadForExport[] = [
    {
      id: threadId(1),
      anchor: words('situation', quote(first)),
      resolved: false,
      outcome: null,
      reason: null,
      onDeletedText: false,
      comments: [
        said('沈知行', 1, '这句话站得住吗？\n第二行：=1+1'),
        said('Ines "O’K" <b>', 2, 'It does. See @Marketing & <the sheet>.'),
      ],
    },
    {
      id: threadId(2),
      anchor: words('situation', quote(first, second)),
      resolved: true,
      outcome: null,
      reason: null,
      onDeletedText: false,
      comments: [said('Ines', 3, '=HYPERLINK("http://evil.example","click")')],
    },
    {
      id: threadId(3),
      anchor: words('difficulties', quote(title_)),
      resolved: true,
      outcome: 'rejected',
      reason: 'Too dear 太贵',
      onDeletedText: false,
      comments: [said('Ines', 4, 'Is this the pain?'), said('沈知行', 5, '是的')],
    },
    {
      id: threadId(4),
      anchor: words('preface', 'words that are gone'),
      resolved: false,
      outcome: null,
      reason: null,
      onDeletedText: true,
      comments: [said('沈知行', 6, 'Where did it go?')],
    },
  ]
  return { ...plain, threads }
}

/** Words for furniture that do not matter in a test. */
export const plainWords = {
  note: 'Note',
  attention: 'Attention',
  comments: 'Comments',
  about: (name: string) => `On ${name}`,
  resolved: 'Resolved',
  outcome: (outcome: 'adopted' | 'rejected' | 'watch') =>
    ({ adopted: 'Adopted', rejected: 'Rejected', watch: 'Try and watch' })[outcome],
  deletedText: 'On deleted text',
  deletedComment: 'This comment was deleted.',
  edited: 'edited',
  made: 'As it stood.',
  moment: (at: number) => new Date(at).toISOString(),
}
