import type { Say } from '@/app/_i18n/say'
import { formatMoment } from '@/app/_i18n/time'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import type { Measure, Reading } from '@/lib/domain/measure'
import { sayDay } from '../../my-work/_work/say-day'
import { figure, shortFigure } from './figure'
import { sayCycle } from './say-cycle'
import { type Frame, type Shape, shapeOf } from './shape'

const wide: Frame = { width: 1160, height: 320, top: 32, right: 76, bottom: 30, left: 46 }
const narrow: Frame = { width: 358, height: 230, top: 28, right: 46, bottom: 26, left: 36 }

/**
 * A measure over time, drawn by the server: no script, the same in print. Its numbers stand in the table beside it; for
 * those who do not see, one sentence says what the line does. Twice, for text in a picture does not shrink well.
 */
export function Chart({
  measure,
  readings,
  today,
  yearStart,
  t,
  language,
}: {
  measure: Measure
  readings: readonly Reading[]
  today: DayText
  yearStart: number
  t: Say
  language: Language
}) {
  const label = sentence(measure, readings, today, t, language)
  const draw = (frame: Frame, name: string) => (
    <Picture
      shape={shapeOf({ ...measure, readings, today, yearStart, frame })}
      {...{ frame, name, label, measure, t, language, readings }}
    />
  )
  return (
    <div className="mchart">
      {draw(wide, 'w')}
      {draw(narrow, 'n')}
    </div>
  )
}

function Picture({
  shape,
  frame,
  name,
  label,
  measure,
  readings,
  t,
  language,
}: {
  shape: Shape
  frame: Frame
  name: string
  label: string
  measure: Measure
  readings: readonly Reading[]
  t: Say
  language: Language
}) {
  const { width, height, top, right, bottom, left } = frame
  const floor = height - bottom
  const end = shape.points.at(-1)
  const current = shape.targets.at(-1)
  const write = (value: number) => shortFigure(language, value, measure.unit)
  // Marks of days would be a caterpillar where there are many.
  const dots = shape.points.length <= (name === 'w' ? 60 : 16)
  const notes = new Set(readings.filter(({ note }) => note !== '').map(({ on }) => on))
  return (
    <svg className={name} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {shape.quarters.map(({ cycle, x, width: across }, i) => (
        <g key={cycle}>
          {i > 0 && <path className="q" d={`M${x} ${top - 18}V${floor}`} />}
          {across > 46 && (
            <text className="ql" x={x + (i > 0 ? 6 : 0)} y={top - 14}>
              {sayCycle(cycle, t, across > 110 ? 'year' : 'quarter')}
            </text>
          )}
        </g>
      ))}
      {shape.yTicks.map(({ value, y }) => (
        <g key={value}>
          <path className="g" d={`M${left} ${y}H${width - right}`} />
          <text className="n" x={left - 7} y={y + 4}>
            {write(value)}
          </text>
        </g>
      ))}
      {shape.months.map(({ at, x }) => (
        <g key={at}>
          <path className="m" d={`M${x} ${floor}v4`} />
          {(name === 'w' || shape.months.length <= 5 || new Date(at).getUTCMonth() % 3 === 0) && (
            <text className="ml" x={x + 3} y={height - 10}>
              {monthName(language, at)}
            </text>
          )}
        </g>
      ))}
      {shape.today !== null && <path className="now" d={`M${shape.today} ${top - 6}V${floor}`} />}
      {shape.targets.map(({ cycle, x1, x2, y }, i) => (
        <g key={cycle}>
          <path className="t" d={`M${x1} ${y}H${x2}`} />
          {i > 0 && <path className="ts" d={`M${x1} ${shape.targets[i - 1]?.y ?? y}V${y}`} />}
        </g>
      ))}
      {shape.baseline && (
        <rect className="b" x={shape.baseline.x - 3.5} y={shape.baseline.y - 3.5} width="7" height="7" />
      )}
      {shape.path !== '' && <path className="s" d={shape.path} />}
      {dots &&
        shape.points.map(({ on, value, x, y }) => (
          <circle
            key={on}
            className={notes.has(on) ? 'p noted' : 'p'}
            cx={x}
            cy={y}
            r={notes.has(on) ? 3 : 1.9}
          >
            <title>{`${sayDay(language, on, '')}: ${figure(language, value, measure.unit)}`}</title>
          </circle>
        ))}
      {end && <circle className="e" cx={end.x} cy={end.y} r="3.6" />}
      {end && (
        <text
          className="ev"
          x={Math.min(end.x + 8, width - right + 7)}
          y={labelY(end.y, current?.y ?? null, end.x + 40 > width - right)}
        >
          {write(end.value)}
        </text>
      )}
      {current && (
        <text className="tv" x={width - right + 7} y={current.y + 4}>
          {write(current.value)}
        </text>
      )}
    </svg>
  )
}

/** Beside its point, out of the way of the target's number when both stand at the edge. */
function labelY(y: number, target: number | null, atEdge: boolean): number {
  if (!atEdge || target === null || Math.abs(target - y) > 14) return y + 4
  return y + 4 + (y >= target ? 14 - (y - target) : -(14 - (target - y)))
}

function monthName(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
    month: 'short',
    timeZone: 'UTC',
  }).format(at)
}

/** What the line says, in words. */
function sentence(
  { name, unit, targets }: Measure,
  readings: readonly Reading[],
  today: DayText,
  t: Say,
  language: Language,
): string {
  const [first, last] = [readings[0], readings.at(-1)]
  const target = targets.at(-1)
  const said =
    !first || !last
      ? t('measures.chart_none', { name })
      : first === last
        ? t('measures.chart_one', {
            name,
            value: figure(language, last.value, unit),
            day: sayDay(language, last.on, today),
          })
        : t('measures.chart_way', {
            name,
            first: figure(language, first.value, unit),
            firstDay: formatMoment(language, 'date', Date.parse(`${first.on}T12:00:00Z`), {
              now: 0,
              zone: 'UTC',
            }),
            last: figure(language, last.value, unit),
            lastDay: formatMoment(language, 'date', Date.parse(`${last.on}T12:00:00Z`), {
              now: 0,
              zone: 'UTC',
            }),
            n: readings.length,
          })
  return target
    ? `${said} ${t('measures.chart_target', { cycle: sayCycle(target.cycle, t), value: figure(language, target.value, unit) })}`
    : said
}
