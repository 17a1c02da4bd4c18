'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'

const accountPanel = latePart(() => import('./account-panel').then((module) => module.AccountPanel))

/** Oneself, in the corner: profile, language, theme, shortcuts, the way out. */
export function AccountMenu({
  me,
  face,
  theme,
}: {
  me: { readonly id: string; readonly name: string; readonly email: string }
  /** Drawn by the server. */
  face: ReactNode
  theme: 'light' | 'dark' | null
}) {
  const t = useWords()
  return (
    <Menu
      label={t('shell.ui_account', { name: me.name })}
      align="end"
      width={260}
      triggerClassName="me"
      warm={accountPanel.warm}
      panel={(given) => (
        <Late part={accountPanel} missed={given.close}>
          {(AccountPanel) => <AccountPanel {...given} me={me} theme={theme} />}
        </Late>
      )}
      trigger={
        <>
          <span className="vh">{t('shell.ui_account', { name: me.name })}</span>
          {face}
        </>
      }
    />
  )
}
