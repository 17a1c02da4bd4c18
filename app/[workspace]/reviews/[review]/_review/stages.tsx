'use client'
import { Fragment } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { reviewSteps } from '@/lib/domain/review'
import { useRoom } from './room'

/** The four steps on the line: past, now, to come. */
export function Stages() {
  const t = useWords()
  const { points, at, go } = useRoom()
  const now = reviewSteps.indexOf(at.step)
  return (
    <nav className="stages" aria-label={t('reviews.ui_stages')}>
      {reviewSteps.map((step, i) => {
        const first = points.find((point) => point.step === step)
        const look = i < now ? 'past' : i > now ? 'todo' : undefined
        const words = t(`reviews.ui_step_${step}`)
        return (
          <Fragment key={step}>
            {i > 0 && <i className={i > now ? 'n' : undefined} />}
            {first ? (
              <a
                className={look}
                href={`?at=${encodeURIComponent(first.key)}`}
                aria-current={i === now ? 'step' : undefined}
                onClick={(event) => {
                  event.preventDefault()
                  go(first.key)
                }}
              >
                {words}
              </a>
            ) : (
              <span className={look}>{words}</span>
            )}
          </Fragment>
        )
      })}
    </nav>
  )
}
