'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Dialog } from '@/app/_ui/dialog'
import { ImportBoard } from './import-board'
import { SendRequest } from './send-request'
import { Shelf } from './shelf'
import { TrayList } from './tray-list'
import type { TrayPart } from './tray-ui'

/** What lies over the board, one at a time. */
export function TrayDialogs({ part, close }: { part: TrayPart; close: () => void }) {
  const t = useWords()
  switch (part) {
    case 'tray':
      return (
        <Dialog open onClose={close} title={t('tray.ui_tray')} wide sheet>
          <TrayList />
        </Dialog>
      )
    case 'request':
      return (
        <Dialog open onClose={close} title={t('tray.ui_send')} wide sheet>
          <SendRequest close={close} />
        </Dialog>
      )
    case 'shelf':
      return (
        <Dialog open onClose={close} title={t('tray.ui_shelf')} wide>
          <Shelf />
        </Dialog>
      )
    case 'import':
      return (
        <Dialog open onClose={close} title={t('tray.ui_import')} wide>
          <ImportBoard close={close} />
        </Dialog>
      )
  }
}
