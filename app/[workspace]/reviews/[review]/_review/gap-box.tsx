import { formatNumber } from '@/app/_i18n/time'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import type { TrackedGap } from '@/lib/domain/coherence/gap-tracker'
import type { Given } from './given'
import { twoLines } from './thirteen-weeks'

const SIZE = { width: 220, height: 88 }
/** Closer than this the two numbers would lie upon each other. */
const APART = 13

/** Work done and gap closed as two lines that part. */
export function GapBox({ gap, it, t, language }: Given & { gap: TrackedGap }) {
  const lines = twoLines(gap.series, SIZE)
  const percent = (share: number | null) =>
    share === null ? '–' : formatNumber(language, share, { style: 'percent', maximumFractionDigits: 0 })
  const [work, closed] = [percent(gap.work), percent(gap.closed)]
  const height = (share: number | null) =>
    8 + SIZE.height - Math.min(1, Math.max(0, share ?? 0)) * SIZE.height
  const top = height(gap.work)
  const low = Math.max(height(gap.closed), top + APART)
  return (
    <svg
      className="gapbox"
      viewBox="0 0 270 122"
      role="img"
      aria-label={t('reviews.gap_words', { work, closed })}
      data-state={gap.state}
    >
      <path className="base" d={`M0 ${SIZE.height + 8}H${SIZE.width}`} />
      {lines && (
        <g transform="translate(0 8)">
          <path className="done" d={lines.work} />
          <path className="closed" d={lines.closed} />
        </g>
      )}
      <text x={SIZE.width + 6} y={top + 4}>
        {work}
      </text>
      <text className="closed" x={SIZE.width + 6} y={low + 4}>
        {closed}
      </text>
      {lines && (
        <>
          <text x="0" y="116">
            {sayDay(language, lines.from, it.today)}
          </text>
          <text x={SIZE.width} y="116" textAnchor="end">
            {sayDay(language, lines.to, it.today)}
          </text>
        </>
      )}
    </svg>
  )
}
