import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import type { Language } from '@/lib/domain/language'
import type { MeasureLine } from '@/lib/queries/board'

const W = 68
const TOP = 3
const LOW = 19

/** The last readings of a measure as a line, its target dashed, and the last value in figures. */
export function Spark({ measure, t, language }: { measure: MeasureLine; t: Say; language: Language }) {
  const { values, target, name, unit } = measure
  const last = values.at(-1)
  const all = [...values.map(({ value }) => value), ...(target === null ? [] : [target])]
  const [min, max] = [Math.min(...all), Math.max(...all)]
  const y = (value: number) =>
    round(max === min ? (TOP + LOW) / 2 : LOW - ((value - min) / (max - min)) * (LOW - TOP))
  const x = (i: number) => round(1 + (values.length < 2 ? W - 1 : (i / (values.length - 1)) * (W - 1)))
  const write = (value: number) => formatNumber(language, value, { maximumFractionDigits: 1 })
  return (
    <span className="measured">
      <svg
        className="spark"
        viewBox="0 0 72 22"
        role="img"
        aria-label={t('boards.spark', {
          name,
          value: last ? write(last.value) : 'none',
          none: last ? 'no' : 'yes',
          target: target === null ? '' : write(target),
          aimed: target === null ? 'no' : 'yes',
          unit,
        })}
      >
        {target !== null && <path className="t" d={`M0 ${y(target)}h72`} />}
        {values.length > 1 && (
          <path
            className="s"
            d={values.map(({ value }, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('')}
          />
        )}
        {last && <circle className="e" cx={x(values.length - 1)} cy={y(last.value)} r="2.2" />}
      </svg>
      <b aria-hidden="true">{last ? figure(last.value, measure, write) : write(0)}</b>
    </span>
  )
}

/** "19/30" where one counts towards a whole number, "41%" where it is a share, else the value. */
function figure(
  value: number,
  { unit, target, direction }: MeasureLine,
  write: (value: number) => string,
): string {
  if (unit === '%' || unit === '％') return `${write(value)}%`
  const counted = Number.isInteger(value) && target !== null && Number.isInteger(target) && direction === 'up'
  return counted && value < 1_000 && target < 1_000 ? `${write(value)}/${write(target)}` : write(value)
}

const round = (n: number) => Math.round(n * 10) / 10
