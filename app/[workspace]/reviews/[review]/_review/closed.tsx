import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { Seal } from '@/app/_ui/seal'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import { verdicts } from '@/lib/domain/review'
import { nameOfPerson, personOf, sayReview, sayWhose } from '../../_list/say-review'
import { Annotate } from './annotate'
import { DecisionView } from './decision-view'
import { DoneWork } from './done-work'
import { FindingView, verdictShapes } from './finding-view'
import type { Given } from './given'
import { MeasuresTable } from './measures-table'
import { ReportLinks } from './report-links'
import { ScopeList, SealedPlanBox } from './sealed-plan'

/** What was sealed, so that somebody who was not there knows what was found, decided, and what has become of it. */
export function Closed({
  notes,
  pdf,
  ...given
}: Given & { notes: { readonly html: string; readonly empty: boolean }; pdf: boolean }) {
  const { it, t, language, workspace } = given
  const { review } = it
  const { closed } = review
  const day = (at: Date) => sayDay(language, at.toISOString().slice(0, 10), it.today)
  const judged = it.measures.filter(({ outcome }) => outcome !== 'unread')
  const held = judged.filter(({ outcome }) => outcome === 'held').length
  const done = it.activities.filter(({ outcome }) => outcome === 'done').length
  const went = it.activities.filter(({ outcome }) => outcome === 'unfinished').length
  const whose = sayWhose(review.departmentId, it.boards, t).name
  return (
    <main className="review rv closed" id="main" tabIndex={-1}>
      <header className="rv-head">
        <p className="crumb">
          <Link href={`/${it.slug}/reviews`}>{t('reviews.title')}</Link>
        </p>
        <div className="rv-title">
          <Seal>
            {sayCycle(review.cycle, t, 'quarter')}
            <br />
            {review.cycle.slice(2, 4)}
          </Seal>
          <div>
            <h1>{sayReview(review.cycle, t)}</h1>
            <p className="row wrap">
              <span>{whose}</span>
              {closed && (
                <span>
                  <Icon name="lock" />{' '}
                  {t('reviews.closed_by', {
                    name: nameOfPerson(closed.by, it.people, t),
                    day: day(closed.at),
                  })}
                </span>
              )}
              {review.limited && <span>{t('reviews.limited_long')}</span>}
            </p>
          </div>
        </div>
        <p className="recap">
          {t('reviews.recap', {
            held,
            measures: judged.length,
            done,
            activities: it.activities.length,
            unfinished: went,
            findings: it.findings.length,
            decisions: it.decisions.length,
          })}
        </p>
        <p className="help">{t('reviews.closed_help')}</p>
        <ReportLinks it={it} t={t} pdf={pdf} />
      </header>

      {it.decisions.length > 0 && (
        <section aria-labelledby="decided">
          <h2 id="decided">{t('reviews.decided')}</h2>
          <ul className="acted">
            {it.decisions.map((decision) => (
              <DecisionView key={decision.id} {...given} decision={decision} />
            ))}
          </ul>
        </section>
      )}
      {review.lessons !== '' && (
        <section aria-labelledby="learnt">
          <h2 id="learnt">{t('reviews.ui_lessons')}</h2>
          <p className="said">{review.lessons}</p>
        </section>
      )}
      <section aria-labelledby="wanted">
        <h2 id="wanted">{t('reviews.ui_step_plan')}</h2>
        {review.goals !== '' && <p className="said">{review.goals}</p>}
        <SealedPlanBox {...given} />
        <ScopeList {...given} />
      </section>
      <section aria-labelledby="came">
        <h2 id="came">{t('reviews.ui_step_check')}</h2>
        <MeasuresTable {...given} />
        <DoneWork {...given} />
      </section>
      {it.findings.length > 0 && (
        <section aria-labelledby="why">
          <h2 id="why">{t('reviews.ui_step_why')}</h2>
          {verdicts.map((verdict) => {
            const these = it.findings.filter((finding) => finding.verdict === verdict)
            return (
              these.length > 0 && (
                <section key={verdict} className="byverdict">
                  <h3>
                    <Badge state={verdictShapes[verdict]}>{t(`reviews.ui_verdict_${verdict}`)}</Badge>
                  </h3>
                  {these.map((finding) => (
                    <FindingView key={finding.id} {...given} finding={finding} />
                  ))}
                </section>
              )
            )
          })}
        </section>
      )}
      {!notes.empty && (
        <section aria-labelledby="noted">
          <h2 id="noted">{t('reviews.ui_notes')}</h2>
          <div
            className="note read"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: made by lib/document/render, which believes nothing it reads
            dangerouslySetInnerHTML={{ __html: notes.html }}
          />
        </section>
      )}
      {it.lastDecisions.length > 0 && (
        <section aria-labelledby="before">
          <h2 id="before">
            {t('reviews.point_last_decisions', {
              cycle: sayCycle(it.lastDecisions[0]?.cycle ?? review.cycle, t, 'quarter'),
              code: '',
              title: '',
              count: it.lastDecisions.length,
            })}
          </h2>
          <ul className="acted">
            {it.lastDecisions.map((decision) => (
              <DecisionView key={decision.id} {...given} decision={decision} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="there">
        <h2 id="there">{t('reviews.took_part')}</h2>
        <ul className="people inline">
          {review.participants.map((id) => {
            const person = personOf(id, it.people)
            return (
              <li key={id}>
                {person && <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />}
                {nameOfPerson(id, it.people, t)}
              </li>
            )
          })}
        </ul>
      </section>
      {(it.annotations.length > 0 || it.may.annotate) && (
        <section aria-labelledby="beside" className="annotations">
          <h2 id="beside">{t('reviews.annotations')}</h2>
          <p className="help">{t('reviews.annotations_text')}</p>
          <ul>
            {it.annotations.map(({ id, memberId, text, at }) => (
              <li key={id}>
                <p>{text}</p>
                <small>
                  {nameOfPerson(memberId, it.people, t)}, {day(at)}
                </small>
              </li>
            ))}
          </ul>
          {it.may.annotate && <Annotate workspace={workspace} cycle={review.cycle} />}
        </section>
      )}
      {closed && (
        <p className="hash">
          {t('reviews.hash')} <code>{closed.resultHash}</code>
        </p>
      )}
    </main>
  )
}
