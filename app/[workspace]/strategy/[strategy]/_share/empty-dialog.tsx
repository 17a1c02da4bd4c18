'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { useToast } from '@/app/_ui/toast'
import { emptyStrategy, restoreVersion } from '../_versions/actions'
import type { ShareDialogProps } from './share-menu'

/** Takes all words off the page, after asking; the message that it is done brings them back. */
export function EmptyDialog({ shared: { workspace, strategyId }, close }: ShareDialogProps) {
  const t = useWords()
  const toast = useToast()
  const bringBack = async (version: number) => {
    const answer = await restoreVersion({ workspace, strategyId, version }).catch(() => null)
    toast({
      text: answer?.ok ? t('exchange.ui_empty_undone') : (answer?.message ?? t('common.no_answer')),
    })
  }
  return (
    <ConfirmDialog
      action={emptyStrategy}
      input={{ workspace, strategyId }}
      // The menu's entry leads here by three points; here one has arrived.
      title={t('exchange.ui_empty').replace(/\s*…$/, '')}
      body={
        <>
          {t('exchange.ui_empty_lead')}
          <span className="mt-3 block">{t('exchange.ui_empty_back')}</span>
        </>
      }
      confirm={t('exchange.ui_empty_do')}
      look="ink"
      close={close}
      done={({ before: number, changed, kept: { length: left } }) => {
        if (changed)
          toast({
            text: t('exchange.ui_empty_done', { number, left }),
            undo: () => void bringBack(number),
          })
        else toast({ text: t(left > 0 ? 'exchange.ui_empty_none' : 'exchange.ui_empty_already') })
      }}
    />
  )
}
