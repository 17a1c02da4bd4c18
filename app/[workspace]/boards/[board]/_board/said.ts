import type { Say } from '@/app/_i18n/say'
import type { Toast } from '@/app/_ui/toast'
import { openTray } from '../_tray/tray-ui'
import type { BoardStore, Told } from './board-store'
import { boardTitle, columnName } from './names'

/** What the store has to tell, as a sentence, with its way back. */
export function sayTold(t: Say, told: Told, store: BoardStore): Toast {
  if (told.kind === 'refused')
    return {
      text: told.message === null ? t('boards.no_answer') : t('boards.refused', { why: told.message }),
      // The nearest act that is allowed.
      ...(told.code === 'not_allowed' &&
        store.state().may.request && {
          action: { label: t('tray.ui_send'), run: () => openTray('request') },
        }),
    }
  const { undo } = told
  return { text: sentence(t, told), ...(undo && { undo: () => store.undo(undo) }) }
}

/** Said to whoever may not move the cards of this board, with what they may do instead. */
export function sayWhoMoves(t: Say, store: BoardStore): Toast {
  const { board, may } = store.state()
  const text = board.archived
    ? t('boards.archived')
    : t(may.request ? 'boards.they_move' : 'boards.they_move_read', { department: boardTitle(t, board) })
  return { text, ...asking(t, store) }
}

function asking(t: Say, store: BoardStore): Pick<Toast, 'action'> {
  const { may } = store.state()
  return may.request ? { action: { label: t('boards.send_request'), run: () => openTray('request') } } : {}
}

function sentence(t: Say, told: Extract<Told, { kind: 'done' }>): string {
  const { deed, n, column } = told
  const title = told.title ?? ''
  switch (deed) {
    case 'moved':
      return column
        ? t('boards.done_moved_to', { n, title, column: columnName(t, column) })
        : t('boards.done_moved', { n, title })
    case 'created':
      return t('boards.done_created', { title })
    case 'duplicated':
      return t('boards.done_duplicated', { title })
    case 'edited':
      return t('boards.done_edited', { n, title })
    case 'archived':
      return t('boards.done_archived', { n, title })
    case 'trashed':
      return t('boards.done_trashed', { n, title })
    case 'restored':
      return t('boards.done_restored', { n, title })
    case 'column':
      return t('boards.done_column')
    case 'label':
      return t('boards.done_label')
    case 'recurring':
      return t('boards.done_recurring')
    case 'undone':
      return t('boards.done_undone')
  }
}
