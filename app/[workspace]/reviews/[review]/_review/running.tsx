import { Badge } from '@/app/_ui/badge'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import { nextCycle } from '@/lib/domain/cycle'
import { unassessed } from '@/lib/domain/review'
import { nameOfPerson, sayReview, sayWhose } from '../../_list/say-review'
import { DecideButtons } from './decide-buttons'
import { DecisionView } from './decision-view'
import { FindingView, verdictShapes } from './finding-view'
import { GapBox } from './gap-box'
import type { Given } from './given'
import { Meeting } from './meeting'
import { PointPanel } from './point-panel'
import { PostponeButton } from './prepare-acts'
import { sayPoint } from './say-point'

/** So many findings are named beside the stage; all of them stand on it. */
const LISTED = 12

/** The meeting: everything is drawn here, the browser says what of it is in sight. */
export function Running({
  userId,
  notes,
  at,
  ...given
}: Given & {
  userId: string
  notes: { readonly html: string; readonly empty: boolean }
  /** The point asked for by the address. */
  at: string | null
}) {
  const { it, t, language, workspace } = given
  const { review, agenda } = it
  const before = it.lastDecisions[0]?.cycle ?? null
  const amber = it.gaps.find(({ state }) => state === 'amber')
  const next = nextCycle(review.cycle)
  const meeting = review.meeting ?? {
    step: 'plan' as const,
    point: null,
    presenterId: null,
    since: new Date(it.now).toISOString(),
    minutes: 10,
  }
  return (
    <Meeting
      workspace={workspace}
      slug={it.slug}
      review={{
        id: review.id,
        title: sayReview(review.cycle, t),
        sub: [
          review.heldOn ? sayDay(language, review.heldOn, it.today) : '',
          sayWhose(review.departmentId, it.boards, t).name,
        ]
          .filter((word) => word !== '')
          .join(t('reviews.comma')),
        leadId: review.leadId,
        limited: review.limited,
      }}
      me={{ memberId: it.me, userId }}
      people={it.people.map(({ id, userId, name, image }) => ({ id, userId, name, image }))}
      participants={review.participants}
      prepared={review.prepared}
      meeting={meeting}
      now={it.now}
      points={agenda.map(({ key, step, minutes, auto, about, ...point }) => ({
        key,
        step,
        minutes,
        auto,
        about: point.kind === 'last_decisions' ? [] : about,
        label: sayPoint({ key, step, minutes, auto, about, ...point }, t, before),
      }))}
      panels={Object.fromEntries(
        agenda.map((point) => [point.key, <PointPanel key={point.key} {...given} point={point} />]),
      )}
      findings={it.findings.map((finding) => ({
        id: finding.id,
        about: finding.about,
        view: <FindingView {...given} finding={finding} />,
      }))}
      decisions={
        it.decisions.length === 0 ? (
          <p className="quiet">{t('reviews.no_decisions')}</p>
        ) : (
          <ul>
            {it.decisions.map((decision) => (
              <DecisionView key={decision.id} {...given} decision={decision} />
            ))}
          </ul>
        )
      }
      deciding={it.may.decide && <DecideButtons workspace={workspace} reviewId={review.id} />}
      gap={
        amber
          ? {
              itemId: amber.itemId,
              view: (
                <section>
                  <h2>{t('reviews.gap_title')}</h2>
                  <p className="gapname serif">
                    {amber.code && <b>{amber.code} </b>}
                    {amber.title}
                  </p>
                  <GapBox {...given} gap={amber} />
                  <p className="note quiet">{t('reviews.gap_by_itself')}</p>
                </section>
              ),
            }
          : null
      }
      aside={
        it.findings.length > 0 && (
          <section>
            <h2>{t('reviews.decided_so_far')}</h2>
            <ul className="sofar">
              {it.findings.slice(0, LISTED).map(({ id, text, about, verdict }) => (
                <li key={id}>
                  <span className="cut">{it.referred[about[0] ?? '']?.title || text}</span>
                  <Badge state={verdict ? verdictShapes[verdict] : 'none'}>
                    {t(`reviews.ui_verdict_${verdict ?? 'none'}`)}
                  </Badge>
                </li>
              ))}
            </ul>
            {it.findings.length > LISTED && (
              <p className="quiet">{t('reviews.more', { n: it.findings.length - LISTED })}</p>
            )}
          </section>
        )
      }
      foot={it.may.run && <PostponeButton workspace={workspace} reviewId={review.id} />}
      notes={notes}
      may={{ run: it.may.run, write: it.may.write, close: it.may.close, notes: it.may.notes === 'write' }}
      first={at}
      closing={{
        cycle: review.cycle,
        company: review.departmentId === null,
        open: unassessed(it.findings).map(({ id, text, by }) => ({
          id,
          text,
          by: nameOfPerson(by, it.people, t),
        })),
        departments: it.boards.map((board) => ({ id: board.departmentId, name: departmentName(board, t) })),
        next: sayCycle(next, t),
      }}
    />
  )
}
