import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { figure, plainFigure, shortFigure } from '@/app/[workspace]/measures/_measures/figure'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import type { MeasureOutcome, MeasureResult } from '@/lib/domain/review-result'
import { sayWhose } from '../../_list/say-review'
import type { Given } from './given'
import { thirteenWeeks } from './thirteen-weeks'

const shapes: Readonly<Record<MeasureOutcome, 'good' | 'risk' | 'off' | 'none'>> = {
  held: 'good',
  short: 'risk',
  missed: 'off',
  unread: 'none',
}

/** Each measure over thirteen weeks against the sealed target: what it asked, what came, and the verdict. */
export function MeasuresTable(given: Given) {
  const { it, t, language } = given
  if (it.measures.length === 0) return <p className="quiet">{t('reviews.no_measures')}</p>
  const worst = it.measures.find(({ outcome }) => outcome === 'missed')
  return (
    <table className="table ms">
      <caption className="vh">{t('reviews.measures')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('reviews.col_measure')}</th>
          <th scope="col">{t('reviews.col_weeks')}</th>
          <th scope="col" className="r">
            {t('reviews.col_target')}
          </th>
          <th scope="col" className="r">
            {t('reviews.col_actual')}
          </th>
          <th scope="col">{t('reviews.col_verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {it.measures.map((measure) => (
          <tr key={measure.measureId} className={measure === worst ? 'worst' : undefined}>
            <th scope="row" className="nm">
              <Link href={`/${it.slug}/measures/${measure.measureId}`}>{measure.name}</Link>
              <Whose {...given} measure={measure} />
            </th>
            <td>
              <Weeks {...given} measure={measure} />
            </td>
            <td className="r">
              <i className="lab">{t('reviews.col_target')} </i>
              <Target {...given} measure={measure} />
            </td>
            <td className="r">
              <i className="lab">{t('reviews.col_actual')} </i>
              {measure.actual === null ? (
                <span className="quiet">{t('reviews.no_reading')}</span>
              ) : (
                <>
                  <span className="big">{shortFigure(language, measure.actual, measure.unit)}</span>
                  {!/^[%‰°¥$€£]?$/u.test(measure.unit) && (
                    <small>{measure.unit.replace(/^[%‰°¥$€£]\s*/u, '')}</small>
                  )}
                  {measure.actualOn && (
                    <small className="vh">{sayDay(language, measure.actualOn, it.today)}</small>
                  )}
                </>
              )}
            </td>
            <td>
              <Badge state={shapes[measure.outcome]}>{t(`reviews.outcome_${measure.outcome}`)}</Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Whose({ measure, it, t, language }: Given & { measure: MeasureResult }) {
  const { name, board } = sayWhose(measure.departmentId, it.boards, t)
  return (
    <small data-dept={board?.kind ?? 'other'}>
      {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
      {name}
    </small>
  )
}

function Target({ measure, it, t, language }: Given & { measure: MeasureResult }) {
  const { sealedTarget, target, measureId } = measure
  const changed = it.scope?.retargeted.find((one) => one.measureId === measureId)
  const on = changed?.word ? sayDay(language, changed.word.at.toISOString().slice(0, 10), it.today) : ''
  return (
    <>
      {sealedTarget === null ? (
        <span className="quiet">{t('reviews.not_sealed')}</span>
      ) : (
        plainFigure(language, sealedTarget)
      )}
      {target !== null && target !== sealedTarget && (
        <small>
          {on
            ? t('reviews.moved_on', { value: plainFigure(language, target), day: on })
            : t('reviews.moved_to', { value: plainFigure(language, target) })}
        </small>
      )}
    </>
  )
}

function Weeks({ measure, it, t, language }: Given & { measure: MeasureResult }) {
  const { sealedTarget, target } = measure
  const drawn = thirteenWeeks({
    first: it.first,
    last: it.last,
    readings: it.readings[measure.measureId] ?? [],
    sealed: sealedTarget,
    moved: target === sealedTarget ? null : target,
  })
  if (!drawn) return null
  const [from, to] = [drawn.values[0], drawn.values.at(-1)]
  const write = (value: number) => figure(language, value, measure.unit)
  const words =
    from && to
      ? t('reviews.weeks_words', {
          from: write(from.value),
          to: write(to.value),
          target: sealedTarget === null ? 'none' : 'some',
          sealed: sealedTarget === null ? '' : write(sealedTarget),
        })
      : t('reviews.no_reading')
  return (
    <svg viewBox={`0 0 ${drawn.width} ${drawn.height}`} role="img" aria-label={words}>
      {drawn.sealed !== null && <path className="gt" d={`M0 ${drawn.sealed}H180`} />}
      {drawn.moved !== null && <path className="gt2" d={`M98 ${drawn.moved}H180`} />}
      {drawn.path !== '' && <path className="g" d={drawn.path} />}
      {drawn.end && <circle className="ge" cx={drawn.end.x} cy={drawn.end.y} r="3" />}
    </svg>
  )
}
