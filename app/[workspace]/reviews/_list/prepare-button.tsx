'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { Key } from '@/app/_ui/key'
import { shortcuts } from '@/app/_ui/keys'
import { Late, latePart } from '@/app/_ui/late'
import type { ReviewWorld } from './review-world'

const form = latePart(() => import('./review-form').then((module) => module.ReviewForm))

/** Opens the form of a new review: for any quarter (`C` does the same), or for the one of a row. */
export function PrepareButton({
  workspace,
  world,
  start,
  name,
}: {
  workspace: string
  world: ReviewWorld
  start?: { readonly cycle: string; readonly departmentId: string | null }
  /** Whose, for those who hear the button without its row. */
  name?: string
}) {
  const t = useWords()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const main = start === undefined
  useEffect(() => {
    if (!main) return
    const handle = shortcuts<KeyboardEvent>({ c: () => setOpen(true) })
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [main])
  const close = () => setOpen(false)
  return (
    <>
      {main ? (
        <Button look="ink" onPointerEnter={form.warm} onClick={() => setOpen(true)}>
          <Icon name="plus" />
          {t('reviews.ui_prepare')} <Key>C</Key>
        </Button>
      ) : (
        <Button
          size="sm"
          onPointerEnter={form.warm}
          onClick={() => setOpen(true)}
          {...(name && { 'aria-label': t('reviews.ui_prepare_for', { name }) })}
        >
          {t('reviews.ui_prepare_one')}
        </Button>
      )}
      <Dialog open={open} onClose={close} title={t('reviews.ui_prepare')} wide>
        <Late part={form} missed={close}>
          {(ReviewForm) => (
            <ReviewForm
              workspace={workspace}
              world={world}
              {...(start && { start })}
              close={close}
              done={(id) => {
                close()
                router.push(`/${workspace}/reviews/${id}`)
              }}
            />
          )}
        </Late>
      </Dialog>
    </>
  )
}
