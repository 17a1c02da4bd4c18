import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type ICommentOptions,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx'
import type { ExportWords } from '../export-html/write'
import { type ExportedStrategy, everyNode, lastTextOf, type ThreadForExport, threadsOn } from '../exported'
import type { NodeJson } from '../json'
import { chapterHeading } from '../markdown/frame'
import { CHAPTERS } from '../roots'
import { withWrittenItems } from '../written-items'
import { blocks, type Writing } from './blocks'
import { begin, type Comments, end, runs, xmlText } from './inline'
import { HOUSE, STYLE } from './names'
import { BULLETS, bulletLevels, numberLevels, numbersFrom, stylesOf } from './styles'

/**
 * A strategy as a Word document: headings, lists, tables, pictures, items with their properties, and every thread as
 * Word comments with their replies and whether they are resolved. Threads on deleted text stand at the end.
 */
export async function writeDocx(strategy: ExportedStrategy, words: ExportWords): Promise<Uint8Array> {
  const { language, threads } = strategy
  const chapters = withWrittenItems(strategy.chapters, language)
  const said = commentsOf(threads, words)
  const starts: number[] = []
  const onItem = new Map<string, string[]>()
  const known = new Set(
    [...everyNode(chapters)].flatMap((node) => (typeof node.attrs?.id === 'string' ? [node.attrs.id] : [])),
  )
  for (const { id, anchor } of threads) {
    if (anchor.kind === 'item' && known.has(anchor.item))
      onItem.set(anchor.item, [...(onItem.get(anchor.item) ?? []), id])
  }
  const comments: Comments = {
    numbers: (thread) => said.numbers.get(thread) ?? [],
    first: firstTextOf(chapters),
    last: lastTextOf(chapters),
  }
  const writing: Writing = {
    language,
    comments,
    pictures: strategy.pictures,
    threadsOfItem: (item) => onItem.get(item) ?? [],
    list(start) {
      starts.push(start)
      return starts.length
    },
  }
  const colon = language === 'zh' ? '：' : ': '
  const lost = threads.filter(
    ({ id, anchor }) =>
      comments.numbers(id).length > 0 &&
      (anchor.kind === 'words' ? !comments.last.has(id) : !known.has(anchor.item)),
  )
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(xmlText(strategy.title))] }),
    ...strategy.properties.map(
      ([key, value], index) =>
        new Paragraph({
          style: STYLE.property,
          ...(index === strategy.properties.length - 1 ? { spacing: { after: 240 } } : {}),
          children: [
            new TextRun({ style: STYLE.key, text: xmlText(key) + colon }),
            new TextRun(xmlText(value)),
          ],
        }),
    ),
    ...blocks(chapters.preface, writing),
    ...CHAPTERS.flatMap((chapter) => [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        children: [new TextRun(chapterHeading(chapter, language))],
      }),
      ...blocks(chapters[chapter], writing),
    ]),
    ...lost.map(({ id, anchor }) => {
      const quote = anchor.kind === 'words' ? anchor.quote : ''
      return new Paragraph({
        style: STYLE.lost,
        children: [
          new TextRun({ style: STYLE.key, text: `${words.deletedText}${colon}` }),
          ...begin(comments, id),
          ...runs([{ type: 'text', text: quote === '' ? '—' : quote }], comments),
          ...end(comments, id),
        ],
      })
    }),
  ]
  const document = new Document({
    title: xmlText(strategy.title),
    creator: HOUSE,
    lastModifiedBy: HOUSE,
    description: '',
    styles: stylesOf(language),
    numbering: {
      config: [
        { reference: BULLETS, levels: bulletLevels() },
        ...[...new Set(starts)].map((start) => ({
          reference: numbersFrom(start),
          levels: numberLevels(start),
        })),
      ],
    },
    ...(said.list.length > 0 ? { comments: { children: said.list } } : {}),
    sections: [
      {
        properties: page,
        ...runningHead(strategy.title),
        children,
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const small = { size: 16, color: '5B656A' }

/** A4 in twentieths of a point; the first page has no running head. */
export const page = {
  titlePage: true,
  page: {
    size: { width: 11_906, height: 16_838 },
    margin: { top: 1361, bottom: 1247, left: 1247, right: 1248 },
  },
}

/** The title at the head of every page but the first, the page's number at the foot of all. */
export function runningHead(title: string) {
  return {
    headers: {
      default: new Header({
        children: [new Paragraph({ children: [new TextRun({ ...small, text: xmlText(title) })] })],
      }),
    },
    footers: { default: pageNumber(), first: pageNumber() },
  }
}

function pageNumber(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [new TextRun({ ...small, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  })
}

/** Comments in the numbering of Word: replies name their first comment, and all of a thread are resolved together. */
function commentsOf(
  threads: readonly ThreadForExport[],
  words: ExportWords,
): { list: ICommentOptions[]; numbers: ReadonlyMap<string, readonly number[]> } {
  const list: ICommentOptions[] = []
  const numbers = new Map<string, number[]>()
  for (const thread of threads) {
    const own: number[] = []
    const add = (author: string, at: number, text: string) => {
      const number = list.length
      own.push(number)
      list.push({
        id: number,
        author: xmlText(author),
        initials: [...xmlText(author)].slice(0, 1).join('') || '?',
        date: new Date(at),
        resolved: thread.resolved,
        ...(own[0] !== undefined && own[0] !== number ? { parentId: own[0] } : {}),
        children: text.split('\n').map((line) => new Paragraph({ children: [new TextRun(xmlText(line))] })),
      })
    }
    for (const { author, at, text } of thread.comments)
      add(author, at, text === '' ? words.deletedComment : text)
    const last = thread.comments.at(-1)
    if (last && thread.resolved && thread.outcome) {
      const reason = thread.reason ? `\n${thread.reason}` : ''
      add(HOUSE, last.at, `${words.outcome(thread.outcome)}${reason}`)
    }
    numbers.set(thread.id, own)
  }
  return { list, numbers }
}

function firstTextOf(chapters: ExportedStrategy['chapters']): ReadonlyMap<string, NodeJson> {
  const first = new Map<string, NodeJson>()
  for (const node of everyNode(chapters))
    for (const thread of threadsOn(node)) if (!first.has(thread)) first.set(thread, node)
  return first
}
