'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { keys } from '@/app/_ui/keys'
import type { Someone } from './people'
import { useRoom } from './room'

/** The points with their minutes, those marked that nobody put there, and who is in the room. */
export function Agenda({
  people,
  participants,
  prepared,
  here,
  leadId,
  foot,
}: {
  people: readonly Someone[]
  participants: readonly string[]
  prepared: readonly string[]
  here: ReadonlySet<string>
  leadId: string | null
  foot: ReactNode
}) {
  const t = useWords()
  const { points, at, led, go, meeting } = useRoom()
  const now = points.indexOf(led)
  const walk = (by: number) => (event: React.KeyboardEvent) => {
    const links = [...(event.currentTarget.querySelectorAll<HTMLElement>('a') ?? [])]
    const next = links[links.indexOf(document.activeElement as HTMLElement) + by]
    next?.focus()
    event.stopPropagation()
  }
  const listed = [
    ...people.filter(({ id }) => participants.includes(id)),
    ...people.filter(({ id }) => here.has(id) && !participants.includes(id)),
  ]
  const saying = (id: string) => {
    if (meeting.presenterId === id) return t('reviews.ui_leads')
    if (here.has(id)) return leadId === id ? t('reviews.ui_prepared_it') : ''
    return prepared.includes(id) ? t('reviews.ui_sent_notes') : t('reviews.ui_away')
  }
  return (
    <nav className="agenda" aria-label={t('reviews.ui_agenda')}>
      <h2>{t('reviews.ui_agenda_minutes', { n: points.reduce((sum, { minutes }) => sum + minutes, 0) })}</h2>
      <ol onKeyDown={keys<React.KeyboardEvent>({ ArrowDown: walk(1), ArrowUp: walk(-1) })}>
        {points.map((point, i) => (
          <li
            key={point.key}
            className={[point === at ? 'now' : i < now ? 'past' : '', point === led ? 'led' : '']
              .join(' ')
              .trim()}
          >
            <a
              href={`?at=${encodeURIComponent(point.key)}`}
              aria-current={point === at ? 'step' : undefined}
              onClick={(event) => {
                event.preventDefault()
                go(point.key)
              }}
            >
              <span>{point.label}</span>
              {point.auto && <em>{t('reviews.ui_auto')}</em>}
            </a>
            <small>{point.minutes}</small>
          </li>
        ))}
      </ol>
      <div className="people">
        <h2>{t('reviews.ui_in_room')}</h2>
        <ul>
          {listed.map(({ id, userId, name, image }) => (
            <li key={id} className={here.has(id) ? 'p' : 'p quiet'}>
              <Avatar id={userId} name={name} image={image} size="sm" />
              <span className="grow">{name}</span>
              <em>{saying(id)}</em>
            </li>
          ))}
        </ul>
        {foot}
      </div>
    </nav>
  )
}
