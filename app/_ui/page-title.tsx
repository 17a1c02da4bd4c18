import { getWords } from '../_i18n/words'

/** The title in the browser's tab: `Members · Parstock · Throughline`. React moves it into the head. */
export async function PageTitle({ of }: { of: readonly string[] }) {
  const t = await getWords()
  return <title>{[...of, t('shell.product')].join(' · ')}</title>
}
