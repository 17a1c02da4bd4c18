'use client'
import type { Panel } from '@/app/_ui/menu'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
import { type Column, phases } from '@/lib/domain/column'
import type { ColumnAsk } from './column-menu'
import { useFacts } from './facts'
import { useBoard, useBoardStore } from './use-board'
import { useUi } from './use-ui'

/** What a column's menu holds. */
export function ColumnMenuPanel({
  column,
  ask,
  ...panel
}: Panel & { readonly column: Column; readonly ask: (what: ColumnAsk) => void }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const ui = useUi()
  const { columns } = useBoard()
  const at = columns.findIndex(({ id }) => id === column.id)
  return (
    <MenuPanel {...panel}>
      <MenuItem hint="F2" onSelect={() => ui.set({ renaming: column.id })}>
        {t('boards.column_rename')}
      </MenuItem>
      <MenuItem onSelect={() => ask('limit')}>{t('boards.column_limit')}</MenuItem>
      <MenuCap>{t('boards.column_phase')}</MenuCap>
      {phases.map((phase) => (
        <MenuItem
          key={phase}
          checked={phase === column.phase}
          onSelect={() => phase !== column.phase && store.column({ do: 'set', columnId: column.id, phase })}
        >
          {t(`boards.phase_${phase}`)}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem
        disabled={at <= 0}
        onSelect={() => store.column({ do: 'move', columnId: column.id, after: columns[at - 2]?.id ?? null })}
      >
        {t('boards.column_left')}
      </MenuItem>
      <MenuItem
        disabled={at === columns.length - 1}
        onSelect={() => store.column({ do: 'move', columnId: column.id, after: columns[at + 1]?.id ?? null })}
      >
        {t('boards.column_right')}
      </MenuItem>
      <MenuItem onSelect={() => ask('add')}>{t('boards.column_add')}</MenuItem>
      <MenuRule />
      <MenuItem danger disabled={columns.length === 1} onSelect={() => ask('remove')}>
        {t('boards.column_remove')}
      </MenuItem>
    </MenuPanel>
  )
}
