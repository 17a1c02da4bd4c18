import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { ComparedMeasure, MeasureSide } from '@/lib/domain/quarter-compare'
import { figure, plainFigure } from '../../../measures/_measures/figure'
import { shortName } from '../../_quarters/say'
import type { Compared } from './given'

/** Whether anything about a measure is otherwise. */
export function moved({ before, after }: ComparedMeasure): boolean {
  return before?.target !== after?.target || before?.actual !== after?.actual
}

const shapes = { held: 'good', short: 'risk', missed: 'off', unread: 'none' } as const

/** Targets and what was read, quarter beside quarter. */
export function Numbers({ it, t, language }: Compared) {
  const { measures } = it.comparison
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers">{t('quarters.numbers')}</h2>
      {measures.length === 0 ? (
        <p className="quiet">{t('quarters.numbers_none')}</p>
      ) : (
        <table className="table qplan ms">
          <caption className="vh">{t('quarters.numbers')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('quarters.col_measure')}</th>
              {[it.before, it.after].map(({ cycle }) => (
                <th key={cycle} scope="col" className="r" colSpan={2}>
                  {t('quarters.col_was', { cycle: shortName(cycle, t) })}
                </th>
              ))}
              <th scope="col" className="r">
                {t('quarters.col_went')}
              </th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => {
              const { measureId, name, unit, before, after } = measure
              const board = it.boards.find(({ departmentId }) => departmentId === measure.departmentId)
              const went =
                before?.actual != null && after?.actual != null ? after.actual - before.actual : null
              return (
                <tr key={measureId} data-dept={board?.kind ?? 'other'}>
                  <th scope="row">
                    <span className="row">
                      {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
                      <Link href={`/${it.slug}/measures/${measureId}`}>{name}</Link>
                    </span>
                  </th>
                  <Side
                    side={before}
                    over={isOver(it.before, it.today)}
                    unit={unit}
                    t={t}
                    language={language}
                  />
                  <Side
                    side={after}
                    over={isOver(it.after, it.today)}
                    unit={unit}
                    t={t}
                    language={language}
                  />
                  <td className="r went">
                    {went !== null &&
                      went !== 0 &&
                      `${went > 0 ? '+' : '−'}${plainFigure(language, Math.abs(went))}`}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** Before its last day nothing of a quarter is missed yet. */
function isOver({ state, last }: Compared['it']['before'], today: string): boolean {
  return state === 'closed' || last < today
}

function Side({
  side,
  over,
  unit,
  t,
  language,
}: Pick<Compared, 't' | 'language'> & { side: MeasureSide | null; over: boolean; unit: string }) {
  const early = side && !over && side.outcome !== 'unread'
  return (
    <>
      <td className="r">
        {side && side.actual !== null && (
          <span className="big">{figure(language, side.actual, unit.length > 4 ? '' : unit)}</span>
        )}
        {side && side.target !== null && (
          <small>{t('quarters.target_of', { value: plainFigure(language, side.target) })}</small>
        )}
      </td>
      <td>
        {side && (
          <Badge state={early && side.outcome !== 'held' ? 'none' : shapes[side.outcome]}>
            {early
              ? t(side.outcome === 'held' ? 'quarters.measure_reached' : 'quarters.measure_not_yet')
              : t(`quarters.measure_${side.outcome}`)}
          </Badge>
        )}
      </td>
    </>
  )
}
