import { AlignmentType, BorderStyle, type ILevelsOptions, type IStylesOptions, LevelFormat } from 'docx'
import type { Language } from '@/lib/domain/language'
import { STYLE } from './names'

const SERIF = { ascii: 'Georgia', hAnsi: 'Georgia', cs: 'Georgia', eastAsia: 'SimSun' }
const SANS = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' }
const MONO = { ascii: 'Consolas', hAnsi: 'Consolas', cs: 'Consolas', eastAsia: 'NSimSun' }
const INK_3 = '5B656A'
const RULE = 'BFC6C1'

/** Text of 10.5 points, spacing in twentieths of a point. */
export function stylesOf(language: Language): IStylesOptions {
  const based = { basedOn: 'Normal', quickFormat: true }
  const line = language === 'zh' ? 400 : 340
  return {
    default: {
      document: {
        run: { font: SERIF, size: 21, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
        paragraph: { spacing: { after: 140, line } },
      },
      title: {
        run: { font: SERIF, size: 48, color: '13181B' },
        paragraph: { spacing: { after: 240, line: 240 }, keepNext: true },
      },
      heading1: {
        run: { font: SERIF, size: 34, color: '13181B' },
        paragraph: { spacing: { before: 520, after: 200, line: 240 }, keepNext: true },
      },
      heading2: {
        run: { font: SANS, size: 20, bold: true, color: '13181B' },
        paragraph: { spacing: { before: 360, after: 120, line: 240 }, keepNext: true },
      },
      heading3: {
        run: { font: SANS, size: 19, bold: true, color: '414A4F' },
        paragraph: { spacing: { before: 280, after: 100, line: 240 }, keepNext: true },
      },
      heading4: {
        run: { font: SANS, size: 19, color: INK_3 },
        paragraph: { spacing: { before: 220, after: 80, line: 240 }, keepNext: true },
      },
    },
    paragraphStyles: [
      {
        ...based,
        id: STYLE.property,
        name: 'Throughline property',
        run: { font: SANS, size: 18, color: '414A4F' },
        paragraph: { spacing: { after: 20, line: 280 } },
      },
      {
        ...based,
        id: STYLE.item,
        name: 'Throughline item',
        paragraph: { spacing: { before: 140, after: 40 }, indent: { left: 340, hanging: 340 } },
      },
      {
        ...based,
        id: STYLE.line,
        name: 'Throughline item line',
        run: { size: 19, color: '414A4F' },
        paragraph: { spacing: { after: 10, line: 300 }, indent: { left: 340 } },
      },
      {
        ...based,
        id: STYLE.sentence,
        name: 'Throughline sentence',
        run: { size: 26 },
        paragraph: {
          spacing: { before: 120, after: 200 },
          indent: { left: 240 },
          border: { left: { style: BorderStyle.SINGLE, size: 18, space: 10, color: 'C22D1B' } },
        },
      },
      { ...based, id: STYLE.intent, name: 'Throughline intent' },
      {
        ...based,
        id: STYLE.quote,
        name: 'Throughline quote',
        run: { color: '414A4F' },
        paragraph: {
          indent: { left: 340 },
          border: { left: { style: BorderStyle.SINGLE, size: 6, space: 10, color: RULE } },
        },
      },
      ...[
        { id: STYLE.note, name: 'Throughline note', fill: 'F4F5F2' },
        { id: STYLE.attention, name: 'Throughline attention', fill: 'FBF1E6' },
      ].map(({ id, name, fill }) => ({
        ...based,
        id,
        name,
        paragraph: {
          indent: { left: 170, right: 170 },
          shading: { type: 'clear' as const, fill, color: 'auto' },
        },
      })),
      {
        ...based,
        id: STYLE.code,
        name: 'Throughline code block',
        run: { font: MONO, size: 18, noProof: true },
        paragraph: { spacing: { line: 260 }, shading: { type: 'clear', fill: 'F4F5F2', color: 'auto' } },
      },
      {
        ...based,
        id: STYLE.cell,
        name: 'Throughline cell',
        run: { size: 19 },
        paragraph: { spacing: { after: 20, line: 290 } },
      },
      {
        ...based,
        id: STYLE.rule,
        name: 'Throughline rule',
        paragraph: {
          spacing: { before: 120, after: 120 },
          border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 1, color: RULE } },
        },
      },
      { ...based, id: STYLE.lost, name: 'Throughline lost', run: { color: INK_3, size: 19 } },
    ],
    characterStyles: [
      { id: STYLE.key, name: 'Throughline key', run: { font: SANS, size: 18, color: INK_3 } },
      { id: STYLE.inlineCode, name: 'Throughline code', run: { font: MONO, noProof: true } },
    ],
  }
}

export const BULLETS = 'bullets'
/** Numbering is one definition per first number; each list is an instance of its own and begins anew. */
export const numbersFrom = (start: number) => `numbers-${start}`

/** Levels Word has. What is nested deeper stays on the last. */
export const LAST_LEVEL = 8

const indentOf = (level: number) => ({ left: 340 + level * 340, hanging: 340 })

export function bulletLevels(): ILevelsOptions[] {
  return Array.from({ length: LAST_LEVEL + 1 }, (_, level) => ({
    level,
    format: LevelFormat.BULLET,
    text: level % 2 === 0 ? '–' : '·',
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: indentOf(level) } },
  }))
}

export function numberLevels(start: number): ILevelsOptions[] {
  return Array.from({ length: LAST_LEVEL + 1 }, (_, level) => ({
    level,
    format: LevelFormat.DECIMAL,
    text: `%${level + 1}.`,
    alignment: AlignmentType.LEFT,
    // Word counts from here; more than this it refuses.
    start: Math.min(start, 32_767),
    style: { paragraph: { indent: indentOf(level) } },
  }))
}
