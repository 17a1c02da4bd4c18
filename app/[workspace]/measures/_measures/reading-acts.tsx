'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { MAX_NOTE } from '@/lib/domain/measure'
import { recordReadings, removeReadings } from './actions'
import { type Recorded, useTakeBack } from './add-reading'
import { readNumber } from './pasted'

/** Correct or remove one reading; both can be taken back. */
export function ReadingActs({
  workspace,
  measureId,
  reading,
  day,
}: {
  workspace: string
  measureId: string
  reading: { readonly on: string; readonly value: number; readonly note: string }
  /** Its day in the reader's words. */
  day: string
}) {
  const t = useWords()
  const act = useAct()
  const takeBack = useTakeBack(workspace, measureId)
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const save = async (input: Record<string, unknown>): Promise<Answer<Recorded>> => {
    const value = readNumber(String(input.value ?? ''))
    if (value === null)
      return {
        ok: false,
        code: 'invalid_number',
        message: t('measures.ui_not_a_number'),
        detail: { field: 'value' },
      }
    return recordReadings({
      workspace,
      measureId,
      readings: [{ on: reading.on, value, note: String(input.note ?? '') }],
    })
  }
  return (
    <>
      <Menu
        label={t('measures.ui_reading_acts', { day })}
        trigger={<Icon name="dots" />}
        look="plain"
        size="sm"
        icon
        align="end"
        width={200}
      >
        <MenuItem onSelect={() => setOpen(true)}>{t('measures.ui_correct')}</MenuItem>
        <MenuItem
          danger
          onSelect={async () => {
            const done = await act(() => removeReadings({ workspace, measureId, days: [reading.on] }))
            if (done)
              toast({
                text: t('measures.ui_removed', { day }),
                undo: () => act(() => recordReadings({ workspace, measureId, readings: [...done.before] })),
              })
          }}
        >
          {t('measures.ui_remove')}
        </MenuItem>
      </Menu>
      <Dialog open={open} onClose={close} title={t('measures.ui_correct_day', { day })}>
        <SubmitForm
          action={save}
          className="mform"
          done={(done) => {
            close()
            void act(async () => ({ ok: true, value: null }))
            toast({ text: t('measures.ui_corrected'), undo: () => takeBack(done) })
          }}
        >
          <Field label={t('measures.ui_value')} name="value">
            <Input required inputMode="decimal" defaultValue={String(reading.value)} autoComplete="off" />
          </Field>
          <Field label={t('measures.ui_note')} name="note">
            <Input maxLength={MAX_NOTE} defaultValue={reading.note} autoComplete="off" />
          </Field>
          <footer>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Submit>{t('common.save')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </>
  )
}
