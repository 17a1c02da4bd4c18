'use client'
import { useRef } from 'react'
import { formatList } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import { AvatarStack } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { toast } from '@/app/_ui/toast'
import { cardHref } from '@/app/[workspace]/boards/board-href'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import { type Option, Pick } from './pick'
import { usePanel } from './use-panel'

const nobody: readonly { readonly userId: string; readonly name: string }[] = []

/** Where it lies, who else looks at it, and what can be done with it as a whole. */
export function Head({ close }: { close: () => void }) {
  const t = useWords()
  const board = useBoardStore()
  const { data, names, acts, mayEdit } = usePanel()
  const { activity, may, me, columns, boards, slug } = data
  const looking = useBoardPart((state) => state.looking.get(activity.id) ?? nobody).filter(
    ({ userId }) => userId !== me.userId,
  )
  const mover = useRef<{ open(): void }>(null)
  const watches = data.hears
  const mayMove = mayEdit && may.move
  const where = t('activity.where', {
    board: names.department(data.board),
    column: names.column(activity.columnId),
  })

  const places: Option[] = boards.flatMap((one) =>
    columns
      .filter(({ boardId }) => boardId === one.boardId)
      .map((column) => ({
        id: column.id,
        name: names.column(column.id),
        group: names.department(one),
        words: names.department(one),
        sub: t(`activity.phase_${column.phase}`),
      })),
  )
  const move = (columnId: string | null) => {
    const to = columns.find(({ id }) => id === columnId)
    if (!to || to.id === activity.columnId) return
    // Between no two cards: at the end of the column.
    void board.move(activity.id, { columnId: to.id, boardId: to.boardId, after: null, before: null })
  }
  const copyLink = async () => {
    const link = `${location.origin}${cardHref(slug, data.board, activity.id)}`
    try {
      await navigator.clipboard.writeText(link)
      toast({ text: t('activity.link_copied') })
    } catch {
      // Plain http on a company's network has no clipboard: the address is shown to be copied by hand.
      toast({ text: link })
    }
  }
  return (
    <header>
      <DepartmentMark kind={data.board.kind} name={data.board.name} language={names.language} />
      {mayMove ? (
        <Pick
          ref={mover}
          label={t('activity.move_to')}
          trigger={
            <>
              {where}
              <Icon name="down" />
            </>
          }
          options={places}
          chosen={[activity.columnId]}
          onPick={move}
        />
      ) : (
        <span>{where}</span>
      )}
      <span className="grow" />
      {looking.length > 0 && (
        <AvatarStack
          people={looking.map(({ userId, name }) => ({ id: userId, name, here: true }))}
          size="sm"
          label={t('activity.looking', {
            names: formatList(
              names.language,
              looking.map(({ name }) => name),
            ),
          })}
        />
      )}
      <Menu
        label={t('activity.more')}
        trigger={<Icon name="dots" />}
        look="plain"
        size="sm"
        icon
        align="end"
        width={230}
      >
        {mayMove && (
          // After the menu has given the focus back.
          <MenuItem onSelect={() => setTimeout(() => mover.current?.open())}>
            {t('activity.move_to')}
          </MenuItem>
        )}
        {may.edit && (
          <MenuItem onSelect={() => void board.duplicate(activity.id)}>{t('activity.duplicate')}</MenuItem>
        )}
        {may.comment && (
          <MenuItem onSelect={() => void acts.watch(!watches)}>
            {t(watches ? 'activity.unwatch' : 'activity.watch')}
          </MenuItem>
        )}
        <MenuItem onSelect={() => void copyLink()}>{t('activity.copy_link')}</MenuItem>
        {may.edit && <MenuRule />}
        {may.edit && activity.status === 'active' && (
          <MenuItem onSelect={() => void board.settle([activity.id], 'archived')}>
            {t('activity.archive')}
          </MenuItem>
        )}
        {may.edit && activity.status !== 'trashed' && (
          <MenuItem danger onSelect={() => void board.settle([activity.id], 'trashed')}>
            {t('activity.trash')}
          </MenuItem>
        )}
        {may.edit && activity.status !== 'active' && (
          <MenuItem onSelect={() => void board.settle([activity.id], 'active')}>
            {t('activity.restore')}
          </MenuItem>
        )}
      </Menu>
      <Button
        size="sm"
        look="plain"
        icon
        aria-label={t('activity.close')}
        title={t('activity.close')}
        onClick={close}
      >
        <Icon name="x" />
      </Button>
    </header>
  )
}
