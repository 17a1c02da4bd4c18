'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Menu } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { toast } from '@/app/_ui/toast'

/** CSV, SVG, PNG, and paper. The PNG is drawn here, from the SVG the server writes. */
export function Exports({ csv, svg, name }: { csv: string; svg: string; name: string }) {
  const t = useWords()
  const png = async () => {
    try {
      const { drawPng, save } = await import('./draw-png')
      const answer = await fetch(svg)
      if (!answer.ok) throw new Error(String(answer.status))
      save(await drawPng(await answer.text()), `${name}.png`)
    } catch {
      toast({ text: t('coherence.ui_png_failed') })
    }
  }
  return (
    <Menu
      label={t('coherence.ui_export')}
      trigger={t('coherence.ui_export')}
      size="sm"
      align="end"
      width={220}
    >
      <MenuItem onSelect={() => window.location.assign(csv)}>{t('coherence.ui_csv')}</MenuItem>
      <MenuItem onSelect={() => window.location.assign(svg)}>{t('coherence.ui_svg')}</MenuItem>
      <MenuItem onSelect={png}>{t('coherence.ui_png')}</MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => window.print()}>{t('coherence.ui_print')}</MenuItem>
    </Menu>
  )
}
