import { getWords } from '@/app/_i18n/words'

export async function SkipLink() {
  const t = await getWords()
  return (
    <a className="skip" href="#main">
      {t('shell.skip')}
    </a>
  )
}
