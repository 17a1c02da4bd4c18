import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import { blocks, type Writing } from '../docx/blocks'
import { type Comments, xmlText } from '../docx/inline'
import { HOUSE, STYLE } from '../docx/names'
import { BULLETS, bulletLevels, numberLevels, numbersFrom, stylesOf } from '../docx/styles'
import { page, runningHead } from '../docx/write'
import type { Report } from './report'

const noComments: Comments = { numbers: () => [], first: new Map(), last: new Map() }

/** A report as a Word document, in the looks of an exported strategy. */
export async function writeReportDocx(report: Report): Promise<Uint8Array> {
  const { title, language, properties, sections, made } = report
  const starts: number[] = []
  const writing: Writing = {
    language,
    comments: noComments,
    pictures: new Map(),
    threadsOfItem: () => [],
    list(start) {
      starts.push(start)
      return starts.length
    },
  }
  const colon = language === 'zh' ? '：' : ': '
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(xmlText(title))] }),
    ...properties.map(
      ([key, value]) =>
        new Paragraph({
          style: STYLE.property,
          children: [
            new TextRun({ style: STYLE.key, text: xmlText(key) + colon }),
            new TextRun(xmlText(value)),
          ],
        }),
    ),
    ...sections.flatMap((section) => [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        children: [new TextRun(xmlText(section.title))],
      }),
      ...blocks(section.blocks, writing),
    ]),
    new Paragraph({
      style: STYLE.property,
      spacing: { before: 480 },
      children: [new TextRun(xmlText(made))],
    }),
  ]
  const document = new Document({
    title: xmlText(title),
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
    sections: [{ properties: page, ...runningHead(title), children }],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}
