'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { useToast } from '@/app/_ui/toast'
import { useSubmit } from '@/app/_ui/use-submit'
import { emptyStrategy, restoreVersion } from '../_versions/actions'
import type { ShareDialogProps } from './share-menu'

/** Takes all words off the page, after asking; the message that it is done brings them back. */
export function EmptyDialog({ shared: { workspace, strategyId }, close }: ShareDialogProps) {
  const t = useWords()
  const toast = useToast()
  const { run, busy, refusal } = useSubmit(emptyStrategy)

  const bringBack = async (version: number) => {
    const answer = await restoreVersion({ workspace, strategyId, version }).catch(() => null)
    toast({
      text: answer?.ok ? t('exchange.ui_empty_undone') : (answer?.message ?? t('common.no_answer')),
    })
  }
  const empty = async () => {
    const done = await run({ workspace, strategyId })
    if (!done) return
    close()
    const [number, left] = [done.before, done.kept.length]
    if (done.changed)
      toast({ text: t('exchange.ui_empty_done', { number, left }), undo: () => void bringBack(number) })
    else toast({ text: t(left > 0 ? 'exchange.ui_empty_none' : 'exchange.ui_empty_already') })
  }
  return (
    // The menu's entry leads here by three points; here one has arrived.
    <Dialog open onClose={close} title={t('exchange.ui_empty').replace(/\s*…$/, '')} closeButton={false}>
      <p>{t('exchange.ui_empty_lead')}</p>
      <p className="mt-3">{t('exchange.ui_empty_back')}</p>
      {refusal && (
        <p className="error mt-3" role="alert">
          {refusal.message}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('exchange.ui_cancel')}</Button>
        <Button look="ink" busy={busy} onClick={() => void empty()}>
          {t('exchange.ui_empty_do')}
        </Button>
      </footer>
    </Dialog>
  )
}
