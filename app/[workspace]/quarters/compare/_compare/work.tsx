import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { ActivityMove, ActivitySide, ComparedActivity } from '@/lib/domain/quarter-compare'
import { cardHref } from '../../../boards/board-href'
import { departmentNamed, personNamed, plainDay } from '../../_quarters/say'
import type { Compared } from './given'

/** What appeared, what went on otherwise or as it was, what ended. */
export function Work(given: Compared) {
  const { it, t } = given
  const { appeared, stayed, ended } = it.comparison
  return (
    <section aria-labelledby="work">
      <h2 id="work">{t('quarters.work')}</h2>
      <div className="work">
        <div>
          <h3>
            {t('quarters.ended')} <small className="num">{ended.length}</small>
          </h3>
          {ended.length === 0 && <p className="quiet">{t('quarters.ended_none')}</p>}
          <ul>
            {ended.map((one) => (
              <li key={one.id}>
                <What {...given} one={one} />
                {one.before && <Became {...given} side={one.before} />}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>
            {t('quarters.stayed')} <small className="num">{stayed.length}</small>
          </h3>
          {stayed.length === 0 && <p className="quiet">{t('quarters.stayed_none')}</p>}
          <ul>
            {stayed.map((one) => (
              <li key={one.id}>
                <What {...given} one={one} />
                {one.moves.map((move) => (
                  <small key={move.field}>{sayMove(move, given)}</small>
                ))}
                {one.moves.length === 0 && <small>{t('quarters.moved_nothing')}</small>}
                {one.before?.result?.reason && <small>“{one.before.result.reason}”</small>}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>
            {t('quarters.appeared')} <small className="num">{appeared.length}</small>
          </h3>
          {appeared.length === 0 && <p className="quiet">{t('quarters.appeared_none')}</p>}
          <ul>
            {appeared.map((one) => (
              <li key={one.id}>
                <What {...given} one={one} />
                {one.after && <Became {...given} side={one.after} />}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}

function What({ one, it, language }: Compared & { one: ComparedActivity }) {
  const side = one.after ?? one.before
  const board = it.boards.find(({ departmentId }) => departmentId === side?.departmentId)
  return (
    <p className="what" data-dept={board?.kind ?? 'other'}>
      {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
      {board ? <Link href={cardHref(it.slug, board, one.id)}>{side?.title}</Link> : side?.title}
    </p>
  )
}

function Became({ side, t }: Compared & { side: ActivitySide }) {
  const { result, dropped } = side
  if (dropped) return <Badge state="off">{t('quarters.outcome_dropped')}</Badge>
  if (!result) return null
  return (
    <>
      <Badge state={result.outcome === 'done' ? 'good' : result.outcome === 'stopped' ? 'off' : 'none'}>
        {t(`quarters.outcome_${result.outcome}`)}
      </Badge>
      {result.reason && <small>“{result.reason}”</small>}
    </>
  )
}

function sayMove({ field, from, to }: ActivityMove, { it, t, language }: Compared): string {
  const say = (value: string | number | null): string => {
    if (field === 'departmentId') return departmentNamed(it.boards, `${value}`, t)
    if (field === 'ownerId') return personNamed(it.people, value === null ? null : `${value}`, t)
    if (value === null) return '…'
    return field === 'due' ? plainDay(language, `${value}`) : `${value}`
  }
  return t(`quarters.moved_${field}`, { from: say(from), to: say(to) })
}
