'use client'
import { usePathname } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Link } from '@/app/_ui/link'

/** Where the main places of a workspace are. */
export function placesOf(slug: string) {
  return {
    home: `/${slug}`,
    strategy: `/${slug}/strategy`,
    boards: `/${slug}/boards`,
    coherence: `/${slug}/coherence`,
    reviews: `/${slug}/reviews`,
    quarters: `/${slug}/quarters`,
    measures: `/${slug}/measures`,
    work: `/${slug}/my-work`,
    settings: `/${slug}/settings`,
    members: `/${slug}/settings/members`,
    departments: `/${slug}/settings/departments`,
  }
}

export function MainNav({ slug }: { slug: string }) {
  const t = useWords()
  const at = usePathname()
  const to = placesOf(slug)
  return (
    <nav aria-label={t('shell.ui_main')}>
      <Place href={to.home} here={at === to.home}>
        {t('shell.ui_home')}
      </Place>
      <Place href={to.strategy} here={within(at, to.strategy)}>
        {t('shell.ui_strategy')}
      </Place>
      <Place href={to.boards} here={within(at, to.boards) || within(at, to.measures)}>
        {t('shell.ui_boards')}
      </Place>
      <Place href={to.coherence} here={within(at, to.coherence)}>
        {t('shell.ui_coherence')}
      </Place>
      <Place href={to.reviews} here={within(at, to.reviews) || within(at, to.quarters)}>
        {t('shell.ui_reviews')}
      </Place>
    </nav>
  )
}

/** The five at the lower edge of a phone. */
export function TabBar({ slug }: { slug: string }) {
  const t = useWords()
  const at = usePathname()
  const to = placesOf(slug)
  return (
    <nav className="tabbar" aria-label={t('shell.ui_main_phone')}>
      <Place href={to.home} here={at === to.home}>
        {t('shell.ui_home')}
      </Place>
      <Place href={to.strategy} here={within(at, to.strategy)}>
        {t('shell.ui_strategy')}
      </Place>
      <Place href={to.boards} here={within(at, to.boards) || within(at, to.measures)}>
        {t('shell.ui_boards')}
      </Place>
      <Place href={to.coherence} here={within(at, to.coherence)}>
        {t('shell.ui_coherence')}
      </Place>
      <Place href={to.reviews} here={within(at, to.reviews) || within(at, to.quarters)}>
        {t('shell.ui_reviews')}
      </Place>
    </nav>
  )
}

function Place({ href, here, children }: { href: string; here: boolean; children: string }) {
  return (
    <Link href={href} aria-current={here ? 'page' : undefined}>
      {children}
    </Link>
  )
}

function within(at: string, place: string): boolean {
  return at === place || at.startsWith(`${place}/`)
}
