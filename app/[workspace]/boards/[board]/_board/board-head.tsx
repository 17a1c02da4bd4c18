'use client'
import { formatList } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { TrayButton } from '../_tray/tray'
import { BoardMenu } from './board-menu'
import { useFacts } from './facts'
import { boardTitle } from './names'
import { useBoardPart } from './use-board'
import { useUi } from './use-ui'

/** Whose board it is, who may change it, and what the strategy asks of the department. */
export function BoardHead() {
  const t = useWords()
  const language = useLanguage()
  const board = useBoardPart((state) => state.board)
  const people = useBoardPart((state) => state.people)
  const leads = useBoardPart((state) => state.leads)
  const may = useBoardPart((state) => state.may)
  const intent = useBoardPart((state) => state.intent)
  const strategyId = useBoardPart((state) => state.strategyId)
  const slug = useBoardPart((state) => state.slug)
  const title = boardTitle(t, board)
  const names = people.filter(({ id }) => leads.includes(id)).map(({ name }) => name)
  return (
    <>
      <div className="bhead">
        <h1>
          <DepartmentMark kind={board.kind} name={board.name} language={language} size="lg" />
          {title}
        </h1>
        <p>
          {names.length > 0
            ? t('boards.owned', { names: formatList(language, names), n: names.length })
            : t('boards.owned_by_nobody')}
          {/* Chinese sentences stand close. */}
          {language === 'zh' ? '' : ' '}
          {board.archived
            ? t('boards.archived')
            : may.move
              ? t('boards.you_move', { department: title })
              : t(may.request ? 'boards.they_move' : 'boards.they_move_read', { department: title })}
        </p>
        <BoardActs />
      </div>
      {intent && strategyId && (
        <p className="board-intent">
          <Link href={`/${slug}/strategy/${strategyId}#${intent.itemId}`}>{intent.text}</Link>
        </p>
      )}
    </>
  )
}

function BoardActs() {
  const { t, may } = useFacts()
  const ui = useUi()
  const first = useBoardPart((state) => state.columns[0]?.id)
  return (
    <span className="row">
      <TrayButton />
      <BoardMenu />
      {may.create && first && (
        <Button look="ink" onClick={() => ui.set({ adding: first })}>
          <Icon name="plus" />
          {t('boards.activity')}
        </Button>
      )}
    </span>
  )
}
