import { DepartmentMark } from '@/app/_ui/department-mark'
import { cardHref } from '@/app/[workspace]/boards/board-href'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import type { ActivityResult } from '@/lib/domain/review-result'
import type { Given } from './given'
import { MoreWork, type WorkLine, WorkList } from './more-work'

/** So many of a department stand there; the rest can be opened. */
const SHOWN = 12

/** What became of the work of the quarter, by department: what is not done stands first. */
export function DoneWork({ it, t, language }: Given) {
  const { activities } = it
  if (activities.length === 0) return <p className="quiet">{t('reviews.no_work')}</p>
  const order: readonly ActivityResult['outcome'][] = ['unfinished', 'stopped', 'done']
  const outcomes = {
    done: t('reviews.work_done'),
    unfinished: t('reviews.work_unfinished'),
    stopped: t('reviews.work_stopped'),
  }
  return (
    <div className="works">
      {it.boards.map((board) => {
        const theirs = activities
          .filter(({ departmentId }) => departmentId === board.departmentId)
          .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || (a.title < b.title ? -1 : 1))
        if (theirs.length === 0) return null
        const done = theirs.filter(({ outcome }) => outcome === 'done').length
        const lines = theirs.map(
          ({ id, title, outcome, carry, reason }): WorkLine =>
            carry || reason
              ? [id, title, outcome, carry && t(`reviews.ui_carry_${carry}`), reason]
              : [id, title, outcome],
        )
        const drawn = { at: cardHref(it.slug, board, ''), outcomes }
        return (
          <section key={board.departmentId} data-dept={board.kind ?? 'other'}>
            <h2 className="sub">
              <DepartmentMark kind={board.kind} name={board.name} language={language} />
              {departmentName(board, t)}
              <small className="num">{t('reviews.done_of', { done, n: theirs.length })}</small>
            </h2>
            <WorkList {...drawn} lines={lines.slice(0, SHOWN)} />
            {lines.length > SHOWN && (
              <MoreWork
                {...drawn}
                label={t('reviews.more', { n: lines.length - SHOWN })}
                lines={lines.slice(SHOWN)}
              />
            )}
          </section>
        )
      })}
    </div>
  )
}
