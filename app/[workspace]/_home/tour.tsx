import type { Say } from '@/app/_i18n/say'
import { Link } from '@/app/_ui/link'
import type { Home } from '@/lib/queries/home'
import type { HomeQuarter } from '@/lib/queries/home-quarter'
import type { BoardLine } from '@/lib/queries/overview'
import { boardHref } from '../boards/board-href'

type Step = 'strategy' | 'board' | 'coherence' | 'review' | 'quarters'

/** The way through the example company: the whole loop in five looks. */
export function Tour({
  home,
  boards,
  quarter,
  t,
}: {
  home: Home
  boards: readonly BoardLine[]
  quarter: HomeQuarter | null
  t: Say
}) {
  const at = `/${home.slug}`
  const [board] = boards
  const stops: { readonly href: string; readonly step: Step }[] = [
    ...(home.current
      ? [{ href: `${at}/strategy/${home.current.strategyId}`, step: 'strategy' as const }]
      : []),
    ...(board ? [{ href: boardHref(home.slug, board), step: 'board' as const }] : []),
    { href: `${at}/coherence`, step: 'coherence' },
    ...(quarter?.review ? [{ href: `${at}/reviews/${quarter.review.id}`, step: 'review' as const }] : []),
    { href: `${at}/quarters`, step: 'quarters' },
  ]
  return (
    <nav className="tour" aria-labelledby="tour">
      <p>
        <b id="tour">{t('sample.tour')}</b> {t('sample.tour_text')}{' '}
        <Link href={`${at}/settings#example`}>{t('sample.tour_remove')}</Link>
      </p>
      <ol>
        {stops.map(({ href, step }) => (
          <li key={step}>
            <Link href={href}>{t(`sample.tour_${step}`)}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
