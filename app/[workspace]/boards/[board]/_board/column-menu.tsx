'use client'
import { useState } from 'react'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import type { Column } from '@/lib/domain/column'
import { useFacts } from './facts'

const panel = latePart(() => import('./column-menu-panel').then((module) => module.ColumnMenuPanel))
const dialogs = latePart(() => import('./column-dialogs').then((module) => module.ColumnDialog))

/** What a column's menu may ask for in a dialog. */
export type ColumnAsk = 'limit' | 'remove' | 'add'

/** Limits, moves, adds and removes a column. */
export function ColumnMenu({ column, name, cards }: { column: Column; name: string; cards: number }) {
  const { t } = useFacts()
  const [ask, setAsk] = useState<ColumnAsk | null>(null)
  const close = () => setAsk(null)
  return (
    <>
      <Menu
        label={t('boards.column_menu', { column: name })}
        look="plain"
        size="sm"
        icon
        align="end"
        width={240}
        trigger={<Icon name="dots" />}
        warm={panel.warm}
        panel={(given) => (
          <Late part={panel} missed={given.close}>
            {(Panel) => <Panel {...given} column={column} ask={setAsk} />}
          </Late>
        )}
      />
      {ask && (
        <Late part={dialogs} missed={close}>
          {(ColumnDialog) => (
            <ColumnDialog ask={ask} column={column} name={name} cards={cards} onClose={close} />
          )}
        </Late>
      )}
    </>
  )
}
