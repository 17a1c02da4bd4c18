'use client'
import { type ComponentType, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Menu } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { useToast } from '@/app/_ui/toast'
import type { Language } from '@/lib/domain/language'

export interface Shared {
  readonly workspace: string
  readonly strategyId: string
  readonly language: Language
  readonly mayShare: boolean
  readonly mayAccess: boolean
  readonly mayEdit: boolean
}

export interface ShareDialogProps {
  readonly shared: Shared
  readonly close: () => void
}

type Choice = 'link' | 'export' | 'language' | 'empty'

/** Loaded when first wanted: nobody needs them to read or to write. */
const dialogs: Readonly<Record<Choice, () => Promise<ComponentType<ShareDialogProps>>>> = {
  link: () => import('./link-dialog').then((module) => module.LinkDialog),
  export: () => import('./export-dialog').then((module) => module.ExportDialog),
  language: () => import('./language-dialog').then((module) => module.LanguageDialog),
  empty: () => import('./empty-dialog').then((module) => module.EmptyDialog),
}

/** The way out of the page: links for others, files, paper - and the other language in. And an example out. */
export function ShareMenu({ shared }: { shared: Shared }) {
  const t = useWords()
  const toast = useToast()
  const [open, setOpen] = useState<{ Dialog: ComponentType<ShareDialogProps> } | null>(null)
  const here = `/${shared.workspace}/strategy/${shared.strategyId}`
  const show = (choice: Choice) =>
    dialogs[choice]().then(
      (Dialog) => setOpen({ Dialog }),
      () => toast({ text: t('common.no_answer') }),
    )
  return (
    <>
      <Menu label={t('exchange.ui_share')} trigger={t('exchange.ui_share')} size="sm" align="end" width={280}>
        {[
          shared.mayShare && (
            <MenuItem key="link" sub={t('exchange.ui_share_link_help')} onSelect={() => show('link')}>
              {t('exchange.ui_share_link')}
            </MenuItem>
          ),
          shared.mayAccess && (
            <MenuItem key="access" href={`${here}/access`}>
              {t('exchange.ui_share_access')}
            </MenuItem>
          ),
          (shared.mayShare || shared.mayAccess) && <MenuRule key="rule" />,
          <MenuItem key="export" sub={t('exchange.ui_export_help')} onSelect={() => show('export')}>
            {t('exchange.ui_export')}
          </MenuItem>,
          <MenuItem key="print" href={`${here}/print?now`}>
            {t('exchange.ui_print_menu')}
          </MenuItem>,
          shared.mayEdit && <MenuRule key="rule2" />,
          shared.mayEdit && (
            <MenuItem key="language" onSelect={() => show('language')}>
              {t(`exchange.ui_language_add_${shared.language === 'zh' ? 'en' : 'zh'}`)}
            </MenuItem>
          ),
          shared.mayEdit && (
            <MenuItem key="empty" onSelect={() => show('empty')}>
              {t('exchange.ui_empty')}
            </MenuItem>
          ),
        ].filter(Boolean)}
      </Menu>
      {open && <open.Dialog shared={shared} close={() => setOpen(null)} />}
    </>
  )
}
