import type { Say } from '@/app/_i18n/say'
import { sayMoment } from '@/app/_i18n/time'
import { Link } from '@/app/_ui/link'
import { SaidMoment } from '@/app/_ui/said-moment'
import type { Language } from '@/lib/domain/language'
import { RowMenu } from './row-menu'

export interface Row {
  readonly id: string
  readonly title: string
  readonly language: 'en' | 'zh'
  readonly status: 'active' | 'archived' | 'trashed'
  readonly current: boolean
  /** Milliseconds since 1970. */
  readonly changedAt: number
  readonly createdBy: string | null
  readonly mayEdit: boolean
  readonly mayManage: boolean
  readonly mayShare: boolean
}

/** One strategy of the list: opens on a click anywhere, with everything else in its menu. */
export function StrategyRow({
  workspace,
  strategy,
  t,
  language,
  now,
  zone,
}: {
  workspace: string
  strategy: Row
  t: Say
  language: Language
  now: number
  zone: string
}) {
  const { id, title, status, current, changedAt: at } = strategy
  const lang = strategy.language === 'zh' ? 'zh-Hans' : 'en'
  // The moment inside the sentence keeps itself up to date.
  const [before, after] = t('strategy.changed', { when: '\u0000' }).split('\u0000')
  const hasActs = strategy.mayManage || strategy.mayShare || (strategy.mayEdit && status === 'active')
  return (
    <li className={current ? 'is-current' : undefined}>
      <span className="knot" aria-hidden="true" />
      <h2 lang={lang}>
        <Link href={`/${workspace}/strategy/${id}`}>{title}</Link>
      </h2>
      <p className="meta">
        {current && <span className="now">{t('strategy.current')}</span>}
        <span>
          {before}
          <SaidMoment
            said={sayMoment(language, 'ago', at, { now, zone })}
            at={at}
            now={now}
            zone={zone}
            style="ago"
          />
          {after}
        </span>
        {strategy.createdBy && <span>{t('strategy.begun_by', { name: strategy.createdBy })}</span>}
        {strategy.language !== language && (
          <span lang={lang}>{t(`strategy.language_${strategy.language}`)}</span>
        )}
        {!strategy.mayEdit && status === 'active' && <span>{t('strategy.read_only')}</span>}
      </p>
      {hasActs && (
        <div className="acts">
          <RowMenu workspace={workspace} strategy={strategy} />
        </div>
      )}
    </li>
  )
}
