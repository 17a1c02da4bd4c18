import type { Say } from '@/app/_i18n/say'
import type { TrackedGap } from '@/lib/domain/coherence/gap-tracker'
import type { DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { sayDay } from '../../my-work/_work/say-day'
import { percent } from '../_parts/say'
import { apart, type Frame, linesOf } from './lines'

const wide: Frame = { width: 640, height: 190, top: 14, right: 104, bottom: 26, left: 44 }
const narrow: Frame = { width: 358, height: 170, top: 14, right: 88, bottom: 24, left: 38 }

/** Work against effect over time; drawn twice, for letters in a picture do not shrink well. */
export function GapChart({
  gap,
  today,
  t,
  language,
}: {
  gap: TrackedGap
  today: DayText
  t: Say
  language: Language
}) {
  if (linesOf(gap.series, wide) === null) return <p className="quiet">{t('coherence.gap_chart_none')}</p>
  return (
    <div className="gchart">
      {[wide, narrow].map((frame) => (
        <Picture
          key={frame.width}
          {...{ gap, today, t, language, frame }}
          name={frame === wide ? 'w' : 'n'}
        />
      ))}
    </div>
  )
}

function Picture({
  gap,
  today,
  t,
  language,
  frame,
  name,
}: {
  gap: TrackedGap
  today: DayText
  t: Say
  language: Language
  frame: Frame
  name: string
}) {
  const lines = linesOf(gap.series, frame)
  if (!lines) return null
  const { ends, levels, days } = lines
  const [first, last] = days
  const work = percent(language, gap.work ?? 0)
  const closed = percent(language, gap.closed ?? 0)
  const [workY, closedY] = apart(ends.work, ends.closed, 16)
  const label = t('coherence.gap_chart', {
    title: gap.title,
    work,
    closed,
    first: first ? sayDay(language, first.on, today) : '',
    last: last ? sayDay(language, last.on, today) : '',
  })
  return (
    <svg className={name} viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={label}>
      {levels.map(({ share, y }) => (
        <g key={share}>
          <path className="g" d={`M${frame.left} ${y}H${frame.width - frame.right}`} />
          <text className="n" x={frame.left - 7} y={y + 4}>
            {percent(language, share)}
          </text>
        </g>
      ))}
      {gap.state === 'amber' && <path className="between" d={lines.between} />}
      <path className="wk" d={lines.work} />
      <path className="cl" d={lines.closed} />
      <circle className="wke" cx={ends.x} cy={ends.work} r="3.2" />
      <circle className="cle" cx={ends.x} cy={ends.closed} r="3.2" />
      <text className="lw" x={ends.x + 9} y={workY + 4}>
        {t('coherence.gap_line_work')} {work}
      </text>
      <text className="lc" x={ends.x + 9} y={closedY + 4}>
        {t('coherence.gap_line_closed')} {closed}
      </text>
      {days.map(({ on, x }, i) => (
        <text key={on} className={i > 0 ? 'd end' : 'd'} x={x} y={frame.height - 6}>
          {sayDay(language, on, today)}
        </text>
      ))}
    </svg>
  )
}
