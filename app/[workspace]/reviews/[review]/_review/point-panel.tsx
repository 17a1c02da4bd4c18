import type { ReactNode } from 'react'
import { LinkButton } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import type { AgendaPoint } from '@/lib/domain/agenda'
import { DecisionView } from './decision-view'
import { DoneWork } from './done-work'
import { GapBox } from './gap-box'
import type { Given } from './given'
import { Lessons } from './lessons'
import { MeasuresTable } from './measures-table'
import { hrefOf, Ref } from './refs'
import { sayPoint } from './say-point'
import { ScopeList, SealedPlanBox } from './sealed-plan'

/** One point of the agenda: what the data says about it. */
export function PointPanel({ point, ...given }: Given & { point: AgendaPoint }) {
  const { it, t } = given
  const before = it.lastDecisions[0]?.cycle ?? null
  return (
    <>
      <h1>{headline(point, given)}</h1>
      <p className="lead">
        {point.auto && <b className="auto">{t('reviews.by_itself')} </b>}
        {t(`reviews.lead_${point.kind}`, { title: sayPoint(point, t, before) })}
      </p>
      {body(point, given)}
    </>
  )
}

function headline(point: AgendaPoint, { it, t }: Given): string {
  if (point.kind === 'measures') {
    const judged = it.measures.filter(({ outcome }) => outcome !== 'unread')
    return judged.length === 0
      ? t('reviews.measures_unread')
      : t('reviews.measures_held', {
          held: judged.filter(({ outcome }) => outcome === 'held').length,
          n: judged.length,
        })
  }
  if (point.kind === 'done') {
    const done = it.activities.filter(({ outcome }) => outcome === 'done').length
    return t('reviews.done_head', { done, n: it.activities.length })
  }
  return sayPoint(point, t, it.lastDecisions[0]?.cycle ?? null)
}

function body(point: AgendaPoint, given: Given): ReactNode {
  const { it, t, language } = given
  const all = (refs: readonly string[]) => (
    <ul className="things">
      {refs.map((ref) => (
        <li key={ref}>
          <Ref {...given} of={ref} />
        </li>
      ))}
    </ul>
  )
  switch (point.kind) {
    case 'last_decisions':
      return (
        <ul className="acted">
          {it.lastDecisions.map((decision) => (
            <DecisionView key={decision.id} {...given} decision={decision} />
          ))}
        </ul>
      )
    case 'sealed_plan':
      return (
        <>
          <Goals {...given} />
          <SealedPlanBox {...given} />
          <ScopeList {...given} />
        </>
      )
    case 'done': {
      const ofQuarter = new Set<string>(it.activities.map(({ id }) => id))
      const pets = it.matrix.petProjects.filter(({ activityId }) => ofQuarter.has(activityId))
      return (
        <>
          {!it.plan && <Goals {...given} />}
          <DoneWork {...given} />
          {pets.length > 0 && (
            <section className="pets">
              <h2 className="sub">{t('reviews.pets', { n: pets.length })}</h2>
              <ul className="things">
                {pets.slice(0, 12).map(({ activityId, title, boardId, departmentId }) => {
                  const href = hrefOf(activityId, { kind: 'activity', title, boardId, departmentId }, it)
                  return <li key={activityId}>{href ? <Link href={href}>{title}</Link> : title}</li>
                })}
              </ul>
            </section>
          )}
        </>
      )
    }
    case 'measures':
      return (
        <>
          <SealedPlanBox {...given} />
          <MeasuresTable {...given} />
        </>
      )
    case 'gap': {
      const gap = it.gaps.find(({ itemId }) => point.about.includes(itemId))
      if (!gap) return null
      return (
        <div className="gappoint">
          <GapBox {...given} gap={gap} />
          <div>
            {/* From the gap to its pain: one step. */}
            {gap.beside.length > 0 && (
              <section>
                <h2 className="sub">{t('reviews.gap_pains')}</h2>
                {all(gap.beside)}
              </section>
            )}
            {gap.measure && (
              <section>
                <h2 className="sub">{t('reviews.gap_measure')}</h2>
                {all([gap.measure.id])}
              </section>
            )}
            <section>
              <h2 className="sub">{t('reviews.gap_work', { n: gap.activities.length })}</h2>
              {all(gap.activities.slice(0, 12).map(({ id }) => id))}
            </section>
          </div>
        </div>
      )
    }
    case 'assumption': {
      const factor = it.expired.find(({ itemId }) => point.about.includes(itemId))
      if (!factor) return all(point.about)
      return (
        <>
          {all(point.about)}
          <p className="quiet">
            {t('reviews.expired_on', {
              day: factor.validUntil ? sayDay(language, factor.validUntil, it.today) : '',
            })}
          </p>
          {factor.items.length > 0 && (
            <section>
              <h2 className="sub">{t('reviews.rests_items', { n: factor.items.length })}</h2>
              <ul className="things">
                {factor.items.slice(0, 12).map(({ id, code, title }) => (
                  <li key={id} className="serif">
                    {code && <b>{code} </b>}
                    {title}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {factor.activities.length > 0 && (
            <section>
              <h2 className="sub">{t('reviews.rests_activities', { n: factor.activities.length })}</h2>
              <ul className="things">
                {factor.activities.slice(0, 12).map(({ id, title }) => (
                  <li key={id}>{title}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )
    }
    case 'thread': {
      const due = it.due.find(({ id }) => point.about.includes(id))
      return (
        due && (
          <blockquote className="objection">
            <p>{due.quote}</p>
            <footer>
              {t('reviews.watched_until', { day: sayDay(language, due.until, it.today) })}
              {it.strategyId && (
                <LinkButton size="sm" href={`/${it.slug}/strategy/${it.strategyId}?thread=${due.id}`}>
                  <Icon name="note" />
                  {t('reviews.see_thread')}
                </LinkButton>
              )}
            </footer>
          </blockquote>
        )
      )
    }
    case 'late':
    case 'returned': {
      const these = [...it.matrix.lateHandOffs, ...it.matrix.returnedHandOffs].filter(({ handOffId }) =>
        point.about.includes(handOffId),
      )
      return (
        <ul className="things">
          {these.map(({ handOffId, due, reason }) => (
            <li key={handOffId}>
              <Ref {...given} of={handOffId} />
              <small>
                {due && t('reviews.due', { day: sayDay(language, due, it.today) })}
                {reason && <q>{reason}</q>}
              </small>
            </li>
          ))}
        </ul>
      )
    }
    case 'unanswered':
      return (
        <ul className="things">
          {it.moved.map(({ activityId, ownerId }) => (
            <li key={activityId}>
              <Ref {...given} of={activityId} />
              <small>{it.people.find(({ id }) => id === ownerId)?.name ?? t('reviews.no_owner')}</small>
            </li>
          ))}
        </ul>
      )
    case 'uncovered':
    case 'conflict':
      return all(point.about)
    case 'decide':
      return <Lessons {...given} />
  }
}

function Goals({ it, t }: Given) {
  if (it.review.goals === '') return null
  return (
    <section className="goals">
      <h2 className="sub">{t('reviews.goals')}</h2>
      <p>{it.review.goals}</p>
    </section>
  )
}
