'use client'
import { useLayoutEffect, useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { toast } from '@/app/_ui/toast'
import { loadTables } from '@/lib/document/schema/table-tools'
import { inSight } from './float'
import type { Menus } from './menus'
import type { Session } from './session'
import { type Box, NO_TOOLS } from './tools'
import { useStore } from './use-store'

/** A small menu at the corner of the table one writes in. */
export function TableBar({ session, menus }: { session: Session; menus: Menus }) {
  const { table } = useStore(menus.tools, NO_TOOLS)
  return table ? <Corner session={session} table={table} /> : null
}

function Corner({ session, table }: { session: Session; table: Box }) {
  const t = useWords()
  const corner = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = corner.current
    if (!element) return
    element.style.left = `${Math.round(Math.min(table.right + 6, window.innerWidth - element.offsetWidth - 4))}px`
    element.style.top = `${Math.round(table.top)}px`
    element.style.visibility = inSight(table) ? '' : 'hidden'
  })
  const run =
    (
      name:
        | 'addRowAfter'
        | 'deleteRow'
        | 'addColumnAfter'
        | 'deleteColumn'
        | 'toggleHeaderRow'
        | 'deleteTable',
    ) =>
    () =>
      // They are on their way since the caret came into the table.
      loadTables().then(
        () => session.run(({ editor }) => editor.chain().focus()[name]().run()),
        () => toast({ text: t('common.no_answer') }),
      )
  return (
    // Pressing the button leaves the caret in its cell.
    <div className="table-corner" ref={corner} onPointerDown={(event) => event.preventDefault()}>
      <Menu
        label={t('editor.table_tools')}
        trigger={<Icon name="dots" />}
        look="plain"
        size="sm"
        icon
        align="end"
        width={240}
      >
        <MenuItem onSelect={run('addRowAfter')}>{t('editor.row_below')}</MenuItem>
        <MenuItem onSelect={run('addColumnAfter')}>{t('editor.column_right')}</MenuItem>
        <MenuItem onSelect={run('toggleHeaderRow')}>{t('editor.table_head')}</MenuItem>
        <MenuRule />
        <MenuItem onSelect={run('deleteRow')}>{t('editor.row_remove')}</MenuItem>
        <MenuItem onSelect={run('deleteColumn')}>{t('editor.column_remove')}</MenuItem>
        <MenuItem danger onSelect={run('deleteTable')}>
          {t('editor.table_remove')}
        </MenuItem>
      </Menu>
    </div>
  )
}
