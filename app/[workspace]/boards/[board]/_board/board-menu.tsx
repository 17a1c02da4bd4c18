'use client'
import { useState } from 'react'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { TrayMenuItems } from '../_tray/tray'
import { useFacts } from './facts'

const labels = latePart(() => import('./labels-dialog').then((module) => module.LabelsDialog))
const recurring = latePart(() => import('./recurring-dialog').then((module) => module.RecurringDialog))
const column = latePart(() => import('./column-dialogs').then((module) => module.Add))

type Ask = 'labels' | 'recurring' | 'column'

/** What concerns the whole board. */
export function BoardMenu() {
  const { t, may } = useFacts()
  const [ask, setAsk] = useState<Ask | null>(null)
  const close = () => setAsk(null)
  return (
    <>
      <Menu label={t('boards.board_menu')} icon align="end" width={240} trigger={<Icon name="dots" />}>
        {may.recurring && <MenuItem onSelect={() => setAsk('recurring')}>{t('boards.recurring')}</MenuItem>}
        {may.labels && <MenuItem onSelect={() => setAsk('labels')}>{t('boards.labels')}</MenuItem>}
        {may.columns && <MenuItem onSelect={() => setAsk('column')}>{t('boards.column_add')}</MenuItem>}
        <TrayMenuItems />
      </Menu>
      {ask === 'labels' && (
        <Late part={labels} missed={close}>
          {(LabelsDialog) => <LabelsDialog onClose={close} />}
        </Late>
      )}
      {ask === 'recurring' && (
        <Late part={recurring} missed={close}>
          {(RecurringDialog) => <RecurringDialog onClose={close} />}
        </Late>
      )}
      {ask === 'column' && (
        <Late part={column} missed={close}>
          {(Add) => <Add onClose={close} />}
        </Late>
      )}
    </>
  )
}
