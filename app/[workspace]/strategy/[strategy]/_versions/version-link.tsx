'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'

const naming = latePart(() => import('./name-version').then((module) => module.NameDialog))

/** Which version the page shows, and the way to all that is done with versions. */
export function VersionLink({
  workspace,
  strategyId,
  number,
  mayName,
}: {
  workspace: string
  strategyId: string
  number: number
  mayName: boolean
}) {
  const t = useWords()
  const [asking, setAsking] = useState(false)
  const path = `/${workspace}/strategy/${strategyId}`
  return (
    <>
      <Menu
        label={t('versions.ui_link_label', { number })}
        trigger={t('versions.ui_link', { number })}
        triggerClassName="version-link"
      >
        <MenuItem href={`${path}/versions`}>{t('versions.ui_see')}</MenuItem>
        {mayName && <MenuItem onSelect={() => setAsking(true)}>{t('versions.ui_name_now')}</MenuItem>}
        <MenuItem href={`${path}/versions/replay`}>{t('versions.ui_replay')}</MenuItem>
        <MenuItem href={`${path}/compare`}>{t('versions.ui_drafts')}</MenuItem>
      </Menu>
      {asking && (
        <Late part={naming} missed={() => setAsking(false)}>
          {(NameDialog) => (
            <NameDialog
              workspace={workspace}
              strategyId={strategyId}
              version="now"
              name={null}
              close={() => setAsking(false)}
            />
          )}
        </Late>
      )}
    </>
  )
}
