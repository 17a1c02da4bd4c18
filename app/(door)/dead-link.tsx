import { getWords } from '@/app/_i18n/words'
import { LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'

/** A mailed link that opens nothing any more, and where to get one that does. */
export async function DeadLink({
  state,
  again,
}: {
  state: 'used' | 'expired'
  again: '/sign-up' | '/reset' | '/account'
}) {
  const t = await getWords()
  return (
    <section>
      <PageTitle of={[t('auth.link_dead')]} />
      <h1>{t('auth.link_dead')}</h1>
      <p>{state === 'used' ? t('auth.link_used') : t('auth.link_expired')}</p>
      <LinkButton href={again} look="ink" size="lg">
        {t('auth.new_link')}
      </LinkButton>
      <p>
        <Link href="/sign-in">{t('auth.back_to_sign_in')}</Link>
      </p>
    </section>
  )
}
