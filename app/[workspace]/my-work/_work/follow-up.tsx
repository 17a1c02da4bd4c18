'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { followDecision } from '../actions'

const form = latePart(() => import('./leave-form').then((module) => module.LeaveForm))

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
        onPointerEnter={form.warm}
        onClick={() => setAsking(true)}
      >
        {t('work.ui_leave')}
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={t('work.ui_leave_title')}>
        <Late part={form} missed={() => setAsking(false)}>
          {(LeaveForm) => (
            <LeaveForm
              workspace={workspace}
              decisionId={decisionId}
              title={title}
              close={() => setAsking(false)}
            />
          )}
        </Late>
      </Dialog>
    </span>
  )
}
