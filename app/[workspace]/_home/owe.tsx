import type { Say } from '@/app/_i18n/say'
import { LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import type { PersonAtHome } from '@/lib/queries/home'
import type { MyWork } from '@/lib/queries/my-work'
import { boardHref } from '../boards/board-href'
import { sayDay } from '../my-work/_work/say-day'

/** As many as one takes in at a glance. */
const SHOWN = 5

/** What waits for whoever reads it: answers others wait for first, then what is late or due. */
export function Owe({
  work,
  people,
  t,
  language,
}: {
  work: MyWork
  people: readonly PersonAtHome[]
  t: Say
  language: Language
}) {
  const { slug, requests, handOffs, due, today } = work
  const all = requests.length + handOffs.length + due.length
  if (all === 0) return null
  const mine = `/${slug}/my-work`
  const department = (boardId: string) => {
    const board = work.boards.find((one) => one.boardId === boardId)
    return board?.name ?? (board?.kind ? t(`common.department_${board.kind}`) : '')
  }
  const lines = [
    ...requests.map(({ id, title, from, boardId }) => ({
      id,
      title,
      late: false,
      about: t('shell.home_owe_request', {
        name: people.find(({ memberId }) => memberId === from)?.name ?? '',
        department: department(boardId),
      }),
      href: `${mine}#requests`,
      act: t('shell.home_answer'),
    })),
    ...handOffs.map(({ id, title, fromBoardId }) => ({
      id,
      title,
      late: false,
      about: t('shell.home_owe_hand_off', { department: department(fromBoardId) }),
      href: `${mine}#hand-offs`,
      act: t('shell.home_answer'),
    })),
    ...due.map((card) => {
      const board = work.boards.find(({ boardId }) => boardId === card.boardId)
      return {
        id: card.id,
        title: card.title,
        late: card.late,
        about: sayDue(card.due, today, t, language),
        href: board ? `${boardHref(slug, board)}?card=${card.id}` : mine,
        act: t('shell.home_open'),
      }
    }),
  ].slice(0, SHOWN)
  return (
    <section>
      <h2>
        {t('shell.home_owe')} <small className="num">{all}</small>
      </h2>
      <ul className="owe">
        {lines.map(({ id, title, about, late, href, act }) => (
          <li key={id}>
            <div>
              <b>{title}</b>
              <small className={late ? 'late' : undefined}>{about}</small>
            </div>
            <LinkButton size="sm" href={href} aria-label={`${act}: ${title}`}>
              {act}
            </LinkButton>
          </li>
        ))}
      </ul>
      <p className="more">
        <Link href={mine}>{t('shell.home_owe_all')}</Link>
      </p>
    </section>
  )
}

function sayDue(due: DayText | null, today: DayText, t: Say, language: Language): string {
  if (due === null) return ''
  const days = daysFromTo(today, due)
  if (days < 0) return t('shell.home_owe_late', { days: -days })
  return days === 0
    ? t('shell.home_owe_today')
    : t('shell.home_owe_due', { day: sayDay(language, due, today) })
}
