'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import type { Measure } from '@/lib/domain/measure'
import { asked } from '../../quarters/_quarters/asked'
import { settleMeasure, undoMeasure } from './actions'
import type { FormWorld } from './form-world'

const form = latePart(() => import('./measure-form').then((module) => module.MeasureForm))

/** What one may do to a measure as a whole. */
export function MeasureActs({
  workspace,
  measure,
  world,
  mayEdit,
  mayArchive,
}: {
  workspace: string
  measure: Measure
  world: FormWorld
  mayEdit: boolean
  mayArchive: boolean
}) {
  const t = useWords()
  const act = useAct()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const say = (text: string, undo: string | null) =>
    toast({
      text,
      ...(undo && { undo: () => act(() => undoMeasure({ workspace, changeId: undo })) }),
    })
  const archived = measure.status === 'archived'
  return (
    <div className="row">
      {mayArchive && (
        <Button
          look="plain"
          onClick={async () => {
            const status = archived ? 'active' : 'archived'
            const done = await act(() => asked(settleMeasure({ workspace, measureId: measure.id, status })))
            if (done)
              say(
                t(archived ? 'measures.ui_restored' : 'measures.ui_archived', { name: measure.name }),
                done.undo,
              )
          }}
        >
          {t(archived ? 'measures.ui_restore' : 'measures.ui_archive')}
        </Button>
      )}
      {mayEdit && !archived && (
        <Button onPointerEnter={form.warm} onClick={() => setOpen(true)}>
          {t('measures.ui_edit')}
        </Button>
      )}
      <Dialog open={open} onClose={close} title={t('measures.ui_edit')} wide>
        <Late part={form} missed={close}>
          {(MeasureForm) => (
            <MeasureForm
              workspace={workspace}
              world={world}
              measure={measure}
              close={close}
              done={(_id, undo) => {
                close()
                // Reads the page again as well.
                void act(async () => ({ ok: true, value: null }))
                if (undo) say(t('measures.ui_saved'), undo)
              }}
            />
          )}
        </Late>
      </Dialog>
    </div>
  )
}
