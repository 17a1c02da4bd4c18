import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { MovedWork } from '@/lib/queries/moved'
import { StillRight } from '../../_impact/still-right'
import { cardHref } from '../../boards/board-href'
import { boardOf, departmentOf, type Given } from './given'

/** One's own activities whose words have moved: still right, adapt, or stop. */
export function StillRightList({ moved, ...given }: Given & { moved: readonly MovedWork[] }) {
  if (moved.length === 0) return null
  const { t, language, work, workspace } = given
  return (
    <section aria-labelledby="still-right">
      <h2 id="still-right">
        {t('work.still_right')} <small className="num">{moved.length}</small>
      </h2>
      <p className="lead">{t('work.still_right_text')}</p>
      <ul className="asked">
        {moved.map((one) => {
          const board = boardOf(given, one.boardId)
          return (
            board && (
              <li key={one.activityId} data-dept={board.kind ?? 'other'}>
                <DepartmentMark kind={board.kind} name={board.name} language={language} />
                <div className="what">
                  <b>
                    <Link href={cardHref(work.slug, board, one.activityId)}>{one.title}</Link>
                  </b>
                  <span className="where">{departmentOf(given, one.boardId)}</span>
                  <StillRight workspace={workspace} work={one} />
                </div>
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
