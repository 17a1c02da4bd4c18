'use client'
import { useWords } from './_i18n/words-provider'
import { Button, LinkButton } from './_ui/button'

/** A page that failed. The number leads to the line in the server's log. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const t = useWords()
  return (
    <main className="lost" id="main" tabIndex={-1}>
      {/* Not drawn here: every page carries this one along. */}
      <i className="glyph" aria-hidden="true" style={{ background: 'url(/icon.svg) 0 / contain' }} />
      <h1>{t('common.error_title')}</h1>
      <p>{t('common.error_text')}</p>
      <div className="row wrap">
        <Button look="ink" onClick={reset}>
          {t('common.retry')}
        </Button>
        <LinkButton href="/">{t('common.go_home')}</LinkButton>
      </div>
      {error.digest && <p className="quiet num">{t('common.error_reference', { digest: error.digest })}</p>}
    </main>
  )
}
