import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { escapeAttribute, escapeText } from '@/lib/document/render/escape'
import type { TrackedGap } from '@/lib/domain/coherence/gap-tracker'
import type { Matrix, MatrixCard, MatrixRow } from '@/lib/domain/coherence/matrix'
import { comma } from '@/lib/domain/comma'
import { departmentMark } from '@/lib/domain/department-mark'
import type { Language } from '@/lib/domain/language'
import type { BoardName } from '@/lib/queries/board'
import { cardHref } from '../../boards/board-href'
import { departmentName } from '../../measures/_measures/department'
import { coherenceHref } from '../_parts/address'
import { percent, sayRisk, stateOf } from '../_parts/say'

export interface MatrixGiven {
  readonly slug: string
  readonly strategyId: string | null
  /** Of the words of the strategy. */
  readonly wordsIn: Language | null
  readonly boards: readonly BoardName[]
  readonly matrix: Matrix
  readonly gaps: readonly TrackedGap[]
  readonly mayAsk: boolean
  readonly mayAccept: boolean
  /** Names of members. */
  readonly nameOf: (memberId: string) => string
  readonly caption: string
  readonly t: Say
  readonly language: Language
}

/**
 * The table as text: thousands of cards are drawn in milliseconds, and the page has nothing to take over. Every word is
 * escaped: titles are other people's.
 */
export function matrixHtml(asked: MatrixGiven): string {
  const given = {
    ...asked,
    state: stateWords(asked.t, asked.language),
    places: new Map(asked.boards.map((board) => [board.boardId, board])),
  }
  const { matrix, boards, t, language, caption } = given
  const gaps = new Map(given.gaps.map((gap) => [gap.itemId, gap]))
  const heads = boards.map((board, i) => {
    const { cards = 0, answers = 0 } = matrix.departments[i] ?? {}
    const mark = departmentMark(board.kind, board.name, language)
    return `<th scope="col" tabindex="-1" data-dept="${board.kind ?? 'other'}"><span class="row"><span class="dm" aria-hidden="true">${escapeText(mark)}</span>${escapeText(departmentName(board, t))}</span><small>${escapeText(t('coherence.answers', { cards, answers }))}</small></th>`
  })
  const rows = matrix.rows.map((row) => rowHtml(row, gaps.get(row.itemId), given))
  const loose = (cards: readonly MatrixCard[], className: string, name: string, note: string) =>
    cards.length === 0
      ? ''
      : `<tr class="${className}"><th scope="row" class="df" tabindex="-1">${escapeText(name)}${note && `<small>${escapeText(note)}</small>`}</th>${boards
          .map(({ departmentId, kind }) =>
            cellHtml(
              cards.filter((card) => card.departmentId === departmentId),
              kind,
              given,
            ),
          )
          .join('')}</tr>`
  return (
    `<table class="mx" role="grid"><caption class="vh">${escapeText(caption)}</caption>` +
    `<thead><tr><th class="df" scope="col" tabindex="0">${escapeText(t('coherence.difficulty'))}</th>${heads.join('')}</tr></thead>` +
    `<tbody>${rows.join('')}${loose(matrix.withoutRow, 'polrow', t('coherence.policy_row'), '')}${loose(matrix.petProjects, 'petrow', t('coherence.pet_row'), t('coherence.pet_row_note'))}</tbody></table>`
  )
}

interface Drawing extends MatrixGiven {
  readonly state: (card: MatrixCard) => string
  readonly places: ReadonlyMap<string, BoardName>
}

/** How a card is, escaped; said once for each way a card can be, for a message is dear a thousand times. */
function stateWords(t: Say, language: Language): (card: MatrixCard) => string {
  const known = new Map<string, string>()
  return (card) => {
    const key = `${card.phase} ${card.health} ${card.pullsApart}`
    const said =
      known.get(key) ??
      escapeText(
        [stateOf(card, t), ...(card.pullsApart ? [t('coherence.pulls_apart')] : [])].join(comma(language)),
      )
    known.set(key, said)
    return said
  }
}

