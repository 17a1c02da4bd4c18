import { getWords } from '@/app/_i18n/words'
import { providers } from '@/app/_server/auth'
import { ProviderButtons } from './provider-buttons'

/** The ways to sign in elsewhere, where this server knows any. */
export async function OtherWays({ next }: { next: string }) {
  const known = providers()
  if (known.length === 0) return null
  const t = await getWords()
  return (
    <>
      <div className="or">{t('auth.or')}</div>
      <ProviderButtons
        providers={known.map(({ id, name }) => ({ id, label: t('auth.with_provider', { provider: name }) }))}
        next={next}
        failed={t('common.no_answer')}
      />
    </>
  )
}
