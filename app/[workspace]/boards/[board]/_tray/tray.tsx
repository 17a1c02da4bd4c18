'use client'
import { useEffect } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Late, latePart } from '@/app/_ui/late'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { boardHref } from '../../board-href'
import { useBoardPart } from '../_board/use-board'
import { openTray, useTrayPart } from './tray-ui'
import './tray.css'

const parts = latePart(() => import('./tray-dialogs').then((module) => module.TrayDialogs))

/** The tray for those who answer it, "Send a request" for everybody else. */
export function TrayButton() {
  const t = useWords()
  const answer = useBoardPart((state) => state.may.answer)
  const request = useBoardPart((state) => state.may.request)
  const requests = useBoardPart((state) => state.requests.length)
  const here = useBoardPart((state) => state.board.boardId)
  const handOffs = useBoardPart(
    (state) =>
      state.handOffs.filter(({ toBoardId, state: is }) => toBoardId === here && is === 'offered').length,
  )
  const waiting = requests + handOffs
  if (answer)
    return (
      waiting > 0 && (
        <Button onPointerEnter={parts.warm} onClick={() => openTray('tray')}>
          {t('tray.ui_tray')} <b className="num">{waiting}</b>
        </Button>
      )
    )
  return (
    request && (
      <Button look="ink" onPointerEnter={parts.warm} onClick={() => openTray('request')}>
        {t('tray.ui_send')}
      </Button>
    )
  )
}

/** Whatever of it is open, over the board. */
export function TrayLayer() {
  const answer = useBoardPart((state) => state.may.answer)
  const open = useTrayPart()
  useEffect(() => {
    // A link from the overview leads straight into the tray.
    if (new URL(window.location.href).searchParams.has('tray')) openTray(answer ? 'tray' : 'request')
    return () => openTray(null)
  }, [answer])
  if (!open) return null
  const close = () => {
    openTray(null)
    const url = new URL(window.location.href)
    if (!url.searchParams.has('tray')) return
    url.searchParams.delete('tray')
    window.history.replaceState(window.history.state, '', url)
  }
  return (
    <Late part={parts} missed={close}>
      {(TrayDialogs) => <TrayDialogs part={open} close={close} />}
    </Late>
  )
}

/** What of it stands in the board's menu. */
export function TrayMenuItems() {
  const t = useWords()
  const may = useBoardPart((state) => state.may)
  const slug = useBoardPart((state) => state.slug)
  const board = useBoardPart((state) => state.board)
  const counts = useBoardPart((state) => state.counts)
  const address = boardHref(slug, board)
  const files = `${address}/export`
  return (
    <>
      {(may.recurring || may.labels || may.columns) && <MenuRule />}
      {may.answer && <MenuItem onSelect={() => openTray('tray')}>{t('tray.ui_tray')}</MenuItem>}
      <MenuItem onSelect={() => openTray('shelf')} hint={counts.archived + counts.trashed || ''}>
        {t('tray.ui_shelf')}
      </MenuItem>
      <MenuRule />
      {may.importing && <MenuItem onSelect={() => openTray('import')}>{t('tray.ui_import')}</MenuItem>}
      <MenuItem onSelect={() => download(`${files}/csv`)} sub={t('tray.ui_export_csv_sub')}>
        {t('tray.ui_export_csv')}
      </MenuItem>
      <MenuItem onSelect={() => download(`${files}/json`)} sub={t('tray.ui_export_json_sub')}>
        {t('tray.ui_export_json')}
      </MenuItem>
    </>
  )
}

/** A file that is kept, not shown: the page stays where it is. */
function download(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
