'use client'
import { usePreferences } from '@/app/_i18n/preferences'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { initials } from '@/app/_ui/initials'
import { Menu, MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu'
import { whoOf } from '@/lib/domain/who'
import { openShortcuts } from './layers'
import { useSignOut } from './sign-out'

/** Oneself, in the corner: profile, language, theme, shortcuts, the way out. */
export function AccountMenu({
  me,
  theme,
}: {
  me: { readonly id: string; readonly name: string; readonly email: string; readonly image: string | null }
  theme: 'light' | 'dark' | null
}) {
  const t = useWords()
  const language = useLanguage()
  const prefer = usePreferences()
  const signOut = useSignOut(me.id)
  return (
    <Menu
      label={t('shell.ui_account', { name: me.name })}
      align="end"
      width={260}
      triggerClassName="me"
      trigger={
        <>
          <span className="vh">{t('shell.ui_account', { name: me.name })}</span>
          <span className="av here" data-who={whoOf(me.id)} aria-hidden="true">
            {/* biome-ignore lint/performance/noImgElement: 28 pixels of a picture we serve ourselves */}
            {me.image ? <img src={me.image} alt="" /> : initials(me.name)}
          </span>
        </>
      }
    >
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
    </Menu>
  )
}
