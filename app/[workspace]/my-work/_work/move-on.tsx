'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { moveActivity, undoChange } from '../../boards/[board]/_board/actions'
import { asked } from '../../quarters/_quarters/asked'

/** One step on along its board: into the next column, and back again by undo. */
export function MoveOn({
  workspace,
  activityId,
  title,
  column,
}: {
  workspace: string
  activityId: string
  title: string
  column: { readonly id: string; readonly name: string }
}) {
  const t = useWords()
  const act = useAct()
  const [busy, setBusy] = useState(false)
  return (
    <Button
      size="sm"
      busy={busy}
      aria-label={t('work.ui_move_label', { title, column: column.name })}
      onClick={async () => {
        setBusy(true)
        const to = { columnId: column.id, after: null, before: null }
        const done = await act(() => asked(moveActivity({ workspace, activityId, to })))
        setBusy(false)
        if (!done) return
        const { undo } = done
        toast({
          text: t('work.ui_moved', { title, column: column.name }),
          ...(undo && { undo: () => act(() => undoChange({ workspace, changeId: undo })) }),
        })
      }}
    >
      <Icon name="right" />
      {column.name}
    </Button>
  )
}
