'use client'
import { useWords } from '@/app/_i18n/words-provider'
import type { Panel } from '@/app/_ui/menu'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'

/** One's workspaces, and the ways to others. */
export function WorkspacePanel({
  slug,
  workspaces,
  ...panel
}: Panel & {
  readonly slug: string
  readonly workspaces: readonly { readonly slug: string; readonly name: string; readonly sample: boolean }[]
}) {
  const t = useWords()
  return (
    <MenuPanel {...panel}>
      <MenuCap>{t('shell.ui_workspaces')}</MenuCap>
      {workspaces.map((workspace) => (
        <MenuItem
          key={workspace.slug}
          href={`/${workspace.slug}`}
          checked={workspace.slug === slug}
          {...(workspace.sample && { hint: t('shell.ui_example') })}
        >
          {workspace.name}
        </MenuItem>
      ))}
      <MenuRule />
      <MenuItem href={`/${slug}/my-work`} hint="G W">
        {t('shell.ui_work')}
      </MenuItem>
      <MenuItem href={`/${slug}/measures`} hint="G M">
        {t('shell.ui_measures')}
      </MenuItem>
      <MenuItem href={`/${slug}/quarters`} hint="G Q">
        {t('shell.ui_quarters')}
      </MenuItem>
      <MenuRule />
      <MenuItem href={`/${slug}/settings`} hint="G ,">
        {t('shell.ui_settings')}
      </MenuItem>
      <MenuItem href={`/${slug}/settings/members`} hint="G P">
        {t('shell.ui_members')}
      </MenuItem>
      <MenuRule />
      <MenuItem href="/workspaces">{t('shell.ui_all_workspaces')}</MenuItem>
      <MenuItem href="/new">{t('shell.ui_new_workspace')}</MenuItem>
    </MenuPanel>
  )
}
