import { Badge } from '@/app/_ui/badge'
import { verdicts } from '@/lib/domain/review'
import { verdictShapes } from './finding-view'
import type { Given } from './given'
import { LessonsField } from './lessons-field'

/** What we make of it: the verdicts so far, and the lesson in a sentence or two. */
export function Lessons({ it, t, workspace }: Given) {
  const open = it.findings.filter(({ verdict }) => verdict === null).length
  return (
    <>
      <p className="verdicts num">
        {verdicts.map((one) => (
          <Badge key={one} state={verdictShapes[one]}>
            {t('reviews.verdict_count', {
              verdict: t(`reviews.ui_verdict_${one}`),
              n: it.findings.filter(({ verdict }) => verdict === one).length,
            })}
          </Badge>
        ))}
        {open > 0 && <Badge>{t('reviews.verdict_open', { n: open })}</Badge>}
      </p>
      {it.may.prepare ? (
        <LessonsField workspace={workspace} reviewId={it.review.id} lessons={it.review.lessons} />
      ) : (
        it.review.lessons !== '' && (
          <section className="goals">
            <h2 className="sub">{t('reviews.ui_lessons')}</h2>
            <p>{it.review.lessons}</p>
          </section>
        )
      )}
    </>
  )
}
