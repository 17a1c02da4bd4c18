'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { type CarryFate, carryFates } from '@/lib/domain/carry-over'
import { carry } from '../../_quarters/actions'

/** Continue, change or stop. Going on is said with one click; the other two want a reason. */
export function CarryChoice({
  workspace,
  cycle,
  activityId,
  title,
  fate,
  reason,
  by,
}: {
  workspace: string
  cycle: string
  activityId: string
  title: string
  fate: CarryFate | null
  reason: string | null
  by: string | null
}) {
  const t = useWords()
  const act = useAct()
  const router = useRouter()
  const [asking, setAsking] = useState<'change' | 'stop' | null>(null)
  const one = { workspace, cycle, activityId }
  const say = async (next: CarryFate | null) => {
    const done = await act(() => carry({ ...one, fate: next }))
    if (done !== null) toast({ text: t(next ? 'quarters.ui_carry_kept' : 'quarters.ui_carry_taken') })
  }
  return (
    <div className="choice">
      <fieldset className="seg">
        <legend className="vh">{t('quarters.ui_carry', { title })}</legend>
        {carryFates.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={fate === one}
            aria-expanded={one === 'continue' ? undefined : asking === one}
            onClick={() => {
              if (one !== 'continue') return setAsking(asking === one ? null : one)
              setAsking(null)
              void say(fate === 'continue' ? null : 'continue')
            }}
          >
            {t(`quarters.fate_${one}`)}
          </button>
        ))}
      </fieldset>
      {asking ? (
        <SubmitForm
          className="give"
          action={carry}
          values={{ ...one, fate: asking }}
          done={() => {
            setAsking(null)
            toast({ text: t('quarters.ui_carry_kept') })
            router.refresh()
          }}
        >
          <Field
            label={t(asking === 'stop' ? 'quarters.ui_carry_why_stop' : 'quarters.ui_carry_why_change')}
            name="reason"
          >
            <Input
              required
              autoFocus
              autoComplete="off"
              defaultValue={asking === fate ? (reason ?? '') : ''}
            />
          </Field>
          <Submit look="outline" size="sm">
            {t('quarters.ui_carry_keep')}
          </Submit>
        </SubmitForm>
      ) : (
        fate && (
          <p className="said">
            {reason && <q>{reason}</q>} {by && <span className="quiet">{by}</span>}{' '}
            <Button look="plain" size="sm" onClick={() => void say(null)}>
              {t('quarters.ui_carry_back')}
            </Button>
          </p>
        )
      )}
    </div>
  )
}
