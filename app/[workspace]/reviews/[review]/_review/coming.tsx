import { Fragment } from 'react'
import type { Say } from '@/app/_i18n/say'
import { LinkButton } from '@/app/_ui/button'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { Seal } from '@/app/_ui/seal'
import { Skeleton } from '@/app/_ui/skeleton'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import type { Cycle } from '@/lib/domain/cycle'
import { type ReviewState, reviewSteps } from '@/lib/domain/review'

const LINES = ['100%', '46%', '90%', '62%', '95%', '38%']

/** A review before everything it shows has been read: which one it is, and its rooms. */
export function Coming({
  slug,
  state,
  cycle,
  title,
  whose,
  t,
}: {
  slug: string
  state: ReviewState
  cycle: Cycle
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
          <div className="stages">
            {reviewSteps.map((step, i) => (
              <Fragment key={step}>
                {i > 0 && <i className="n" />}
                <span className="todo">{t(`reviews.ui_step_${step}`)}</span>
              </Fragment>
            ))}
          </div>
          <span className="row">
            <LinkButton href={`/${slug}/reviews`}>{t('reviews.ui_leave')}</LinkButton>
          </span>
        </header>
        <div className="room rv">
          <div className="agenda" />
          {/* biome-ignore lint/a11y/useSemanticElements: two <main> in one page, if only for a moment, would be one too many */}
          <div role="main" className="stage" id="main" tabIndex={-1}>
            <h1 className="vh">{title}</h1>
            {lines}
          </div>
          <div className="side" />
        </div>
      </>
    )
  const heading = (
    <div>
      <h1>{title}</h1>
      <p className="row wrap">
        <span>{whose}</span>
      </p>
    </div>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div role="main" className={state === 'closed' ? 'review rv' : 'review rv alone'} id="main" tabIndex={-1}>
      {/* No <header>: outside a <main> it would be a second banner of the page. */}
      <div className="rv-head">
        <p className="crumb">
          <Link href={`/${slug}/reviews`}>{t('reviews.title')}</Link>
        </p>
        {state === 'closed' ? (
          <div className="rv-title">
            <Seal>
              {sayCycle(cycle, t, 'quarter')}
              <br />
              {cycle.slice(2, 4)}
            </Seal>
            {heading}
          </div>
        ) : (
          heading
        )}
      </div>
      {lines}
    </div>
  )
}
