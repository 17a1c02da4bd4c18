import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { type DayText, daysFromTo } from '@/lib/domain/day-text'
import type { MyCard } from '@/lib/queries/my-work'
import { boardHref } from '../../boards/board-href'
import { boardOf, columnName, departmentOf, type Given } from './given'
import { MoveOn } from './move-on'
import { sayDay } from './say-day'

/** Activities, one line each: where they lie, when they are due, and one step on. */
export function Cards({
  id,
  title,
  lead,
  cards,
  ...given
}: Given & { id: string; title: string; lead?: string; cards: readonly MyCard[] }) {
  if (cards.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <small className="num">{cards.length}</small>
      </h2>
      {lead && <p className="lead">{lead}</p>}
      <ul className="mine">
        {cards.map((card) => (
          <Line key={card.id} card={card} {...given} />
        ))}
      </ul>
    </section>
  )
}

function Line({ card, ...given }: Given & { card: MyCard }) {
  const { t, language, work, workspace } = given
  const board = boardOf(given, card.boardId)
  if (!board) return null
  return (
    <li data-dept={board.kind ?? 'other'}>
      <DepartmentMark kind={board.kind} name={board.name} language={language} />
      <div className="what">
        <Link href={`${boardHref(work.slug, board)}?card=${card.id}`}>{card.title}</Link>
        <span className="where">
          {departmentOf(given, card.boardId)}, {columnName(card.column, t)}
          {card.mine === 'helper' && <span>{t('work.as_helper')}</span>}
          {card.checks.of > 0 && (
            <span className="num">{t('work.steps', { done: card.checks.done, of: card.checks.of })}</span>
          )}
          {card.halt && <span className="halt">{t(`work.halt_${card.halt}`)}</span>}
        </span>
      </div>
      <span className={card.late ? 'day num late' : 'day num'}>
        {card.due === null ? (
          <span className="quiet">{t('work.no_due')}</span>
        ) : (
          <time dateTime={card.due} title={sayDay(language, card.due, work.today)}>
            {sayDue(card.due, card.late, given)}
          </time>
        )}
      </span>
      {card.next ? (
        <MoveOn
          workspace={workspace}
          activityId={card.id}
          title={card.title}
          column={{ id: card.next.id, name: columnName(card.next, t) }}
        />
      ) : (
        <span />
      )}
    </li>
  )
}

function sayDue(due: DayText, late: boolean, { t, language, work }: Given): string {
  const days = daysFromTo(work.today, due)
  if (days === 0) return t('work.today')
  if (late && days < 0) return t('work.days_late', { days: -days })
  if (days === 1) return t('work.tomorrow')
  return sayDay(language, due, work.today)
}
