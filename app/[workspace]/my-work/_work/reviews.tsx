import { LinkButton } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { reviewName } from '@/lib/i18n/say-told'
import type { Duties } from '@/lib/queries/duties'
import type { Given } from './given'
import { sayDay } from './say-day'

/** Reviews to run and to prepare, and the numbers one owes them. */
export function Reviews({ duties, ...given }: Given & { duties: Duties }) {
  const { work, t, language } = given
  const { toRun, toPrepare, checkIn } = duties
  const both = [...toRun, ...toPrepare.filter(({ id }) => !toRun.some((one) => one.id === id))]
  const count = both.length + (checkIn ? 1 : 0)
  if (count === 0) return null
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">
        {t('work.reviews')} <small className="num">{count}</small>
      </h2>
      <ul className="asked">
        {both.map((review) => {
          const board = work.boards.find(({ departmentId }) => departmentId === review.departmentId)
          const running = toRun.some(({ id }) => id === review.id)
          const act = t(review.state === 'running' ? 'work.go_on' : running ? 'work.run' : 'work.prepare')
          const name = reviewName(t, { cycle: review.cycle, department: board ?? null })
          return (
            <li key={review.id} data-dept={board?.kind ?? 'other'}>
              {board ? (
                <DepartmentMark kind={board.kind} name={board.name} language={language} />
              ) : (
                <Icon name="flag" />
              )}
              <div className="what">
                <Link href={`/${work.slug}/reviews/${review.id}`}>
                  <b>{upper(name)}</b>
                </Link>
                <span className="where">
                  {review.heldOn === null
                    ? t('work.no_day')
                    : t('work.held', { day: sayDay(language, review.heldOn, work.today) })}
                  <span className="num">
                    {t('work.prepared', { n: review.prepared.length, of: review.participants.length })}
                  </span>
                </span>
              </div>
              <LinkButton
                size="sm"
                href={`/${work.slug}/reviews/${review.id}`}
                aria-label={`${act}: ${name}`}
              >
                {act}
              </LinkButton>
            </li>
          )
        })}
        {checkIn && (
          <li>
            <Icon name="clock" />
            <div className="what">
              <Link href={`/${work.slug}/check-in`}>
                <b>{t('work.check_in', { n: checkIn.missing.length })}</b>
              </Link>
              <span className="where">{checkIn.missing.join(t('work.and'))}</span>
            </div>
            <LinkButton size="sm" href={`/${work.slug}/check-in`}>
              {t('work.check')}
            </LinkButton>
          </li>
        )}
      </ul>
    </section>
  )
}

function upper(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
