'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { initials } from '@/app/_ui/initials'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { whoOf } from '@/lib/domain/who'

const accountPanel = latePart(() => import('./account-panel').then((module) => module.AccountPanel))

/** Oneself, in the corner: profile, language, theme, shortcuts, the way out. */
export function AccountMenu({
  me,
  theme,
}: {
  me: { readonly id: string; readonly name: string; readonly email: string; readonly image: string | null }
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
          <span className="av here" data-who={whoOf(me.id)} aria-hidden="true">
            {/* biome-ignore lint/performance/noImgElement: 28 pixels of a picture we serve ourselves */}
            {me.image ? <img src={me.image} alt="" /> : initials(me.name)}
          </span>
        </>
      }
    />
  )
}
