import type { Say } from '@/app/_i18n/say'
import { sayMoment } from '@/app/_i18n/time'
import { Avatar } from '@/app/_ui/avatar'
import { Link } from '@/app/_ui/link'
import { SaidMoment } from '@/app/_ui/said-moment'
import type { Language } from '@/lib/domain/language'
import { whoOf } from '@/lib/domain/who'
import type { Home } from '@/lib/queries/home'

/** Who worked on what, the latest first. */
export function Lately({
  home,
  t,
  language: read,
  now,
  zone,
}: {
  home: Home
  t: Say
  language: Language
  now: number
  zone: string
}) {
  return (
    <section>
      <h2>{t('shell.home_lately')}</h2>
      {home.changes.length === 0 ? (
        <p className="quiet">{t('shell.home_lately_none')}</p>
      ) : (
        <ul className="chg">
          {home.changes.map(({ strategyId, title, language, at, by }) => {
            const link = (
              <Link
                className="w"
                href={`/${home.slug}/strategy/${strategyId}`}
                lang={language === 'zh' ? 'zh-Hans' : 'en'}
              >
                {title}
              </Link>
            )
            return (
              <li key={strategyId} data-who={by ? whoOf(by.id) : undefined}>
                {by ? <Avatar {...by} /> : <span className="av" aria-hidden="true" />}
                <p>
                  {by ? (
                    <>
                      <b>{by.name}</b> {t('shell.home_wrote')}
                      {link}
                    </>
                  ) : (
                    <>
                      {link} <span className="quiet">{t('shell.home_made')}</span>
                    </>
                  )}
                </p>
                <SaidMoment
                  said={sayMoment(read, 'near', at.getTime(), { now, zone })}
                  at={at.getTime()}
                  now={now}
                  zone={zone}
                />
              </li>
            )
          })}
        </ul>
      )}
      {home.current && (
        <p className="more">
          <Link href={`/${home.slug}/strategy`}>{t('shell.home_all')}</Link>
        </p>
      )}
    </section>
  )
}
