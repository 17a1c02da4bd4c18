import type { Say } from '@/app/_i18n/say'
import { escapeAttribute, escapeText } from '@/lib/document/render/escape'
import type { Matrix, MatrixCard, MatrixRow } from '@/lib/domain/coherence/matrix'
import type { BoardName } from '@/lib/queries/board'
import { departmentName } from '../../measures/_measures/department'
import { stateOf } from '../_parts/say'
import { setText } from '../_parts/set-text'

const EDGE = 32
const HEAD = 360
const COLUMN = 210
const SANS = `-apple-system, 'Segoe UI', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', Roboto, sans-serif`
const SERIF = `'Iowan Old Style', 'Source Serif 4', Charter, 'Noto Serif CJK SC', 'Songti SC', Georgia, serif`

/** A file stands alone: the colours of the light theme, written out. */
const ink = {
  page: '#FCFDFB',
  text: '#13181B',
  quiet: '#5B656A',
  rule: '#DBDFDA',
  seal: '#C22D1B',
  risk: '#95500B',
}
const hues: Readonly<Record<string, string>> = {
  product: '#26588C',
  marketing: '#7A5A06',
  sales: '#7B4186',
  success: '#1C6851',
  organization: '#4D5A70',
}

interface Block {
  readonly height: number
  draw(x: number, y: number): string
}

/** The matrix as a picture for a slide or a page. `riskOf` says who has accepted that nobody works on a row, and until when. */
export function matrixSvg(
  matrix: Matrix,
  boards: readonly BoardName[],
  title: string,
  t: Say,
  riskOf: (risk: NonNullable<MatrixRow['accepted']>) => string,
): string {
  const width = EDGE * 2 + HEAD + COLUMN * boards.length
  const lines: string[] = []
  let y = EDGE
  lines.push(text(EDGE, y + 22, title, { size: 24, face: SERIF }))
  y += 62
  boards.forEach((board, i) => {
    lines.push(
      text(EDGE + HEAD + i * COLUMN, y, departmentName(board, t), {
        size: 13,
        weight: 600,
        fill: hues[board.kind ?? ''] ?? ink.quiet,
      }),
    )
  })
  y += 12
  const rule = (dark = false) =>
    lines.push(
      `<path d="M${EDGE} ${y}H${width - EDGE}" stroke="${dark ? '#BFC6C1' : ink.rule}" fill="none"/>`,
    )
  rule(true)
  /** `across`: what stands in the place of all cells. */
  const row = (
    head: Block,
    cells: readonly (readonly MatrixCard[])[],
    across: Block | null,
    hollow: boolean,
  ) => {
    const blocks = across
      ? [across]
      : cells.map((cards, i) => cellBlock(cards, boards[i]?.kind ?? null, hollow, t))
    const height = Math.max(head.height, 22, ...blocks.map((block) => block.height)) + 18
    lines.push(head.draw(EDGE, y + 12))
    blocks.forEach((block, i) => {
      lines.push(block.draw(EDGE + HEAD + i * COLUMN, y + 12))
    })
    y += height
    rule()
  }
  const instead = (one: MatrixRow): Block | null => {
    if (one.cells.some((cards) => cards.length > 0)) return null
    if (one.uncovered) return nobodyBlock(t)
    return one.accepted && riskBlock(riskOf(one.accepted), one.accepted.reason, COLUMN * boards.length - 72)
  }
  for (const one of matrix.rows)
    row(
      headBlock(
        one.title,
        [t(`coherence.kind_${one.kind}`), one.code].filter(Boolean).join(' '),
        one.uncovered,
      ),
      one.cells,
      instead(one),
      false,
    )
  const byDepartment = (cards: readonly MatrixCard[]) =>
    boards.map(({ departmentId }) => cards.filter((card) => card.departmentId === departmentId))
  if (matrix.withoutRow.length > 0)
    row(headBlock(t('coherence.policy_row'), '', null), byDepartment(matrix.withoutRow), null, false)
  if (matrix.petProjects.length > 0)
    row(headBlock(t('coherence.pet_row'), '', null), byDepartment(matrix.petProjects), null, true)
  const height = y + EDGE
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeText(title)}</title><rect width="${width}" height="${height}" fill="${ink.page}"/>${lines.join('')}</svg>\n`
  )
}

/** `cut`: nobody works on it; null: no difficulty at all. */
function headBlock(title: string, note: string, cut: boolean | null): Block {
  const set = setText(title, 15, HEAD - 60, 3)
  return {
    height: set.length * 20 + (note === '' ? 0 : 18),
    draw: (x, y) =>
      (cut === null
        ? ''
        : `<circle cx="${x + 6}" cy="${y + 8}" r="5" fill="none" stroke="${cut ? ink.quiet : ink.seal}" stroke-width="1.6"${cut ? ' stroke-dasharray="2 2"' : ''}/>`) +
      set.map((line, i) => text(x + 24, y + 13 + i * 20, line, { size: 15, face: SERIF })).join('') +
      (note === '' ? '' : text(x + 24, y + 12 + set.length * 20, note, { size: 12, fill: ink.quiet })),
  }
}

function nobodyBlock(t: Say): Block {
  return {
    height: 22,
    draw: (x, y) =>
      `<path d="M${x} ${y + 10}h56" stroke="${ink.quiet}" stroke-dasharray="4 3" fill="none"/>` +
      text(x + 68, y + 14, t('coherence.nobody'), { size: 13, weight: 600, fill: ink.risk }),
  }
}

/** Nobody works on it, and somebody answers for that. */
function riskBlock(words: string, reason: string, width: number): Block {
  const why = reason === '' ? [] : setText(`“${reason}”`, 12.5, width, 6)
  return {
    height: 22 + why.length * 16,
    draw: (x, y) =>
      `<path d="M${x} ${y + 10}h56" stroke="${ink.quiet}" fill="none"/>` +
      text(x + 68, y + 14, words, { size: 13 }) +
      why.map((line, i) => text(x + 68, y + 32 + i * 16, line, { size: 12.5, fill: ink.quiet })).join(''),
  }
}

function cellBlock(cards: readonly MatrixCard[], kind: BoardName['kind'], hollow: boolean, t: Say): Block {
  const hue = hues[kind ?? ''] ?? ink.quiet
  const pills = cards.map((card) => ({
    card,
    lines: setText(`${card.title} (${stateOf(card, t)})`, 12.5, COLUMN - 38, 4),
  }))
  return {
    height: pills.reduce((sum, { lines }) => sum + lines.length * 16 + 6, 0),
    draw: (x, y) => {
      if (pills.length === 0) return `<path d="M${x} ${y + 9}h14" stroke="#BFC6C1" fill="none"/>`
      let at = y
      return pills
        .map(({ card, lines }) => {
          const top = at
          at += lines.length * 16 + 6
          const risk = card.health === 'late' || card.health === 'blocked' || card.pullsApart
          return (
            `<path d="m${x + 5} ${top + 4} 5 5-5 5-5-5z" fill="${hollow ? 'none' : hue}" stroke="${hue}"/>` +
            lines
              .map((line, i) =>
                text(x + 18, top + 13 + i * 16, line, { size: 12.5, fill: risk ? ink.risk : ink.text }),
              )
              .join('')
          )
        })
        .join('')
    },
  }
}

function text(
  x: number,
  y: number,
  words: string,
  given: { size: number; weight?: number; fill?: string; face?: string },
): string {
  const { size, weight = 400, fill = ink.text, face = SANS } = given
  return `<text x="${x}" y="${y}" font-family="${escapeAttribute(face)}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeText(words)}</text>`
}
