import type { Say } from '@/app/_i18n/say'
import { writeCsv } from '@/lib/domain/board-import/csv'
import type { Matrix, MatrixCard } from '@/lib/domain/coherence/matrix'
import type { BoardName } from '@/lib/queries/board'
import { departmentName } from '../../measures/_measures/department'
import { stateOf } from '../_parts/say'

/** The matrix for a spreadsheet: a row per difficulty, a column per department, a card per line of a cell. */
export function matrixCsv(matrix: Matrix, boards: readonly BoardName[], t: Say): string {
  const cell = (cards: readonly MatrixCard[]) =>
    cards.map((card) => `${card.title} (${stateOf(card, t)})`).join('\n')
  const loose = (name: string, cards: readonly MatrixCard[]) =>
    cards.length === 0
      ? []
      : [
          [
            '',
            name,
            '',
            '',
            ...boards.map(({ departmentId }) =>
              cell(cards.filter((card) => card.departmentId === departmentId)),
            ),
          ],
        ]
  return writeCsv([
    [
      t('coherence.csv_code'),
      t('coherence.difficulty'),
      t('coherence.csv_kind'),
      t('coherence.csv_working'),
      ...boards.map((board) => departmentName(board, t)),
    ],
    ...matrix.rows.map((row) => [
      row.code,
      row.title,
      t(row.kind === 'segment' && row.focus ? 'coherence.kind_segment_focus' : `coherence.kind_${row.kind}`),
      row.uncovered
        ? t('coherence.nobody')
        : row.accepted
          ? t('coherence.accepted_csv', { day: row.accepted.until })
          : row.working,
      ...row.cells.map(cell),
    ]),
    ...loose(t('coherence.policy_row'), matrix.withoutRow),
    ...loose(t('coherence.pet_row'), matrix.petProjects),
  ])
}
