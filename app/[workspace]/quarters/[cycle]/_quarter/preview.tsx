import { localeOf } from '@/app/_i18n/locale'
import { wholeSentence } from '@/lib/document/items/compose'
import type { Cycle } from '@/lib/domain/cycle'
import type { PlanPreview } from '@/lib/queries/quarters'
import { shortName } from '../../_quarters/say'
import { Stamp } from '../../_quarters/stamp'
import type { Given } from './given'
import { OpenQuarter } from './open-quarter'
import { PlanOf } from './plan'

/** A quarter before it is opened: what the seal would hold at this moment, and what is worth a look before. */
export function Preview({
  preview,
  running,
  behind,
  ...given
}: Given & { preview: PlanPreview; running: Cycle | null; behind: boolean }) {
  const { it, more, t, workspace } = given
  const { plan, strategy, withoutTarget } = preview
  const warnings = [
    ...(wholeSentence(plan.positioning, more.language) ? [] : [t('quarters.warn_positioning')]),
    ...count(plan.activities, ({ ownerId }) => ownerId === null).map((n) => t('quarters.warn_owner', { n })),
    ...count(plan.activities, ({ due }) => due === null).map((n) => t('quarters.warn_due', { n })),
    ...count(plan.activities, ({ serves }) => serves.length === 0).map((n) =>
      t('quarters.warn_serves', { n }),
    ),
    ...(withoutTarget > 0 ? [t('quarters.warn_target', { n: withoutTarget })] : []),
  ]
  return (
    <>
      <section className="sealed none" aria-labelledby="will">
        <Stamp cycle={it.cycle} sealed={false} t={t} />
        <div>
          <h2 id="will">{t('quarters.will_title')}</h2>
          <p className="w" lang={localeOf(more.language)}>
            {wholeSentence(plan.positioning, more.language) || t('quarters.no_positioning')}
          </p>
          <div className="scope num">
            <span>
              {strategy
                ? t('quarters.will_strategy', { title: strategy.title, version: strategy.version })
                : t('quarters.no_strategy')}
            </span>
            <span>{t('quarters.n_activities', { n: plan.activities.length })}</span>
            <span>{t('quarters.n_targets', { n: plan.targets.length })}</span>
          </div>
          <p className="quiet">{t('quarters.will_lead')}</p>
        </div>
        {it.may.open && !behind ? (
          <OpenQuarter workspace={workspace} cycle={it.cycle} name={shortName(it.cycle, t)} />
        ) : (
          <p className="quiet who">
            {behind
              ? t('quarters.behind_closed')
              : running
                ? t('quarters.running_first', { cycle: shortName(running, t) })
                : t('quarters.who_opens')}
          </p>
        )}
      </section>
      <section className="look" aria-labelledby="look">
        <h2 id="look">{t('quarters.look_again')}</h2>
        {warnings.length > 0 ? (
          <ul>
            {warnings.map((warning) => (
              <li key={warning} className="badge" data-s="risk">
                {warning}
              </li>
            ))}
          </ul>
        ) : (
          <p className="badge" data-s="good">
            {t('quarters.warn_none')}
          </p>
        )}
      </section>
      <PlanOf {...given} plan={plan} />
    </>
  )
}

/** How many, or nothing to say. */
function count<T>(list: readonly T[], is: (one: T) => boolean): number[] {
  const n = list.filter(is).length
  return n > 0 ? [n] : []
}
