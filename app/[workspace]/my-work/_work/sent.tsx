import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { BoardRequest } from '@/lib/domain/board-request'
import { boardHref } from '../../boards/board-href'
import { boardOf, departmentOf, type Given, personName } from './given'
import { Withdraw } from './withdraw'

/** What became of what one asked of others. */
export function Sent(given: Given) {
  const { work, workspace, t, language } = given
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{t('work.sent')}</h2>
      <ul className="asked">
        {work.sent.map((request) => {
          const board = boardOf(given, request.boardId)
          return (
            board && (
              <li key={request.id} data-dept={board.kind ?? 'other'}>
                <DepartmentMark kind={board.kind} name={board.name} language={language} />
                <div className="what">
                  <b>{request.title}</b>
                  <span className="where">
                    {t('work.sent_to', { department: departmentOf(given, request.boardId) })}
                    <Became request={request} {...given} />
                  </span>
                </div>
                {request.answer.state === 'open' ? (
                  <Withdraw workspace={workspace} requestId={request.id} title={request.title} />
                ) : request.answer.state === 'accepted' ? (
                  <Link href={`${boardHref(work.slug, board)}?card=${request.answer.activityId}`}>
                    {t('work.see_activity')}
                  </Link>
                ) : (
                  <span />
                )}
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}

function Became({ request: { answer }, ...given }: Given & { request: BoardRequest }) {
  const { t } = given
  switch (answer.state) {
    case 'open':
      return <Badge>{t('work.sent_open')}</Badge>
    case 'accepted':
      return <Badge state="good">{t('work.sent_accepted', { name: personName(given, answer.by) })}</Badge>
    case 'declined':
      return (
        <>
          <Badge state="off">{t('work.sent_declined', { name: personName(given, answer.by) })}</Badge>
          <q>{answer.reason}</q>
        </>
      )
    case 'withdrawn':
      return <Badge>{t('work.sent_withdrawn')}</Badge>
  }
}
