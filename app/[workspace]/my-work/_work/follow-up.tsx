'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { followDecision } from '../actions'

/** Done at one press, with undo; left aside only with a reason. */
export function FollowUp({
  workspace,
  decisionId,
  title,
}: {
  workspace: string
  decisionId: string
  title: string
}) {
  const t = useWords()
  const act = useAct()
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const set = (fate: 'done' | 'accepted') =>
    act(() => followDecision({ workspace, decisionId, fate, reason: '' }))
  return (
    <span className="row">
      <Button
        size="sm"
        aria-label={t('work.ui_done_label', { title })}
        onClick={async () => {
          if (await set('done')) toast({ text: t('work.ui_is_done', { title }), undo: () => set('accepted') })
        }}
      >
        {t('work.ui_done')}
      </Button>
      <Button
        size="sm"
        look="plain"
        aria-label={t('work.ui_leave_label', { title })}
        onClick={() => setAsking(true)}
      >
        {t('work.ui_leave')}
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={t('work.ui_leave_title')}>
        <SubmitForm
          className="form"
          action={followDecision}
          values={{ workspace, decisionId, fate: 'ignored' }}
          done={() => {
            setAsking(false)
            router.refresh()
          }}
        >
          <p>{title}</p>
          <Field name="reason" label={t('work.ui_leave_why')}>
            <Input required autoComplete="off" autoFocus maxLength={500} />
          </Field>
          <footer>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Submit>{t('work.ui_leave')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </span>
  )
}
