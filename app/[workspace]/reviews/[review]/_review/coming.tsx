import type { Say } from '@/app/_i18n/say'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { Skeleton } from '@/app/_ui/skeleton'
import type { ReviewState } from '@/lib/domain/review'

const LINES = ['100%', '46%', '90%', '62%', '95%', '38%']

/** A review before everything it shows has been read: which one it is, and its rooms. */
export function Coming({
  slug,
  state,
  title,
  whose,
  t,
}: {
  slug: string
  state: ReviewState
  title: string
  whose: string
  t: Say
}) {
  const lines = <Skeleton label={t('reviews.coming')} lines={LINES} />
  if (state === 'running')
    return (
      <>
        <header className="meet">
          <Link className="ws" href={`/${slug}/reviews`}>
            <Glyph />
            <span>
              {title} <small>{whose}</small>
            </span>
          </Link>
        </header>
        <div className="room rv">
          <div className="agenda" />
          {/* biome-ignore lint/a11y/useSemanticElements: two <main> in one page, if only for a moment, would be one too many */}
          <div role="main" className="stage" id="main" tabIndex={-1}>
            {lines}
          </div>
          <div className="side" />
        </div>
      </>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div role="main" className={state === 'closed' ? 'review rv' : 'review rv alone'} id="main" tabIndex={-1}>
      <header className="rv-head">
        <p className="crumb">
          <Link href={`/${slug}/reviews`}>{t('reviews.title')}</Link>
        </p>
        <h1>{title}</h1>
        <p className="row wrap">
          <span>{whose}</span>
        </p>
      </header>
      {lines}
    </div>
  )
}
