import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { cardHref } from '@/app/[workspace]/boards/board-href'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import type { ActivityResult } from '@/lib/domain/review-result'
import type { Given } from './given'

const shapes: Readonly<Record<ActivityResult['outcome'], 'good' | 'risk' | 'off'>> = {
  done: 'good',
  unfinished: 'risk',
  stopped: 'off',
}
/** So many of a department stand there; the rest can be opened. */
const SHOWN = 12

/** What became of the work of the quarter, by department: what is not done stands first. */
export function DoneWork({ it, t, language }: Given) {
  const { activities } = it
  if (activities.length === 0) return <p className="quiet">{t('reviews.no_work')}</p>
  const order: readonly ActivityResult['outcome'][] = ['unfinished', 'stopped', 'done']
  const row = (activity: ActivityResult) => {
    const board = it.boards.find(({ departmentId }) => departmentId === activity.departmentId)
    return (
      <li key={activity.id}>
        <Badge state={shapes[activity.outcome]}>{t(`reviews.work_${activity.outcome}`)}</Badge>
        <span className="grow">
          {board ? (
            <Link href={cardHref(it.slug, board, activity.id)}>{activity.title}</Link>
          ) : (
            activity.title
          )}
          {(activity.carry || activity.reason) && (
            <small>
              {activity.carry && t(`reviews.ui_carry_${activity.carry}`)}
              {activity.reason && <q>{activity.reason}</q>}
            </small>
          )}
        </span>
      </li>
    )
  }
  return (
    <div className="works">
      {it.boards.map((board) => {
        const theirs = activities
          .filter(({ departmentId }) => departmentId === board.departmentId)
          .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || (a.title < b.title ? -1 : 1))
        if (theirs.length === 0) return null
        const done = theirs.filter(({ outcome }) => outcome === 'done').length
        return (
          <section key={board.departmentId} data-dept={board.kind ?? 'other'}>
            <h2 className="sub">
              <DepartmentMark kind={board.kind} name={board.name} language={language} />
              {departmentName(board, t)}
              <small className="num">{t('reviews.done_of', { done, n: theirs.length })}</small>
            </h2>
            <ul>{theirs.slice(0, SHOWN).map(row)}</ul>
            {theirs.length > SHOWN && (
              <details>
                <summary>{t('reviews.more', { n: theirs.length - SHOWN })}</summary>
                <ul>{theirs.slice(SHOWN).map(row)}</ul>
              </details>
            )}
          </section>
        )
      })}
    </div>
  )
}
