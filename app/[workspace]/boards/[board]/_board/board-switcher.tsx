'use client'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { boardHref } from '../../board-href'
import { boardTitle } from './names'
import { useBoardPart } from './use-board'

/** The boards in the order of the chain. */
export function BoardSwitcher() {
  const t = useWords()
  const language = useLanguage()
  const boards = useBoardPart((state) => state.boards)
  const here = useBoardPart((state) => state.board.boardId)
  const slug = useBoardPart((state) => state.slug)
  return (
    <nav className="bar depts" aria-label={t('boards.departments')}>
      {boards.map((board) => (
        <Link
          key={board.boardId}
          href={boardHref(slug, board)}
          data-dept={board.kind ?? 'other'}
          aria-current={board.boardId === here ? 'page' : undefined}
        >
          <DepartmentMark kind={board.kind} name={board.name} language={language} />
          {boardTitle(t, board)}
        </Link>
      ))}
      <span className="grow" />
      <Link href={`/${slug}/boards`}>{t('boards.all')}</Link>
    </nav>
  )
}
