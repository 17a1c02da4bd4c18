'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { asked } from '../../quarters/_quarters/asked'
import { settleMeasure, undoMeasure } from './actions'

export function RestoreMeasure({
  workspace,
  measureId,
  name,
}: {
  workspace: string
  measureId: string
  name: string
}) {
  const t = useWords()
  const act = useAct()
  return (
    <Button
      size="sm"
      aria-label={`${t('measures.ui_restore')}: ${name}`}
      onClick={async () => {
        const done = await act(() => asked(settleMeasure({ workspace, measureId, status: 'active' })))
        if (!done) return
        const { undo } = done
        toast({
          text: t('measures.ui_restored', { name }),
          ...(undo && { undo: () => act(() => undoMeasure({ workspace, changeId: undo })) }),
        })
      }}
    >
      {t('measures.ui_restore')}
    </Button>
  )
}
