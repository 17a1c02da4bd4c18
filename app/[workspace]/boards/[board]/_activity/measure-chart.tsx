'use client'
import { formatNumber } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import { Link } from '@/app/_ui/link'
import { chartLine } from './chart-line'
import { writtenIn } from './title'
import { usePanel } from './use-panel'
import { whyOf } from './why'

const BOX = { width: 330, height: 86, top: 14 }

/** The readings of the first measure as a small line, with its target; the numbers are one link away. */
export function MeasureChart() {
  const t = useWords()
  const { data, names } = usePanel()
  const line = whyOf(data)
    .measure.flatMap(({ id }) => data.measures.find((measure) => measure.id === id) ?? [])
    .find(({ values }) => values.length > 0)
  if (!line) return null
  const { values, target, baseline, unit } = line
  const first = values[0]
  const last = values.at(-1)
  if (!first || !last) return null
  const { points, target: at, zero } = chartLine(values, { baseline, target }, BOX)
  const end = points.at(-1) ?? { x: 0, y: zero }
  const say = (value: number) => formatNumber(names.language, value, { maximumFractionDigits: 2 })
  const said = t('activity.chart', {
    n: values.length,
    from: names.day(first.on),
    to: names.day(last.on),
    first: say(first.value),
    last: say(last.value),
  })
  // A label at the end of the line must not lie on the target's.
  const below = at !== null && Math.abs(at - end.y) < 14
  return (
    <section className="part">
      <h3>
        <Link href={`/${data.slug}/measures/${line.id}`} lang={writtenIn(line.name)}>
          {line.name}
        </Link>
        <span className="num">
          {target === null ? unit : t('activity.target', { value: say(target), unit })}
        </span>
      </h3>
      <svg className="chart" viewBox="0 0 390 108" role="img" aria-label={said}>
        <path d={`M0 ${zero}h360`} className="axis" />
        {at !== null && (
          <>
            <path d={`M0 ${at}h360`} className="goal" />
            <text x="366" y={at + 4}>
              {say(target ?? 0)}
            </text>
          </>
        )}
        {points.length > 1 && (
          <path d={`M${points.map(({ x, y }) => `${x} ${y}`).join(' ')}`} className="line" />
        )}
        <circle cx={end.x} cy={end.y} r="3.2" className="end" />
        <text x={end.x + 7} y={end.y + (below ? 15 : 4)} className="now">
          {say(last.value)}
        </text>
        <text x="0" y="102">
          {names.day(first.on)}
        </text>
        {points.length > 1 && (
          <text x={end.x} y="102" textAnchor="end">
            {names.day(last.on)}
          </text>
        )}
      </svg>
    </section>
  )
}
