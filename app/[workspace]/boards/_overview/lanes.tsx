import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { phases } from '@/lib/domain/column'
import type { Language } from '@/lib/domain/language'
import type { BoardLine, BoardsOverview } from '@/lib/queries/overview'
import { boardHref } from '../board-href'

/** One lane per department; the four phases stand under each other, so that the eye compares them down the page. */
export function Lanes({ overview, t, language }: { overview: BoardsOverview; t: Say; language: Language }) {
  const { boards, slug } = overview
  // One scale for all: a long bar is much work, whichever department it lies in.
  const most = Math.max(1, ...boards.flatMap((board) => phases.map((phase) => board.phases[phase])))
  return (
    <table className="lanes">
      <caption className="vh">{t('overview.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('overview.department')}</th>
          {phases.map((phase) => (
            <th key={phase} scope="col" className="ph">
              {t(`overview.phase_${phase}`)}
            </th>
          ))}
          <th scope="col" className="days">
            {t('overview.effort')}
          </th>
          <th scope="col">{t('overview.waits')}</th>
        </tr>
      </thead>
      <tbody>
        {boards.map((board) => (
          <tr key={board.boardId} data-dept={board.kind ?? 'other'}>
            <th scope="row">
              <DepartmentMark kind={board.kind} name={board.name} language={language} />
              <span>
                <Link href={boardHref(slug, board)}>
                  {board.name ?? (board.kind && t(`common.department_${board.kind}`))}
                </Link>
                {board.intent && (
                  <span className="intent" lang={localeOf(board.intent.language)}>
                    {board.intent.text}
                  </span>
                )}
              </span>
            </th>
            {phases.map((phase) => (
              <td key={phase} className="ph num" data-phase={phase}>
                <i aria-hidden="true" className="word">
                  {t(`overview.phase_${phase}`)}
                </i>
                <b data-none={board.phases[phase] === 0 || undefined}>{board.phases[phase]}</b>
                <i
                  aria-hidden="true"
                  className="pb"
                  style={{ '--v': `${(100 * board.phases[phase]) / most}%` } as React.CSSProperties}
                />
              </td>
            ))}
            <td className="days num">
              {board.effort === 0 ? (
                <span className="quiet">{t('overview.no_effort')}</span>
              ) : (
                t('overview.days', { n: formatNumber(language, board.effort, { maximumFractionDigits: 1 }) })
              )}
            </td>
            <td className="waits">
              <Waits board={board} slug={slug} t={t} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What asks for somebody, in words, the most urgent first. */
function Waits({ board, slug, t }: { board: BoardLine; slug: string; t: Say }) {
  const { late, soon, overLimit, requests, handOffs } = board
  const at = boardHref(slug, board)
  if (late + soon + overLimit + requests + handOffs === 0)
    return <span className="quiet">{t('overview.nothing')}</span>
  return (
    <span className="row wrap">
      {late > 0 && <Badge state="off">{t('overview.late', { n: late })}</Badge>}
      {overLimit > 0 && <Badge state="risk">{t('overview.over', { n: overLimit })}</Badge>}
      {soon > 0 && <Badge>{t('overview.soon', { n: soon })}</Badge>}
      {requests > 0 && (
        <Link href={`${at}?tray=requests`}>
          <Badge>{t('overview.requests', { n: requests })}</Badge>
        </Link>
      )}
      {handOffs > 0 && (
        <Link href={`${at}?tray=handoffs`}>
          <Badge>{t('overview.hand_offs', { n: handOffs })}</Badge>
        </Link>
      )}
    </span>
  )
}
