import type { Say } from '@/app/_i18n/say'
import { formatMoment } from '@/app/_i18n/time'
import { type Day, dayAt, daysBetween, noonOf } from '@/lib/domain/calendar'
import type { Language } from '@/lib/domain/language'
import { quarterOf, weeksOf } from '@/lib/domain/quarter'

/** The quarter, day by day: where it began, where today stands, where it ends. Weeks are ticks, months have names. */
export function QuarterLine({
  yearStart,
  now,
  zone,
  language,
  t,
}: {
  yearStart: number
  now: number
  zone: string
  language: Language
  t: Say
}) {
  const quarter = quarterOf(dayAt(now, zone), yearStart)
  const { day, days, first, last } = quarter
  const name = t('shell.quarter_long', { quarter: quarter.quarter })
  const write = (of: Day) => formatMoment(language, 'day', noonOf(of), { now, zone: 'UTC' })
  const at = (count: number) => `${(((count - 1) / (days - 1)) * 100).toFixed(2)}%`
  const today = at(day)
  const months = monthsOf(first, last).map((month) => ({
    name: new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
      month: 'long',
      timeZone: 'UTC',
    }).format(noonOf(month)),
    day: daysBetween(first, month) + 1,
  }))
  // Words of two marks must not lie over each other: a month's name gives way to today's.
  const clear = (count: number) => Math.abs(count - day) > days * 0.13
  const end = day > days * 0.8
  return (
    <ol
      className="qline num"
      aria-label={t('shell.quarter_line', { name, day, days })}
      style={{ '--today': today } as React.CSSProperties}
    >
      <li className="begin" style={{ '--p': at(1) } as React.CSSProperties}>
        <span>
          <b>{t('shell.quarter_begins', { name })}</b>
          {write(first)}
        </span>
      </li>
      {weeksOf(quarter)
        // The end has a mark of its own.
        .filter((week) => week < days - 2)
        .map((week) => (
          <li
            key={week}
            aria-hidden="true"
            className={week > day ? 'tick f' : 'tick'}
            style={{ '--p': at(week) } as React.CSSProperties}
          />
        ))}
      {months.map((month) => (
        <li
          key={month.day}
          className={`up month${month.day > day ? ' f' : ''}`}
          aria-hidden={!clear(month.day) || undefined}
          style={{ '--p': at(month.day) } as React.CSSProperties}
        >
          {clear(month.day) && <span className="opt">{month.name}</span>}
        </li>
      ))}
      <li className={`today up${end ? ' back' : ''}`} style={{ '--p': today } as React.CSSProperties}>
        <span>
          <b>{t('shell.quarter_today', { day })}</b>
        </span>
      </li>
      <li className="wait end" style={{ '--p': '100%' } as React.CSSProperties}>
        <span>
          <b>{t('shell.quarter_ends')}</b>
          {write(last)}
        </span>
      </li>
    </ol>
  )
}

/** The firsts of the months after the first one. */
function monthsOf(first: Day, last: Day): Day[] {
  const months: Day[] = []
  for (let month = first.month + 1; ; month++) {
    const day = { year: first.year + (month > 12 ? 1 : 0), month: ((month - 1) % 12) + 1, day: 1 }
    if (noonOf(day) > noonOf(last)) return months
    months.push(day)
  }
}
