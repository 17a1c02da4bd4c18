'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { readNow } from '@/app/_ui/read-again'
import { useSubmit } from '@/app/_ui/use-submit'
import { closeReview } from '../../actions'

/** The last click. Apart from the form: hundreds of its rows would be drawn again before the click left for the server. */
export function CloseNow({
  workspace,
  reviewId,
  rest,
  close,
}: {
  workspace: string
  reviewId: string
  rest: 'continue' | null
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  const { run, busy, refusal } = useSubmit(closeReview, () => {
    close()
    // The line has told of it a moment ago: read once, not once for each who says so.
    readNow(router)
  })
  return (
    <>
      {refusal && (
        <p className="error" role="alert">
          {refusal.message}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button look="ink" busy={busy} onClick={() => void run({ workspace, reviewId, rest })}>
          {t('reviews.ui_close_now')}
        </Button>
      </footer>
    </>
  )
}
