import type { Say } from '@/app/_i18n/say'
import { LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { departmentName, reviewName } from '@/lib/i18n/say-told'
import type { Duties } from '@/lib/queries/duties'
import type { PersonAtHome } from '@/lib/queries/home'
import type { MyWork } from '@/lib/queries/my-work'
import { boardHref } from '../boards/board-href'
import { sayDay } from '../my-work/_work/say-day'

/** As many as one takes in at a glance. */
const SHOWN = 6

interface Line {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly late?: boolean
  readonly href: string
  readonly act: string
}

interface Given {
  readonly work: MyWork
  readonly duties: Duties
  readonly people: readonly PersonAtHome[]
  readonly t: Say
  readonly language: Language
}

/**
 * What waits for whoever reads it: a review that runs, words that others wait for, numbers for the review, then what is
 * late or due.
 */
export function Owe(given: Given) {
  const { work, duties, t } = given
  const lines = linesOf(given)
  const mine = `/${work.slug}/my-work`
  return (
    <section>
      <h2>
        {t('shell.home_owe')} {lines.length > 0 && <small className="num">{lines.length}</small>}
      </h2>
      <ul className="owe">
        {lines.slice(0, SHOWN).map(({ id, title, about, late, href, act }) => (
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
        {duties.unanswered > 0 && (
          <Link href={`/${work.slug}/coherence`}>
            {t('shell.home_owe_unanswered', { n: duties.unanswered })}
          </Link>
        )}
      </p>
    </section>
  )
}

/** Whether anything waits. */
export function owes(given: Given): boolean {
  return linesOf(given).length + given.duties.unanswered > 0
}

function linesOf({ work, duties, people, t, language }: Given): Line[] {
  const { slug, requests, handOffs, due, today } = work
  const mine = `/${slug}/my-work`
  const department = (boardId: string) => {
    const board = work.boards.find((one) => one.boardId === boardId)
    return board ? departmentName(t, board) : ''
  }
  const departmentOf = (departmentId: string | null) =>
    departmentId === null ? null : (work.boards.find((one) => one.departmentId === departmentId) ?? null)
  const review = (one: Duties['toRun'][number]) =>
    reviewName(t, { cycle: one.cycle, department: departmentOf(one.departmentId) })
  const on = (day: DayText | null) =>
    day === null ? t('shell.home_owe_no_day') : sayDue(day, today, t, language)
  return [
    ...duties.toRun.map((one) => ({
      id: `run ${one.id}`,
      title: t(one.state === 'running' ? 'shell.home_owe_running' : 'shell.home_owe_run', {
        review: review(one),
      }),
      about: on(one.heldOn),
      late: one.state === 'preparing' && one.heldOn !== null && one.heldOn < today,
      href: `/${slug}/reviews/${one.id}`,
      act: t('shell.home_open'),
    })),
    ...duties.questions.map(({ activityId, title, board, now }) => ({
      id: `ask ${activityId}`,
      title: t('shell.home_owe_right', { title }),
      about: t('shell.home_owe_moved', { words: now }),
      href: `${boardHref(slug, board)}?card=${activityId}`,
      act: t('shell.home_answer'),
    })),
    ...(duties.checkIn
      ? [
          {
            id: 'check-in',
            title: t('shell.home_owe_check', { n: duties.checkIn.missing.length }),
            about: duties.checkIn.missing.join(t('shell.home_owe_and')),
            href: `/${slug}/check-in`,
            act: t('shell.home_check'),
          },
        ]
      : []),
    ...duties.toPrepare.map((one) => ({
      id: `prepare ${one.id}`,
      title: t('shell.home_owe_prepare', { review: review(one) }),
      about: on(one.heldOn),
      late: one.heldOn !== null && one.heldOn < today,
      href: `/${slug}/reviews/${one.id}`,
      act: t('shell.home_prepare'),
    })),
    ...requests.map(({ id, title, from, boardId }) => ({
      id,
      title,
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
      about: t('shell.home_owe_hand_off', { department: department(fromBoardId) }),
      href: `${mine}#hand-offs`,
      act: t('shell.home_answer'),
    })),
    ...duties.toFollow.map(({ id, title, due, cycle }) => ({
      id,
      title: t('shell.home_owe_decision', { title }),
      about:
        due === null
          ? t('shell.home_owe_decided', { quarter: Number(cycle.slice(6)) })
          : sayDue(due, today, t, language),
      late: due !== null && due < today,
      href: `${mine}#decisions`,
      act: t('shell.home_open'),
    })),
    ...due.map((card) => {
      const board = work.boards.find(({ boardId }) => boardId === card.boardId)
      return {
        id: card.id,
        title: card.title,
        late: card.late,
        about: card.due === null ? '' : sayDue(card.due, today, t, language),
        href: board ? `${boardHref(slug, board)}?card=${card.id}` : mine,
        act: t('shell.home_open'),
      }
    }),
  ]
}

function sayDue(due: DayText, today: DayText, t: Say, language: Language): string {
  const days = daysFromTo(today, due)
  if (days < 0) return t('shell.home_owe_late', { days: -days })
  return days === 0
    ? t('shell.home_owe_today')
    : t('shell.home_owe_due', { day: sayDay(language, due, today) })
}
