import type { ReactNode } from 'react'
import type { Say } from '@/app/_i18n/say'
import { Link } from '@/app/_ui/link'
import type { Cycle } from '@/lib/domain/cycle'
import { sayCycle } from '../../measures/_measures/say-cycle'
import { coherenceHref, type View, views } from './address'

/** More would push the exports off the line; earlier ones lie in a list of their own. */
const QUARTERS = 4

/** What the page asks, the views, and which quarter is looked at. */
export function Head({
  slug,
  view,
  cycle,
  cycles,
  title,
  lead,
  t,
  children,
}: {
  slug: string
  view: View
  /** Undefined: this view is of no single quarter. */
  cycle?: Cycle | null
  cycles?: readonly Cycle[]
  title: string
  lead: string
  t: Say
  children?: ReactNode
}) {
  const recent = (cycles ?? []).slice(0, QUARTERS).reverse()
  const earlier = (cycles ?? []).slice(QUARTERS)
  const shown = cycle && earlier.includes(cycle) ? [cycle, ...recent] : recent
  return (
    <>
      <nav className="tabs coh-views" aria-label={t('coherence.views')}>
        {views.map((one) => (
          <Link key={one} href={coherenceHref(slug, one)} aria-current={one === view ? 'page' : undefined}>
            {t(`coherence.view_${one}`)}
          </Link>
        ))}
      </nav>
      <div className="top">
        <div>
          <h1>{title}</h1>
          <p>{lead}</p>
        </div>
        <div className="row wrap">
          {cycle !== undefined && shown.length > 0 && (
            <nav className="seg" aria-label={t('coherence.period')}>
              <Link href={coherenceHref(slug, view)} aria-current={cycle === null || undefined}>
                {t('coherence.all')}
              </Link>
              {shown.map((one) => (
                <Link
                  key={one}
                  href={coherenceHref(slug, view, { cycle: one })}
                  aria-current={cycle === one || undefined}
                >
                  {sayCycle(one, t)}
                </Link>
              ))}
            </nav>
          )}
          {children}
        </div>
      </div>
      {earlier.length > 0 && (
        <details className="coh-earlier">
          <summary>{t('coherence.earlier')}</summary>
          <p className="row wrap">
            {earlier.map((one) => (
              <Link key={one} href={coherenceHref(slug, view, { cycle: one })}>
                {sayCycle(one, t)}
              </Link>
            ))}
          </p>
        </details>
      )}
    </>
  )
}
