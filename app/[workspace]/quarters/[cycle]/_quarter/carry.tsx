import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { comma } from '@/lib/domain/comma'
import { cardHref } from '../../../boards/board-href'
import { personNamed, plainDay, shortName } from '../../_quarters/say'
import { CarryChoice } from './carry-choice'
import type { Given } from './given'

/** What becomes of unfinished work when the quarter closes, one by one. */
export function Carry({ it, more, t, language, workspace }: Given) {
  const open = it.unfinished.filter(({ carry }) => carry === null).length
  return (
    <section aria-labelledby="carry">
      <h2 id="carry">
        {t('quarters.carry')} <small className="num">{it.unfinished.length}</small>
      </h2>
      {it.unfinished.length === 0 ? (
        <p className="quiet">{t('quarters.carry_none')}</p>
      ) : (
        <>
          <p className="quiet">
            {t('quarters.carry_lead')} {t('quarters.carry_open', { n: open })}
          </p>
          <ul className="carry">
            {it.unfinished.map((work) => {
              const board = more.boards.find(({ boardId }) => boardId === work.boardId)
              return (
                <li key={work.id} data-dept={board?.kind ?? 'other'}>
                  <div className="what">
                    {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
                    <div>
                      {board ? (
                        <Link href={cardHref(it.slug, board, work.id)}>{work.title}</Link>
                      ) : (
                        work.title
                      )}
                      <small className="num">
                        {[
                          personNamed(it.people, work.ownerId, t),
                          work.due ? plainDay(language, work.due) : t('quarters.no_day'),
                          work.cycle !== null && work.cycle !== it.cycle
                            ? t('quarters.carry_from', { cycle: shortName(work.cycle, t) })
                            : '',
                        ]
                          .filter((part) => part !== '')
                          .join(comma(language))}
                      </small>
                    </div>
                  </div>
                  {work.mayCarry ? (
                    <CarryChoice
                      // Somebody else's word draws the row anew.
                      key={`${work.carry?.fate} ${work.carry?.reason}`}
                      workspace={workspace}
                      cycle={it.cycle}
                      activityId={work.id}
                      title={work.title}
                      fate={work.carry?.fate ?? null}
                      reason={work.carry?.reason ?? null}
                      by={work.carry ? personNamed(it.people, work.carry.by, t) : null}
                    />
                  ) : (
                    <p className="quiet">
                      {work.carry ? t(`quarters.fate_${work.carry.fate}`) : t('quarters.carry_waits')}
                      {work.carry?.reason && <q>{work.carry.reason}</q>}
                    </p>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </section>
  )
}