function rowHtml(row: MatrixRow, gap: TrackedGap | undefined, given: Drawing): string {
  const { slug, strategyId, wordsIn, boards, mayAsk, mayAccept, t, language } = given
  const kind = t(
    row.kind === 'segment' && row.focus ? 'coherence.kind_segment_focus' : `coherence.kind_${row.kind}`,
  )
  const note = [row.code ? `${kind} ${row.code}` : kind, ...(row.focus ? [] : [t('coherence.out_of_focus')])]
  const amber = gap?.state === 'amber' && gap.work !== null && gap.closed !== null
  const words = escapeText(row.title)
  const title = strategyId
    ? `<a data-soft="" href="/${slug}/strategy/${strategyId}#${row.itemId}">${words}</a>`
    : words
  const head =
    `<th scope="row" class="df" tabindex="-1"${wordsIn ? ` lang="${localeOf(wordsIn)}"` : ''}>${title}` +
    `<small lang="${localeOf(language)}">${escapeText(note.join(comma(language)))}</small>` +
    (amber
      ? `<small lang="${localeOf(language)}" class="amber"><a data-soft="" href="${escapeAttribute(coherenceHref(slug, 'gaps', { at: row.itemId }))}">${escapeText(
          t('coherence.amber_note', {
            work: percent(language, gap.work),
            closed: percent(language, gap.closed),
          }),
        )}</a></small>`
      : '') +
    '</th>'
  const classes = [row.uncovered && 'void', amber && 'hl', !row.focus && 'out'].filter(Boolean).join(' ')
  // Stopped work covers nothing, but it stays to be seen.
  const cells =
    row.uncovered && row.cells.every((cards) => cards.length === 0)
      ? `<td colspan="${boards.length}" tabindex="-1"><div class="voidline"><b>${escapeText(t('coherence.nobody'))}</b>${
          mayAsk
            ? `<button type="button" class="btn sm" data-ask="${row.itemId}">${escapeText(t('coherence.assign'))}</button>`
            : ''
        }${
          mayAccept && strategyId
            ? `<button type="button" class="btn sm plain" data-accept="${row.itemId}">${escapeText(t('coherence.accept'))}</button>`
            : ''
        }</div></td>`
      : row.accepted && row.cells.every((cards) => cards.length === 0)
        ? acceptedHtml(row, row.accepted, given)
        : row.cells.map((cards, i) => cellHtml(cards, boards[i]?.kind ?? null, given)).join('')
  return `<tr id="${row.itemId}"${classes && ` class="${classes}"`}>${head}${cells}</tr>`
}

/** Nobody works on it, and somebody answers for that: who, until when, and why. */
function acceptedHtml(
  row: MatrixRow,
  risk: NonNullable<MatrixRow['accepted']>,
  { boards, strategyId, mayAccept, nameOf, t, language }: Drawing,
): string {
  const { reason } = risk
  const said = sayRisk(risk, nameOf, t, language)
  const why = reason === '' ? '' : `<q>${escapeText(reason)}</q>`
  const back =
    mayAccept && strategyId
      ? `<button type="button" class="btn sm plain" data-drop="${row.itemId}">${escapeText(t('coherence.accepted_drop'))}</button>`
      : ''
  return `<td colspan="${boards.length}" tabindex="-1"><div class="voidline taken"><span>${escapeText(said)}</span>${why}${back}</div></td>`
}

function cellHtml(cards: readonly MatrixCard[], kind: BoardName['kind'], given: Drawing): string {
  if (cards.length === 0) return '<td class="zero" tabindex="-1"></td>'
  const { slug, places, state } = given
  const pills = cards.map((card) => {
    const board = places.get(card.boardId)
    const href = board ? cardHref(slug, board, card.activityId) : `/${slug}/boards`
    return (
      `<li${card.pullsApart ? ' class="pull"' : ''}><a data-soft="" class="pill ${card.health}" href="${escapeAttribute(href)}">` +
      `<span>${escapeText(card.title)} <small>${state(card)}</small></span></a></li>`
    )
  })
  return `<td tabindex="-1" data-dept="${kind ?? 'other'}"><ul>${pills.join('')}</ul></td>`
}
