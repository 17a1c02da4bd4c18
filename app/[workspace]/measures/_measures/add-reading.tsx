'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Late, latePart } from '@/app/_ui/late'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { MAX_NOTE } from '@/lib/domain/measure'
import { recordReadings, removeReadings } from './actions'
import { readNumber } from './pasted'

const paste = latePart(() => import('./paste-readings').then((module) => module.PasteReadings))

type Plain = { readonly on: string; readonly value: number; readonly note: string }
export type Recorded = { readonly days: readonly string[]; readonly before: readonly Plain[] }

/** Takes back what was recorded: what stood there before is recorded again, the other days are emptied. */
export function useTakeBack(workspace: string, measureId: string) {
  const act = useAct()
  return async ({ days, before }: Recorded) => {
    const fresh = days.filter((day) => !before.some(({ on }) => on === day))
    if (fresh.length > 0) await act(() => removeReadings({ workspace, measureId, days: [...fresh] }))
    if (before.length > 0) await act(() => recordReadings({ workspace, measureId, readings: [...before] }))
  }
}

/** One line for one reading: day, value, note, Enter. And the way to paste many. */
export function AddReading({
  workspace,
  measureId,
  unit,
  today,
  known,
}: {
  workspace: string
  measureId: string
  unit: string
  today: string
  /** Days that have a reading already. */
  known: readonly string[]
}) {
  const t = useWords()
  const act = useAct()
  const takeBack = useTakeBack(workspace, measureId)
  const [pasting, setPasting] = useState(false)
  const [day, setDay] = useState(today)
  const close = () => setPasting(false)
  const recorded = (done: Recorded) => {
    // Reads the page again as well.
    void act(async () => ({ ok: true, value: null }))
    toast({
      text:
        done.before.length === 1 && done.days.length === 1
          ? t('measures.ui_corrected')
          : t('measures.ui_recorded', { n: done.days.length }),
      undo: () => takeBack(done),
    })
  }
  const save = async (input: Record<string, unknown>): Promise<Answer<Recorded>> => {
    const value = readNumber(String(input.value ?? ''))
    if (value === null)
      return {
        ok: false,
        code: 'invalid_number',
        message: t('measures.ui_not_a_number'),
        detail: { field: 'value' },
      }
    const answer = await recordReadings({
      workspace,
      measureId,
      readings: [{ on: day, value, note: String(input.note ?? '') }],
    })
    // The refusal calls the day `on`.
    return answer
  }
  return (
    <>
      <SubmitForm action={save} done={recorded} clear className="addr">
        <Field label={t('measures.ui_day')} name="on">
          <Input
            type="date"
            required
            max={today}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </Field>
        <Field
          label={unit === '' ? t('measures.ui_value') : t('measures.ui_value_in', { unit })}
          name="value"
        >
          <Input required inputMode="decimal" autoComplete="off" />
        </Field>
        <Field label={t('measures.ui_note')} name="note" className="note">
          <Input maxLength={MAX_NOTE} autoComplete="off" placeholder={t('measures.ui_note_hint')} />
        </Field>
        <Submit look="ink">{t('measures.ui_record')}</Submit>
        <Button look="plain" onPointerEnter={paste.warm} onClick={() => setPasting(true)}>
          {t('measures.ui_paste')}
        </Button>
        {known.includes(day) && <p className="help over">{t('measures.ui_corrects')}</p>}
      </SubmitForm>
      <Dialog open={pasting} onClose={close} title={t('measures.ui_paste_title')} wide>
        <Late part={paste} missed={close}>
          {(PasteReadings) => (
            <PasteReadings
              {...{ workspace, measureId, today, known, unit, close }}
              done={(done) => {
                close()
                recorded(done)
              }}
            />
          )}
        </Late>
      </Dialog>
    </>
  )
}
