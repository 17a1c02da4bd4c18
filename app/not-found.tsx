import { getWords } from './_i18n/words'
import { LinkButton } from './_ui/button'
import { Glyph } from './_ui/glyph'

/** The same page for what is missing and what is not one's own. */
export default async function NotFound() {
  const t = await getWords()
  return (
    <main className="lost" id="main" tabIndex={-1}>
      <title>{`404 · ${t('shell.product')}`}</title>
      <Glyph />
      <h1>{t('common.not_found_title')}</h1>
      <p>{t('common.not_found_text')}</p>
      <LinkButton look="ink" href="/">
        {t('common.go_home')}
      </LinkButton>
    </main>
  )
}
