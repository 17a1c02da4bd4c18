import type { ReactNode } from 'react'
import { getWords } from '@/app/_i18n/words'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import '../settings.css'

const pages = [
  ['general', ''],
  ['members', '/members'],
  ['departments', '/departments'],
] as const

/** The head of every page of the settings: what they are, and the ways between them. */
export async function SettingsFrame({
  slug,
  current,
  children,
}: {
  slug: string
  current: (typeof pages)[number][0]
  children: ReactNode
}) {
  const t = await getWords()
  return (
    <main className="settings" id="main" tabIndex={-1}>
      <PageTitle of={[t(`people.tab_${current}`), t('people.settings')]} />
      <h1>{t('people.settings')}</h1>
      <nav className="tabs" aria-label={t('people.settings')}>
        {pages.map(([page, path]) => (
          <Link
            key={page}
            href={`/${slug}/settings${path}`}
            aria-current={page === current ? 'page' : undefined}
          >
            {t(`people.tab_${page}`)}
          </Link>
        ))}
      </nav>
      {children}
    </main>
  )
}
