'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import { toast } from '@/app/_ui/toast'
import { REASON_EVENT } from './asked'

const form = latePart(() => import('./reason-form').then((module) => module.ReasonForm))

/**
 * Asks why a sealed plan was changed, on whatever screen it was: a sentence and a button, nothing in the way. Who does
 * not answer finds the question again beside the change, in the list of its quarter.
 */
export function AskReason({ workspace }: { workspace: string }) {
  const t = useWords()
  const [changeId, setChangeId] = useState<string | null>(null)
  useEffect(() => {
    const ask = (event: Event) => {
      if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return
      const click = event.detail
      toast({
        text: t('quarters.ui_reason_toast'),
        action: { label: t('quarters.ui_reason_act'), run: () => setChangeId(click) },
      })
    }
    document.addEventListener(REASON_EVENT, ask)
    return () => document.removeEventListener(REASON_EVENT, ask)
  }, [t])
  const close = () => setChangeId(null)
  return (
    <Dialog open={changeId !== null} onClose={close} title={t('quarters.ui_reason_title')} sheet>
      <Late part={form} missed={close}>
        {(ReasonForm) => changeId && <ReasonForm workspace={workspace} changeId={changeId} close={close} />}
      </Late>
    </Dialog>
  )
}
