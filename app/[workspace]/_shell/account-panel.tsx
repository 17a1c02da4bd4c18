'use client'
import { usePreferences } from '@/app/_i18n/preferences'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { Panel } from '@/app/_ui/menu'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
import { openShortcuts } from './layers'
import { useSignOut } from './sign-out'

/** What the account menu holds. */
export function AccountPanel({
  me,
  theme,
  ...panel
}: Panel & {
  readonly me: { readonly id: string; readonly email: string }
  readonly theme: 'light' | 'dark' | null
}) {
  const t = useWords()
  const language = useLanguage()
  const prefer = usePreferences()
  const signOut = useSignOut(me.id)
  return (
    <MenuPanel {...panel}>
      <MenuItem href="/account" sub={me.email}>
        {t('shell.ui_profile')}
      </MenuItem>
      <MenuRule />
      <MenuCap>{t('shell.ui_language')}</MenuCap>
      <MenuItem lang="en" checked={language === 'en'} onSelect={() => prefer({ language: 'en' })}>
        English
      </MenuItem>
      <MenuItem lang="zh-Hans" checked={language === 'zh'} onSelect={() => prefer({ language: 'zh' })}>
        简体中文
      </MenuItem>
      <MenuRule />
      <MenuCap>{t('shell.ui_theme')}</MenuCap>
      <MenuItem checked={theme === 'light'} onSelect={() => prefer({ theme: 'light' })}>
        {t('shell.ui_light')}
      </MenuItem>
      <MenuItem checked={theme === 'dark'} onSelect={() => prefer({ theme: 'dark' })}>
        {t('shell.ui_dark')}
      </MenuItem>
      <MenuItem checked={theme === null} onSelect={() => prefer({ theme: null })}>
        {t('shell.ui_system')}
      </MenuItem>
      <MenuRule />
      <MenuItem hint="?" onSelect={openShortcuts}>
        {t('shell.ui_shortcuts')}
      </MenuItem>
      <MenuItem onSelect={signOut}>{t('shell.ui_sign_out')}</MenuItem>
    </MenuPanel>
  )
}
