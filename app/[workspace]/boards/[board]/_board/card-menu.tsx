'use client'
import { useMemo } from 'react'
import { Late, latePart } from '@/app/_ui/late'
import { useUi, useUiPart } from './use-ui'

const panel = latePart(() => import('./card-menu-panel').then((module) => module.CardMenuPanel))

/** The menu of a card, or of those chosen, where it was asked for. */
export function CardMenu() {
  const ui = useUi()
  const menu = useUiPart((state) => state.menu)
  const close = useMemo(() => () => ui.set({ menu: null }), [ui])
  if (!menu) return null
  return (
    <Late part={panel} missed={close}>
      {(CardMenuPanel) => <CardMenuPanel key={`${menu.page} ${menu.ids.join()}`} menu={menu} close={close} />}
    </Late>
  )
}
