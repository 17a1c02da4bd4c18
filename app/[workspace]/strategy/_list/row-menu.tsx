'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import type { Row } from './strategy-row'

const parts = latePart(() => import('./row-panel'))

/** The button behind which is what can be done with a strategy. */
export function RowMenu({ workspace, strategy }: { workspace: string; strategy: Row }) {
  const t = useWords()
  const [renaming, setRenaming] = useState(false)
  const close = () => setRenaming(false)
  return (
    <>
      <Menu
        label={t('strategy.more', { title: strategy.title })}
        trigger={<Icon name="dots" />}
        look="plain"
        icon
        align="end"
        width={220}
        warm={parts.warm}
        panel={(given) => (
          <Late part={parts} missed={given.close}>
            {({ RowPanel }) => (
              <RowPanel {...given} {...{ workspace, strategy }} rename={() => setRenaming(true)} />
            )}
          </Late>
        )}
      />
      {renaming && (
        <Late part={parts} missed={close}>
          {({ RenameStrategy }) => <RenameStrategy {...{ workspace, strategy, close }} />}
        </Late>
      )}
    </>
  )
}
