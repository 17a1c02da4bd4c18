import { formatMoment } from '@/app/_i18n/time'
import { getLanguage, getWords } from '@/app/_i18n/words'
import { Link } from '@/app/_ui/link'
import { dayAt, noonOf } from '@/lib/domain/calendar'
import { quarterOf } from '@/lib/domain/quarter'

/** "Q3 day 79 of 92", on the reader's calendar and the company's fiscal year. */
export async function QuarterDay({
  slug,
  now,
  zone,
  yearStart,
}: {
  slug: string
  now: number
  zone: string
  yearStart: number
}) {
  const [t, language] = await Promise.all([getWords(), getLanguage()])
  const { quarter, day, days, first, last } = quarterOf(dayAt(now, zone), yearStart)
  const write = (of: typeof first) => formatMoment(language, 'day', noonOf(of), { now, zone: 'UTC' })
  return (
    <Link
      className="day num"
      href={`/${slug}/quarters`}
      title={t('shell.quarter_title', { first: write(first), last: write(last) })}
    >
      <b>{t('shell.quarter', { quarter })}</b>
      <span>{t('shell.quarter_day', { day, days })}</span>
    </Link>
  )
}
