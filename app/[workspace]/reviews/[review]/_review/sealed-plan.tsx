import { LinkButton } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Seal } from '@/app/_ui/seal'
import { plainFigure } from '@/app/[workspace]/measures/_measures/figure'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import type { ScopeWord } from '@/lib/domain/scope'
import { nameOfPerson } from '../../_list/say-review'
import type { Given } from './given'

/** The plan as it was sealed, in the strategy's own words, and how much has changed since. */
export function SealedPlanBox({ it, t, language }: Given) {
  const { plan, scope, review } = it
  if (!plan) return <p className="quiet unsealed">{t('reviews.unsealed')}</p>
  return (
    <div className="sealed">
      <Seal>
        {sayCycle(review.cycle, t, 'quarter')}
        <br />
        {review.cycle.slice(2, 4)}
      </Seal>
      <div>
        {plan.positioning?.sentence && <p className="w">{plan.positioning.sentence}</p>}
        <div className="scope">
          <span>
            {t('reviews.sealed_with', {
              day: it.sealedAt ? sayDay(language, it.sealedAt.toISOString().slice(0, 10), it.today) : '',
              version: plan.strategy?.version ?? 0,
              activities: plan.activities.length,
              targets: plan.targets.length,
            })}
          </span>
          {scope && (
            <>
              <span>
                <b>{scope.added.length}</b> {t('reviews.added')}
              </span>
              <span>
                <b>{scope.dropped.length}</b> {t('reviews.dropped')}
              </span>
              <span>
                <b>{scope.retargeted.length}</b> {t('reviews.retargeted')}
              </span>
            </>
          )}
        </div>
      </div>
      <LinkButton size="sm" href={`/${it.slug}/quarters/${review.cycle}`}>
        <Icon name="lock" />
        {t('reviews.read_seal')}
      </LinkButton>
    </div>
  )
}

/** Every change of the plan after it was sealed, with who made it and why. */
export function ScopeList({ it, t, language }: Given) {
  const { scope } = it
  if (!scope) return null
  const { added, dropped, retargeted } = scope
  if (added.length + dropped.length + retargeted.length === 0)
    return <p className="quiet">{t('reviews.scope_same')}</p>
  const who = (word: ScopeWord | null) =>
    word && (
      <small>
        {t('reviews.scope_by', {
          name: nameOfPerson(word.by, it.people, t),
          day: sayDay(language, word.at.toISOString().slice(0, 10), it.today),
        })}
        {word.reason ? <q>{word.reason}</q> : <em>{t('reviews.no_reason')}</em>}
      </small>
    )
  const number = (value: number | null) => (value === null ? t('reviews.none') : plainFigure(language, value))
  return (
    <ul className="scopes">
      {added.map(({ activityId, title, word }) => (
        <li key={activityId} data-kind="added">
          <b>{t('reviews.was_added')}</b> <span className="grow">{title}</span> {who(word)}
        </li>
      ))}
      {dropped.map(({ activityId, title, word }) => (
        <li key={activityId} data-kind="dropped">
          <b>{t('reviews.was_dropped')}</b> <span className="grow">{title}</span> {who(word)}
        </li>
      ))}
      {retargeted.map(({ measureId, name, from, to, word }) => (
        <li key={measureId} data-kind="retargeted">
          <b>{t('reviews.was_retargeted')}</b>{' '}
          <span className="grow num">
            {t('reviews.retarget', { name, from: number(from), to: number(to) })}
          </span>{' '}
          {who(word)}
        </li>
      ))}
    </ul>
  )
}
