'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { undoTray, withdrawRequest } from '../../boards/[board]/_tray/actions'

/** Takes back what one asked for, as long as nobody has answered. */
export function Withdraw({
  workspace,
  requestId,
  title,
}: {
  workspace: string
  requestId: string
  title: string
}) {
  const t = useWords()
  const act = useAct()
  return (
    <Button
      size="sm"
      aria-label={`${t('tray.ui_withdraw')}: ${title}`}
      onClick={async () => {
        const done = await act(() => withdrawRequest({ workspace, requestId }))
        if (!done) return
        const { undo } = done
        toast({
          text: t('tray.ui_withdrawn', { title }),
          ...(undo && { undo: () => act(() => undoTray({ workspace, changeId: undo })) }),
        })
      }}
    >
      {t('tray.ui_withdraw')}
    </Button>
  )
}
