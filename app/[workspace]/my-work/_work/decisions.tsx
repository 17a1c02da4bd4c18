import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import type { Duties } from '@/lib/queries/duties'
import { FollowUp } from './follow-up'
import type { Given } from './given'
import { sayDay } from './say-day'

/** What a review gave one to follow: done, or left aside with a reason. */
export function Decisions({ duties, ...given }: Given & { duties: Duties }) {
  const { work, workspace, t, language } = given
  const { toFollow, readable } = duties
  if (toFollow.length === 0) return null
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">
        {t('work.decisions')} <small className="num">{toFollow.length}</small>
      </h2>
      <ul className="asked">
        {toFollow.map(({ id, title, due, cycle, fate, reviewId, effect, mayFollow }) => (
          <li key={id}>
            <Icon name="check" />
            <div className="what">
              <b>{title}</b>
              <span className="where">
                {t(`work.decided_${effect.kind}`)}
                {readable.includes(reviewId) ? (
                  <Link href={`/${work.slug}/reviews/${reviewId}`}>
                    {t('work.decided_in', { quarter: Number(cycle.slice(6)) })}
                  </Link>
                ) : (
                  <span>{t('work.decided_in', { quarter: Number(cycle.slice(6)) })}</span>
                )}
                <span>{t(`work.fate_${fate}`)}</span>
                {due && (
                  <span className={due < work.today ? 'late' : undefined}>
                    {t('work.decision_due', { day: sayDay(language, due, work.today) })}
                  </span>
                )}
              </span>
            </div>
            {mayFollow && <FollowUp workspace={workspace} decisionId={id} title={title} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
