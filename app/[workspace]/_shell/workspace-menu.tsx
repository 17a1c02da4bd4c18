'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'

const workspacePanel = latePart(() => import('./workspace-panel').then((module) => module.WorkspacePanel))

/** The glyph and the name of the workspace; behind them, the others. */
export function WorkspaceMenu({
  glyph,
  slug,
  name,
  sample,
  workspaces,
}: {
  /** Drawn by the server. */
  glyph: ReactNode
  slug: string
  name: string
  sample: boolean
  workspaces: readonly { readonly slug: string; readonly name: string; readonly sample: boolean }[]
}) {
  const t = useWords()
  return (
    <Menu
      label={t('shell.ui_workspaces')}
      triggerClassName="ws"
      warm={workspacePanel.warm}
      panel={(given) => (
        <Late part={workspacePanel} missed={given.close}>
          {(WorkspacePanel) => <WorkspacePanel {...given} slug={slug} workspaces={workspaces} />}
        </Late>
      )}
      trigger={
        <>
          {glyph}
          <span className="ws-name">{name}</span>
          {sample && <span className="ws-example">{t('shell.ui_example')}</span>}
          <span className="vh">{t('shell.ui_switch')}</span>
          <Icon name="down" />
        </>
      }
    />
  )
}
