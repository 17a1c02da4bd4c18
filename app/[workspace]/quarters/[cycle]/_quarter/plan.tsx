import { localeOf } from '@/app/_i18n/locale'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { comma } from '@/lib/domain/comma'
import type { SealedActivity, SealedPlan, SealedTarget } from '@/lib/domain/plan-seal'
import type { ActivityResult } from '@/lib/domain/review-result'
import { readServe } from '@/lib/domain/serves'
import { cardHref } from '../../../boards/board-href'
import { figure, plainFigure } from '../../../measures/_measures/figure'
import { byDepartment, departmentNamed, personNamed, plainDay, wholeDay } from '../../_quarters/say'
import type { Given } from './given'

/** The plan in full: words, gaps, activities by department, targets. Beside each what became of it. */
export function PlanOf({ plan, ...given }: Given & { plan: SealedPlan }) {
  const { t, more, language } = given
  const lang = localeOf(more.language)
  const { positioning } = plan
  return (
    <>
      <section aria-labelledby="words">
        <h2 id="words">{t('quarters.words')}</h2>
        {positioning ? (
          <dl className="slots" lang={lang}>
            {(['whom', 'problem', 'solution'] as const).map((slot) => (
              <div key={slot}>
                <dt lang={localeOf(language)}>{t(`quarters.${slot}`)}</dt>
                <dd>{positioning[slot] || '…'}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="quiet">{t('quarters.no_positioning')}</p>
        )}
        {plan.gaps.length > 0 && (
          <>
            <h3>{t('quarters.gaps')}</h3>
            <ul className="gaps">
              {plan.gaps.map((gap) => (
                <li key={gap.id}>
                  <span className="w" lang={lang}>
                    {gap.title}
                  </span>
                  <span className="num">
                    {[
                      gap.from !== null && gap.to !== null
                        ? t('quarters.gap_way', {
                            from: plainFigure(language, gap.from),
                            to: figure(language, gap.to, gap.unit ?? ''),
                          })
                        : '',
                      gap.by ? t('quarters.gap_by', { date: wholeDay(language, gap.by) }) : '',
                    ]
                      .filter((part) => part !== '')
                      .join(comma(language))}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-labelledby="activities">
        <h2 id="activities">
          {t('quarters.activities')} <small className="num">{plan.activities.length}</small>
        </h2>
        {plan.activities.length > 0 && <Activities {...given} activities={plan.activities} />}
      </section>
      <section aria-labelledby="targets">
        <h2 id="targets">
          {t('quarters.targets')} <small className="num">{plan.targets.length}</small>
        </h2>
        {plan.targets.length > 0 && <Targets {...given} targets={plan.targets} />}
      </section>
    </>
  )
}

function Activities({ activities, ...given }: Given & { activities: readonly SealedActivity[] }) {
  const { it, more, t, language } = given
  const results = new Map(more.activities.map((result) => [result.id, result]))
  const dropped = new Set(it.scope?.dropped.map(({ activityId }) => activityId))
  const state = it.state !== 'planned'
  return (
    <table className="table qplan">
      <caption className="vh">{t('quarters.activities')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('quarters.col_activity')}</th>
          <th scope="col">{t('quarters.col_owner')}</th>
          <th scope="col">{t('quarters.col_due')}</th>
          <th scope="col" className="r">
            {t('quarters.col_effort')}
          </th>
          {state && (
            <th scope="col">{t(it.state === 'closed' ? 'quarters.col_state' : 'quarters.col_now')}</th>
          )}
        </tr>
      </thead>
      {byDepartment(activities, more.boards).map(({ board, list }) => (
        <tbody key={board?.departmentId ?? 'none'} data-dept={board?.kind ?? 'other'}>
          <DepartmentRow {...given} board={board} columns={state ? 5 : 4} />
          {list.map((activity) => {
            const codes = activity.serves.flatMap((serve) => {
              const read = readServe(serve)
              const code = read && more.codes[read.itemId]
              return code ? [code] : []
            })
            return (
              <tr key={activity.id}>
                <th scope="row">
                  {board ? (
                    <Link href={cardHref(it.slug, board, activity.id)}>{activity.title}</Link>
                  ) : (
                    activity.title
                  )}
                  {codes.length > 0 && (
                    <small>
                      {t('quarters.serves', {
                        codes: [...new Set(codes)].join(comma(language, 'names')),
                      })}
                    </small>
                  )}
                </th>
                <td>{personNamed(it.people, activity.ownerId, t)}</td>
                <td className="num">
                  {activity.due ? plainDay(language, activity.due) : t('quarters.no_day')}
                </td>
                <td className="r">
                  {activity.effort === null ? '' : plainFigure(language, activity.effort)}
                </td>
                {state && (
                  <td>
                    <Outcome
                      {...given}
                      result={results.get(activity.id) ?? null}
                      dropped={dropped.has(activity.id)}
                    />
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}

function Outcome({ result, dropped, it, t }: Given & { result: ActivityResult | null; dropped: boolean }) {
  if (dropped || !result) return <Badge state="off">{t('quarters.outcome_dropped')}</Badge>
  const { outcome, carry, reason } = result
  if (outcome === 'done') return <Badge state="good">{t('quarters.outcome_done')}</Badge>
  if (outcome === 'stopped') return <Badge state="off">{t('quarters.outcome_stopped')}</Badge>
  return (
    <>
      <Badge>{t(it.state === 'closed' ? 'quarters.outcome_unfinished' : 'quarters.outcome_running')}</Badge>
      {it.state === 'closed' && carry && <small>{t(`quarters.carried_${carry}`)}</small>}
      {it.state === 'closed' && reason && <small>{reason}</small>}
    </>
  )
}

const shapes = { held: 'good', short: 'risk', missed: 'off', unread: 'none' } as const

function Targets({ targets, ...given }: Given & { targets: readonly SealedTarget[] }) {
  const { it, more, t, language } = given
  const results = new Map(more.measures.map((result) => [result.measureId, result]))
  const state = it.state !== 'planned'
  // Half-way nothing has been missed yet.
  const over = it.state === 'closed' || it.day > it.days
  return (
    <table className="table qplan">
      <caption className="vh">{t('quarters.targets')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('quarters.col_measure')}</th>
          <th scope="col" className="r">
            {t('quarters.col_baseline')}
          </th>
          <th scope="col" className="r">
            {t('quarters.col_target')}
          </th>
          {state && (
            <>
              <th scope="col" className="r">
                {t('quarters.col_actual')}
              </th>
              <th scope="col">{t('quarters.col_verdict')}</th>
            </>
          )}
        </tr>
      </thead>
      {byDepartment(targets, more.boards).map(({ board, list }) => (
        <tbody key={board?.departmentId ?? 'company'} data-dept={board?.kind ?? 'other'}>
          <DepartmentRow {...given} board={board} columns={state ? 5 : 3} />
          {list.map((target) => {
            const result = results.get(target.measureId)
            const outcome = result?.outcome ?? 'unread'
            const moved = result && result.target !== target.value ? result.target : null
            return (
              <tr key={target.measureId}>
                <th scope="row">
                  <Link href={`/${it.slug}/measures/${target.measureId}`}>{target.name}</Link>
                </th>
                <td className="r">
                  {target.baseline === null ? '' : plainFigure(language, target.baseline)}
                </td>
                <td className="r">
                  {figure(language, target.value, target.unit)}
                  {moved !== null && (
                    <small>{t('quarters.now_target', { value: plainFigure(language, moved) })}</small>
                  )}
                </td>
                {state && (
                  <>
                    <td className="r">
                      {result && result.actual !== null && <b>{plainFigure(language, result.actual)}</b>}
                    </td>
                    <td>
                      <Badge state={over ? shapes[outcome] : outcome === 'held' ? 'good' : 'none'}>
                        {over || outcome === 'unread'
                          ? t(`quarters.measure_${outcome}`)
                          : t(outcome === 'held' ? 'quarters.measure_reached' : 'quarters.measure_not_yet')}
                      </Badge>
                    </td>
                  </>
                )}
              </tr>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}

/** Above what belongs to a department: which one it is. */
function DepartmentRow({ board, columns, more, t, language }: Given & { board: Named; columns: number }) {
  return (
    <tr className="grp">
      <th colSpan={columns} scope="colgroup">
        <span className="row">
          {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
          {departmentNamed(more.boards, board?.departmentId ?? null, t)}
        </span>
      </th>
    </tr>
  )
}

type Named = ReturnType<typeof byDepartment>[number]['board']
