import { getWords } from '@/app/_i18n/words'
import { PageTitle } from '@/app/_ui/page-title'

/** One sentence for a link that opens nothing: never existed, was revoked, ran out. It names nothing. */
export async function Over() {
  const t = await getWords()
  return (
    <main id="main" tabIndex={-1} className="shared-door">
      <PageTitle of={[t('exchange.shared_title')]} />
      <h1>{t('exchange.shared_over')}</h1>
    </main>
  )
}
