import type { Say } from '@/app/_i18n/say'
import { formatMoment } from '@/app/_i18n/time'
import { Link } from '@/app/_ui/link'
import { type Day, dayAt, daysBetween, noonOf } from '@/lib/domain/calendar'
import { comma } from '@/lib/domain/comma'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { quarterOf, weeksOf } from '@/lib/domain/quarter'
import type { HomeQuarter, Mark } from '@/lib/queries/home-quarter'
import { plainFigure } from '../measures/_measures/figure'
import { sayDay } from '../my-work/_work/say-day'

/** Of one side of the line: words of two stations must not lie over each other, share of the line. */
const APART = 0.15

interface Station {
  readonly key: string
  readonly day: number
  readonly look: string
  readonly title: string
  readonly under: string
  readonly href?: string
}

/**
 * The quarter, day by day: from its seal to its review, with what has happened to the plan on the way. Weeks are ticks.
 * `quarter` null: for whoever knows nothing of the work, the bare calendar.
 */
export function QuarterLine({
  slug,
  quarter,
  yearStart,
  now,
  zone,
  language,
  t,
}: {
  slug: string
  quarter: HomeQuarter | null
  yearStart: number
  now: number
  zone: string
  language: Language
  t: Say
}) {
  const calendar = quarterOf(dayAt(now, zone), yearStart)
  const { day, days, first, last } = calendar
  const name = t('shell.quarter_long', { quarter: calendar.quarter })
  const write = (of: Day) => formatMoment(language, 'day', noonOf(of), { now, zone: 'UTC' })
  const at = (count: number) => `${(((count - 1) / (days - 1)) * 100).toFixed(2)}%`
  const today = at(day)
  const end = day > days * 0.8

  const begin: Station = {
    key: 'begin',
    // A plan that is sealed late lets the line begin late; one sealed early begins with its quarter.
    day: quarter?.sealedOn ? Math.max(1, daysFromTo(quarter.first, quarter.sealedOn) + 1) : 1,
    look: quarter?.sealedOn ? 'begin sealm' : 'begin',
    title: quarter?.sealedOn ? t('shell.quarter_sealed') : t('shell.quarter_begins', { name }),
    under: quarter?.sealedOn ? sayDay(language, quarter.sealedOn, quarter.today) : write(first),
    ...(quarter && { href: `/${slug}/quarters/${quarter.cycle}` }),
  }
  const close = endOf(quarter, { slug, t, language, ends: write(last) })
  const stations = quarter ? marksOf(quarter, { t, language }) : []
  // The end and today keep their words; of what happened, that is shown which finds room on its side.
  const above = [day]
  const below = [begin.day, days]
  const marked = [begin.day, day, days]
  const placed = stations.flatMap((station) => {
    // Two marks that touch are one blot.
    if (marked.some((other) => Math.abs(other - station.day) < days * 0.03)) return []
    marked.push(station.day)
    const free = (side: readonly number[]) =>
      side.every((other) => Math.abs(other - station.day) > days * APART)
    if (free(above)) {
      above.push(station.day)
      return [{ ...station, up: true }]
    }
    // Beside the first and the last station a long title would run into theirs.
    if (!free(below)) return []
    below.push(station.day)
    return [{ ...station, up: false }]
  })
  const months = monthsOf(first, last)
    .map((month) => ({
      day: daysBetween(first, month) + 1,
      name: new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
        month: 'long',
        timeZone: 'UTC',
      }).format(noonOf(month)),
    }))
    .map((month) => ({
      ...month,
      clear: above.every((other) => Math.abs(other - month.day) > days * 0.13),
    }))
  return (
    <ol
      className="qline num"
      aria-label={t('shell.quarter_line', { name, day, days })}
      style={{ '--today': today } as React.CSSProperties}
    >
      <Stop station={begin} at={at(begin.day)} />
      {weeksOf(calendar)
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
          aria-hidden={!month.clear || undefined}
          style={{ '--p': at(month.day) } as React.CSSProperties}
        >
          {month.clear && <span className="opt">{month.name}</span>}
        </li>
      ))}
      {placed.map((station) => (
        <Stop
          key={station.key}
          station={{
            ...station,
            look: `${station.look}${station.up ? ' up' : ''}${station.day > days * 0.75 ? ' back' : ''}`,
          }}
          at={at(station.day)}
        />
      ))}
      <li className={`today up${end ? ' back' : ''}`} style={{ '--p': today } as React.CSSProperties}>
        <span>
          <b>{t('shell.quarter_today', { day })}</b>
        </span>
      </li>
      <Stop station={close} at="100%" />
    </ol>
  )
}

function Stop({ station, at }: { station: Station; at: string }) {
  const { look, title, under, href } = station
  return (
    <li className={look} style={{ '--p': at } as React.CSSProperties}>
      <span>
        <b>{href ? <Link href={href}>{title}</Link> : title}</b>
        {under}
      </span>
    </li>
  )
}

/** The quarter ends with its review: where there is one that is where the line leads. */
function endOf(
  quarter: HomeQuarter | null,
  { slug, t, language, ends }: { slug: string; t: Say; language: Language; ends: string },
): Station {
  const review = quarter?.review
  if (!review) return { key: 'end', day: 0, look: 'wait end', title: t('shell.quarter_ends'), under: ends }
  return {
    key: 'end',
    day: 0,
    look: review.state === 'closed' ? 'end' : 'wait end',
    title: t(`shell.quarter_review_${review.state}`),
    under: review.on === null ? ends : sayDay(language, review.on, quarter.today),
    href: `/${slug}/reviews/${review.id}`,
  }
}

function marksOf(quarter: HomeQuarter, { t, language }: { t: Say; language: Language }): Station[] {
  const seen = new Set<string>()
  return quarter.marks.flatMap((mark): Station[] => {
    const day = daysFromTo(quarter.first, mark.on) + 1
    // What happens on one day is one station.
    if (day < 1 || day > quarter.days || seen.has(`${mark.kind} ${day}`)) return []
    seen.add(`${mark.kind} ${day}`)
    return [{ key: `${mark.kind} ${mark.on}`, day, look: 'm0', ...sayMark(mark, quarter.today, t, language) }]
  })
}

function sayMark(mark: Mark, today: DayText, t: Say, language: Language): Pick<Station, 'title' | 'under'> {
  const on = sayDay(language, mark.on, today)
  if (mark.kind === 'reading') return { title: t('shell.quarter_reading'), under: on }
  if (mark.kind === 'expired')
    return { title: t('shell.quarter_expired'), under: `${shorten(mark.title, 22)}${comma(language)}${on}` }
  const { from, to, name } = mark
  const moved =
    from !== null && to !== null
      ? t('shell.quarter_moved', { from: plainFigure(language, from), to: plainFigure(language, to) })
      : ''
  return {
    title: t('shell.quarter_target'),
    under: [shorten(name, 18), moved, on].filter((part) => part !== '').join(comma(language)),
  }
}

function shorten(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
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
