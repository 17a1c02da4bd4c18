import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { AnswerHandOff } from '../../boards/[board]/_tray/answers'
import { boardHref } from '../../boards/board-href'
import { boardOf, departmentOf, type Given } from './given'
import { sayDay } from './say-day'

/** What other departments hand over to the reader's, and wait to see taken. */
export function HandOffs(given: Given) {
  const { work, workspace, t, language } = given
  if (work.handOffs.length === 0) return null
  return (
    <section aria-labelledby="hand-offs">
      <h2 id="hand-offs">
        {t('work.hand_offs')} <small className="num">{work.handOffs.length}</small>
      </h2>
      <ul className="asked">
        {work.handOffs.map((handOff) => {
          const from = boardOf(given, handOff.fromBoardId)
          return (
            <li key={handOff.id} data-dept={from?.kind ?? 'other'}>
              {from ? (
                <DepartmentMark kind={from.kind} name={from.name} language={language} />
              ) : (
                <span aria-hidden="true" />
              )}
              <div className="what">
                <b>{handOff.title}</b>
                <span className="where">
                  {t('work.handed', {
                    from: departmentOf(given, handOff.fromBoardId),
                    to: departmentOf(given, handOff.toBoardId),
                  })}
                  {from && (
                    <Link href={`${boardHref(work.slug, from)}?card=${handOff.fromActivityId}`}>
                      {handOff.fromTitle}
                    </Link>
                  )}
                  {handOff.due && (
                    <span>{t('work.wanted', { day: sayDay(language, handOff.due, work.today) })}</span>
                  )}
                </span>
              </div>
              <AnswerHandOff
                workspace={workspace}
                handOff={{ id: handOff.id, title: handOff.title, revision: handOff.revision }}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
