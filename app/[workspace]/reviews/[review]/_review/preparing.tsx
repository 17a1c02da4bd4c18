import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import { nameOfPerson, personOf, sayReview, sayWhose } from '../../_list/say-review'
import { AddFinding } from './add-finding'
import { FindingView } from './finding-view'
import type { Given } from './given'
import { ChangeButton, ReadyButton, StartButton } from './prepare-acts'
import { sayPoint } from './say-point'

/** Before the meeting: everybody writes alone. */
export function Preparing(given: Given & { userId: string }) {
  const { it, t, language, workspace, userId } = given
  const { review } = it
  const inside = review.participants.includes(it.me)
  const ready = review.prepared.includes(it.me)
  const waiting = review.participants.filter((id) => !review.prepared.includes(id)).length
  const before = it.lastDecisions[0]?.cycle ?? null
  return (
    <main className="review rv alone" id="main" tabIndex={-1}>
      <header className="rv-head">
        <p className="crumb">
          <Link href={`/${it.slug}/reviews`}>{t('reviews.title')}</Link>
        </p>
        <h1>{sayReview(review.cycle, t)}</h1>
        <p className="row wrap">
          <span>{sayWhose(review.departmentId, it.boards, t).name}</span>
          <span className="num">
            {review.heldOn
              ? t('reviews.on_day', { day: sayDay(language, review.heldOn, it.today) })
              : t('reviews.no_day')}
          </span>
          <span>
            {review.leadId
              ? t('reviews.led_by', { name: nameOfPerson(review.leadId, it.people, t) })
              : t('reviews.no_lead')}
          </span>
          {review.limited && (
            <Badge>
              <Icon name="lock" /> {t('reviews.limited_long')}
            </Badge>
          )}
        </p>
        <div className="row wrap acts">
          {inside && it.may.write && <ReadyButton workspace={workspace} reviewId={review.id} ready={ready} />}
          {it.may.run && <StartButton workspace={workspace} reviewId={review.id} waiting={waiting} />}
          {it.may.prepare && (
            <ChangeButton
              workspace={workspace}
              me={it.me}
              review={{
                id: review.id,
                leadId: review.leadId,
                participants: review.participants,
                heldOn: review.heldOn,
                limited: review.limited,
                goals: review.goals,
              }}
            />
          )}
        </div>
      </header>
      <div className="alone-cols">
        <section aria-labelledby="mine">
          {review.goals !== '' && (
            <div className="goals">
              <h2 className="sub">{t('reviews.goals')}</h2>
              <p>{review.goals}</p>
            </div>
          )}
          <h2 id="mine">{t('reviews.mine')}</h2>
          <p className="lead">
            {inside ? t('reviews.mine_text') : t('reviews.mine_outside')}
            {it.hidden > 0 && <span className="block">{t('reviews.hidden', { n: it.hidden })}</span>}
          </p>
          {it.findings.map((finding) => (
            <FindingView key={finding.id} {...given} finding={finding} />
          ))}
          {it.may.write && <AddFinding workspace={workspace} reviewId={review.id} userId={userId} open />}
        </section>
        <aside>
          <section>
            <h2>
              {t('reviews.participants')}{' '}
              <small className="num">
                {t('reviews.ready_of', { n: review.prepared.length, of: review.participants.length })}
              </small>
            </h2>
            <ul className="people">
              {review.participants.map((id) => {
                const person = personOf(id, it.people)
                return (
                  <li key={id}>
                    {person && (
                      <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />
                    )}
                    <span className="grow">{nameOfPerson(id, it.people, t)}</span>
                    <em data-ready={review.prepared.includes(id) || undefined}>
                      {t(review.prepared.includes(id) ? 'reviews.sent_notes' : 'reviews.still_writing')}
                    </em>
                  </li>
                )
              })}
            </ul>
          </section>
          <section>
            <h2>
              {t('reviews.agenda_now')}{' '}
              <small className="num">
                {t('reviews.minutes', { n: it.agenda.reduce((sum, { minutes }) => sum + minutes, 0) })}
              </small>
            </h2>
            <p className="help">{t('reviews.agenda_text')}</p>
            <ol className="points">
              {it.agenda.map((point) => (
                <li key={point.key}>
                  <span>
                    {sayPoint(point, t, before)}
                    {point.auto && <em>{t('reviews.ui_auto')}</em>}
                  </span>
                  <small className="num">{point.minutes}</small>
                </li>
              ))}
            </ol>
          </section>
          {it.plan === null && review.departmentId === null && (
            <p className="quiet">
              {t('reviews.not_opened', { cycle: sayCycle(review.cycle, t) })}{' '}
              <Link href={`/${it.slug}/quarters/${review.cycle}`}>{t('reviews.to_quarter')}</Link>
            </p>
          )}
        </aside>
      </div>
    </main>
  )
}
