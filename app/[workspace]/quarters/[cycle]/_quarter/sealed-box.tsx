import { localeOf } from '@/app/_i18n/locale'
import { wholeSentence } from '@/lib/document/items/compose'
import { dayOfMoment, departmentNamed, longName, personNamed } from '../../_quarters/say'
import { Stamp } from '../../_quarters/stamp'
import type { Given } from './given'
import { ReadSeal } from './read-seal'

/** The seal with the words it was set on, what it holds, and what came after it. */
export function SealedBox({ it, more, t, language, when, workspace }: Given) {
  const { seal, scope } = it
  if (!seal) return null
  const { plan } = seal
  const changes = scope ? scope.added.length + scope.dropped.length + scope.retargeted.length : 0
  return (
    <section className="sealed" aria-label={t('quarters.plan')}>
      <Stamp cycle={it.cycle} sealed t={t} />
      <div>
        <p className="w" lang={localeOf(more.language)}>
          {wholeSentence(plan.positioning, more.language) || t('quarters.no_positioning')}
        </p>
        <div className="scope num">
          <span>
            {t('quarters.sealed_line', {
              date: dayOfMoment(language, seal.at, when),
              name: personNamed(it.people, seal.by, t),
            })}
          </span>
          {plan.strategy && <span>{t('quarters.sealed_version', { version: plan.strategy.version })}</span>}
          <span>{t('quarters.n_activities', { n: plan.activities.length })}</span>
          <span>{t('quarters.n_targets', { n: plan.targets.length })}</span>
          {scope && changes > 0 && (
            <>
              {scope.added.length > 0 && <b>{t('quarters.n_added', { n: scope.added.length })}</b>}
              {scope.dropped.length > 0 && <b>{t('quarters.n_dropped', { n: scope.dropped.length })}</b>}
              {scope.retargeted.length > 0 && (
                <b>{t('quarters.n_retargeted', { n: scope.retargeted.length })}</b>
              )}
            </>
          )}
        </div>
      </div>
      <ReadSeal
        workspace={workspace}
        cycle={it.cycle}
        name={longName(it.cycle, t)}
        people={Object.fromEntries(it.people.map(({ id, name }) => [id, name]))}
        departments={Object.fromEntries(
          more.boards.map(({ departmentId }) => [
            departmentId,
            departmentNamed(more.boards, departmentId, t),
          ]),
        )}
        lang={localeOf(more.language)}
      />
    </section>
  )
}
