'use client'
import { formatMoment } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Empty } from '@/app/_ui/empty'
import { sayDay } from '../../../my-work/_work/say-day'
import { boardTitle, columnName } from '../_board/names'
import { useBoard } from '../_board/use-board'
import { AnswerHandOff, AnswerRequest } from './answers'

/** What others ask of this department, oldest first: each is accepted into a column or declined with a sentence. */
export function TrayList() {
  const t = useWords()
  const language = useLanguage()
  const { slug, board, boards, requests, handOffs, people, columns, neighbours, cards, today } = useBoard()
  const offered = handOffs.filter(
    ({ toBoardId, state }) => toBoardId === board.boardId && state === 'offered',
  )
  const open = columns.filter(({ phase, removed }) => phase !== 'act' && !removed)
  if (requests.length + offered.length === 0)
    return (
      <Empty title={t('tray.ui_empty')}>
        {t('tray.ui_empty_text', { department: boardTitle(t, board) })}
      </Empty>
    )
  return (
    <ul className="tray-list">
      {requests.map((request) => {
        const from = people.find(({ id }) => id === request.from)
        return (
          <li key={request.id}>
            {from ? (
              <Avatar id={from.userId} name={from.name} image={from.image} />
            ) : (
              <span className="av" aria-hidden="true" />
            )}
            <div className="what">
              <b>{request.title}</b>
              {request.text !== '' && <p>{request.text}</p>}
              <small>
                {t('tray.ui_asked', {
                  name: from?.name ?? t('tray.ui_somebody'),
                  day: formatMoment(language, 'day', new Date(request.at).getTime(), {
                    now: Date.now(),
                    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
                  }),
                })}
                {request.due && (
                  <span>{t('tray.ui_wanted', { day: sayDay(language, request.due, today) })}</span>
                )}
              </small>
              <AnswerRequest
                workspace={slug}
                request={{ id: request.id, title: request.title }}
                columns={open.map((column) => ({ id: column.id, name: columnName(t, column) }))}
              />
            </div>
          </li>
        )
      })}
      {offered.map((handOff) => {
        const near = neighbours.find(({ id }) => id === handOff.fromActivityId)
        const giver = boards.find(({ boardId }) => boardId === (near?.boardId ?? board.boardId))
        return (
          <li key={handOff.id} data-dept={giver?.kind ?? 'other'}>
            {giver ? (
              <DepartmentMark kind={giver.kind} name={giver.name} language={language} />
            ) : (
              <span className="av" aria-hidden="true" />
            )}
            <div className="what">
              <b>{handOff.title}</b>
              <small>
                {t('tray.ui_handed', {
                  department: giver ? boardTitle(t, giver) : '',
                  title: near?.title ?? cards.get(handOff.fromActivityId)?.title ?? '',
                })}
                {handOff.due && (
                  <span>{t('tray.ui_wanted', { day: sayDay(language, handOff.due, today) })}</span>
                )}
              </small>
              <AnswerHandOff
                workspace={slug}
                handOff={{ id: handOff.id, title: handOff.title, revision: handOff.revision }}
              />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
