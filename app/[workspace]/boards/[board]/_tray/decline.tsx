'use client'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Field, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useAct } from '@/app/_ui/use-act'
import { MAX_SENTENCE } from '@/lib/domain/hand-off'

/** What takes the answer back, if anything does. */
export type Undo = { readonly undo: string | null }

/** A no is a sentence: whoever asked reads it. */
export function Decline({
  title,
  action,
  done,
  close,
}: {
  title: string
  action: (reason: string) => Promise<Answer<Undo>>
  done: (value: Undo) => unknown
  close: () => void
}) {
  const t = useWords()
  const act = useAct()
  return (
    <SubmitForm
      className="decline"
      aria-label={t('tray.ui_decline_title', { title })}
      action={(input: { reason: string }) => action(input.reason)}
      done={(value) => {
        done(value)
        // Reads the page again as well.
        void act(async () => ({ ok: true, value: null }))
      }}
    >
      <Field label={t('tray.ui_reason')} name="reason" help={t('tray.ui_reason_help')}>
        <Textarea required rows={2} maxLength={MAX_SENTENCE} autoFocus />
      </Field>
      <div className="row">
        <Submit size="sm">{t('tray.ui_decline_send')}</Submit>
        <Button size="sm" look="plain" onClick={close}>
          {t('common.cancel')}
        </Button>
      </div>
    </SubmitForm>
  )
}
