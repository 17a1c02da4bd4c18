'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import type { CloseForm } from './close-form'

const form = latePart(() => import('./close-form').then((module) => module.CloseForm))

/** Opens what is asked before a review closes. */
export function CloseButton({
  main = false,
  ...given
}: Omit<Parameters<typeof CloseForm>[0], 'close'> & { main?: boolean }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button look={main ? 'ink' : 'outline'} onPointerEnter={form.warm} onClick={() => setOpen(true)}>
        {t('reviews.ui_close')}
      </Button>
      <Dialog open={open} onClose={close} title={t('reviews.ui_close_title')} wide>
        <Late part={form} missed={close}>
          {(CloseForm) => <CloseForm {...given} close={close} />}
        </Late>
      </Dialog>
    </>
  )
}
