import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  EmphasisMarkType,
  ExternalHyperlink,
  type IRunOptions,
  type ParagraphChild,
  TextRun,
} from 'docx'
import { threadsOn } from '../exported'
import type { NodeJson } from '../json'
import { safeHref } from '../links'
import { STYLE } from './names'

/** The comments of a document: their numbers by thread, and where each thread begins and ends. */
export interface Comments {
  /** Numbers of the comments of a thread, the first first; empty when the thread is not part of this document. */
  numbers(thread: string): readonly number[]
  readonly first: ReadonlyMap<string, NodeJson>
  readonly last: ReadonlyMap<string, NodeJson>
}

// Control characters, the two non-characters, and halves of a pair that stand alone.
const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** A text XML can hold: Word calls a file with any other character damaged. */
export function xmlText(text: string): string {
  return text.replace(NOT_XML, '')
}

/**
 * Inline nodes as runs. A text is always text: nothing here writes a field, so a line that begins with `=` or a
 * `HYPERLINK(…)` somebody typed stays what it says. Links lead only where `safeHref` lets them.
 */
export function runs(
  nodes: readonly NodeJson[],
  comments: Comments,
  base: IRunOptions = {},
): ParagraphChild[] {
  return nodes.flatMap((node): ParagraphChild[] => {
    if (node.type === 'hardBreak') return [new TextRun({ ...base, break: 1 })]
    if (node.type !== 'text') return []
    const here = threadsOn(node)
    return [
      ...here
        .filter((thread) => comments.first.get(thread) === node)
        .flatMap((thread) => begin(comments, thread)),
      ...words(node, base),
      ...here
        .filter((thread) => comments.last.get(thread) === node)
        .flatMap((thread) => end(comments, thread)),
    ]
  })
}

export function begin(comments: Comments, thread: string): ParagraphChild[] {
  return comments.numbers(thread).map((number) => new CommentRangeStart(number))
}

export function end(comments: Comments, thread: string): ParagraphChild[] {
  return comments
    .numbers(thread)
    .flatMap((number) => [
      new CommentRangeEnd(number),
      new TextRun({ children: [new CommentReference(number)] }),
    ])
}

function words(node: NodeJson, base: IRunOptions): ParagraphChild[] {
  const text = xmlText(node.text ?? '')
  if (text === '') return []
  const marks = new Set((node.marks ?? []).map(({ type }) => type))
  const options: IRunOptions = {
    ...base,
    ...(marks.has('bold') ? { bold: true } : {}),
    // Chinese is not slanted: the same mark sets dots below it, and Latin letters in italics.
    ...(marks.has('italic')
      ? /\p{Script=Han}/u.test(text)
        ? { emphasisMark: { type: EmphasisMarkType.DOT } }
        : { italics: true }
      : {}),
    ...(marks.has('strike') ? { strike: true } : {}),
    ...(marks.has('underline') ? { underline: {} } : {}),
    ...(marks.has('code') ? { style: STYLE.inlineCode } : {}),
  }
  const href = safeHref(node.marks?.find(({ type }) => type === 'link')?.attrs?.href)
  // A line end that lies in a text is one on the page too.
  const parts = text.split('\n').map(
    (part, index) =>
      new TextRun({
        ...options,
        text: part,
        ...(index > 0 ? { break: 1 } : {}),
        ...(href ? { underline: {}, color: '1F5FBF' } : {}),
      }),
  )
  return href === null ? parts : [new ExternalHyperlink({ link: href, children: parts })]
}
