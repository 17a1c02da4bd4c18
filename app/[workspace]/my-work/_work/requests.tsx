import { DepartmentMark } from '@/app/_ui/department-mark'
import { AnswerRequest } from '../../boards/[board]/_tray/answers'
import { boardOf, columnName, departmentOf, type Given, personName } from './given'
import { sayDay } from './say-day'

/** What other departments ask of the reader's: answered right here. */
export function Requests(given: Given) {
  const { work, workspace, t, language } = given
  if (work.requests.length === 0) return null
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">
        {t('work.requests')} <small className="num">{work.requests.length}</small>
      </h2>
      <ul className="asked">
        {work.requests.map((request) => {
          const board = boardOf(given, request.boardId)
          return (
            board && (
              <li key={request.id} data-dept={board.kind ?? 'other'}>
                <DepartmentMark kind={board.kind} name={board.name} language={language} />
                <div className="what">
                  <b>{request.title}</b>
                  {request.text !== '' && <p>{request.text}</p>}
                  <span className="where">
                    {t('work.asked_by', {
                      name: personName(given, request.from),
                      department: departmentOf(given, request.boardId),
                    })}
                    {request.due && (
                      <span>{t('work.wanted', { day: sayDay(language, request.due, work.today) })}</span>
                    )}
                  </span>
                </div>
                <AnswerRequest
                  workspace={workspace}
                  request={{ id: request.id, title: request.title }}
                  columns={work.columns
                    .filter(({ boardId, phase }) => boardId === request.boardId && phase !== 'act')
                    .map((column) => ({ id: column.id, name: columnName(column, t) }))}
                />
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
