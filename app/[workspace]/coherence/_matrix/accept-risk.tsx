'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { addMonths } from '@/lib/domain/day-text'
import { acceptRisk, dropRisk } from './actions'

/** Somebody answers for a difficulty that nobody works on, until a day: then the matrix and the agenda ask again. */
export function AcceptRisk({
  workspace,
  strategyId,
  itemId,
  today,
  words,
  close,
}: {
  workspace: string
  strategyId: string
  itemId: string
  today: string
  /** The difficulty, as the strategy says it. */
  words: string
  close: () => void
}) {
  const t = useWords()
  const act = useAct()
  return (
    <>
      <p className="help">{t('coherence.ui_risk_text', { words })}</p>
      <SubmitForm
        action={(input: { until: string; reason: string }) =>
          acceptRisk({ workspace, strategyId, itemId, ...input })
        }
        className="coh-ask"
        done={() => {
          close()
          toast({
            text: t('coherence.ui_risk_accepted'),
            undo: () => void act(() => dropRisk({ workspace, strategyId, itemId })),
          })
        }}
      >
        <Field label={t('coherence.ui_risk_until')} name="until">
          <Input type="date" required min={today} defaultValue={addMonths(today, 3)} />
        </Field>
        <Field label={t('coherence.ui_risk_reason')} name="reason">
          <Input maxLength={500} autoComplete="off" />
        </Field>
        <footer>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Submit look="ink">{t('coherence.ui_risk_do')}</Submit>
        </footer>
      </SubmitForm>
    </>
  )
}
