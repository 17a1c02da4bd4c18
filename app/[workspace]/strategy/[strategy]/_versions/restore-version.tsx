'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { useToast } from '@/app/_ui/toast'
import { useSubmit } from '@/app/_ui/use-submit'
import { restoreVersion } from './actions'

/** Brings the strategy back to a version, after asking; the message that it is done takes it back. */
export function RestoreVersion({
  workspace,
  strategyId,
  number,
  body,
  path,
}: {
  workspace: string
  strategyId: string
  number: number
  /** What will happen, in a sentence. */
  body: string
  /** The address of the page of versions. */
  path: string
}) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const { run, busy, refusal, clear } = useSubmit(restoreVersion)

  const restore = async (version: number, back: boolean) => {
    const done = await run({ workspace, strategyId, version })
    if (!done) return
    setOpen(false)
    const left = done.kept.length
    const text = back
      ? t('versions.ui_taken_back')
      : done.changed
        ? t('versions.ui_restored', { number: version, left, words: done.kept[0] ?? '' })
        : left > 0
          ? t('versions.ui_restored_none_kept', { left })
          : t('versions.ui_restored_same', { number: version })
    toast({ text, ...(done.changed && !back && { undo: () => void restore(done.before, true) }) })
    // What restoring has changed is what one wants to see next.
    router.push(done.changed ? `${path}?from=${done.before}&to=now` : path)
    router.refresh()
  }

  return (
    <>
      <Button look="ink" onClick={() => setOpen(true)}>
        {t('versions.ui_restore', { number })}
      </Button>
      <Dialog
        open={open}
        title={t('versions.ui_restore_title', { number })}
        closeButton={false}
        onClose={() => {
          setOpen(false)
          clear()
        }}
      >
        <p>{body}</p>
        {refusal && (
          <p className="error mt-3" role="alert">
            {refusal.message}
          </p>
        )}
        <footer>
          <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
          <Button look="ink" busy={busy} onClick={() => void restore(number, false)}>
            {t('versions.ui_restore_do')}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}
