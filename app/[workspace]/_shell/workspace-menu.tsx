'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Glyph } from '@/app/_ui/glyph'
import { Icon } from '@/app/_ui/icon'
import { Menu, MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu'

/** The glyph and the name of the workspace; behind them, the others. */
export function WorkspaceMenu({
  slug,
  name,
  workspaces,
}: {
  slug: string
  name: string
  workspaces: readonly { readonly slug: string; readonly name: string }[]
}) {
  const t = useWords()
  return (
    <Menu
      label={t('shell.ui_workspaces')}
      triggerClassName="ws"
      trigger={
        <>
          <Glyph />
          <span className="ws-name">{name}</span>
          <span className="vh">{t('shell.ui_switch')}</span>
          <Icon name="down" />
        </>
      }
    >
      <MenuCap>{t('shell.ui_workspaces')}</MenuCap>
      {workspaces.map((workspace) => (
        <MenuItem key={workspace.slug} href={`/${workspace.slug}`} checked={workspace.slug === slug}>
          {workspace.name}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem href="/workspaces">{t('shell.ui_all_workspaces')}</MenuItem>
      <MenuItem href="/new">{t('shell.ui_new_workspace')}</MenuItem>
    </Menu>
  )
}
