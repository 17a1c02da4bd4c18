'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import type { ReviewNow } from '../../_list/review-form'
import { postponeReview, sayReady, startReview } from '../../actions'
import { usePeople } from './people'

const form = latePart(() => import('../../_list/review-form').then((module) => module.ReviewForm))

/** "I am prepared": a form, so that a press before this script is there is kept. */
export function ReadyButton({
  workspace,
  reviewId,
  ready,
}: {
  workspace: string
  reviewId: string
  ready: boolean
}) {
  const t = useWords()
  const act = useAct()
  return (
    <form
      action={async () => {
        await act(() => sayReady({ workspace, reviewId, prepared: !ready }))
      }}
    >
      <Button type="submit" look={ready ? 'outline' : 'ink'} aria-pressed={ready}>
        {ready && <Icon name="check" />}
        {t(ready ? 'reviews.ui_ready' : 'reviews.ui_be_ready')}
      </Button>
    </form>
  )
}

/** Begins the meeting: everybody's findings are read by all from then on. */
export function StartButton({
  workspace,
  reviewId,
  waiting,
}: {
  workspace: string
  reviewId: string
  /** Who has not said to be prepared. */
  waiting: number
}) {
  const t = useWords()
  const act = useAct()
  const [open, setOpen] = useState(false)
  const start = () => act(() => startReview({ workspace, reviewId }))
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('reviews.ui_start')}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('reviews.ui_start')}>
        <p>{t('reviews.ui_start_text')}</p>
        {waiting > 0 && <p className="mt-3">{t('reviews.ui_start_waiting', { n: waiting })}</p>}
        <footer>
          <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
          <Button
            look="ink"
            onClick={() => {
              setOpen(false)
              void start()
            }}
          >
            {t('reviews.ui_start_now')}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}

/** Back to being prepared: begun too early. */
export function PostponeButton({ workspace, reviewId }: { workspace: string; reviewId: string }) {
  const t = useWords()
  const act = useAct()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" look="plain" onClick={() => setOpen(true)}>
        {t('reviews.ui_postpone')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('reviews.ui_postpone')}>
        <p>{t('reviews.ui_postpone_text')}</p>
        <footer>
          <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
          <Button
            look="ink"
            onClick={() => {
              setOpen(false)
              void act(() => postponeReview({ workspace, reviewId }))
            }}
          >
            {t('reviews.ui_postpone')}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}

/** Who takes part, who leads, when, and what the quarter was for. */
export function ChangeButton({
  workspace,
  me,
  review,
}: {
  workspace: string
  me: string
  review: ReviewNow
}) {
  const t = useWords()
  const act = useAct()
  const people = usePeople()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button look="plain" onPointerEnter={form.warm} onClick={() => setOpen(true)}>
        {t('reviews.ui_change_review')}
      </Button>
      <Dialog open={open} onClose={close} title={t('reviews.ui_change_review')} wide>
        <Late part={form} missed={close}>
          {(ReviewForm) => (
            <ReviewForm
              workspace={workspace}
              world={{
                me,
                people: people.map((one) => ({ ...one, departments: [] })),
                whose: [],
                cycles: [],
              }}
              review={review}
              close={close}
              done={() => {
                close()
                toast({ text: t('reviews.ui_changed') })
                void act(async () => ({ ok: true, value: null }))
              }}
            />
          )}
        </Late>
      </Dialog>
    </>
  )
}
