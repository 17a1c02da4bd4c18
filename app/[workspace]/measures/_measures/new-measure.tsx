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
import type { FormWorld } from './form-world'

const form = latePart(() => import('./measure-form').then((module) => module.MeasureForm))

/** The button that begins a measure; `C` does the same. */
export function NewMeasure({
  workspace,
  world,
  opened,
}: {
  workspace: string
  world: FormWorld
  opened: boolean
}) {
  const t = useWords()
  const router = useRouter()
  const [open, setOpen] = useState(opened)
  useEffect(() => {
    const handle = shortcuts<KeyboardEvent>({ c: () => setOpen(true) })
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [])
  const close = () => setOpen(false)
  return (
    <>
      <Button look="ink" onPointerEnter={form.warm} onClick={() => setOpen(true)}>
        <Icon name="plus" />
        {t('measures.ui_new')} <Key>C</Key>
      </Button>
      <Dialog open={open} onClose={close} title={t('measures.ui_new')} wide>
        <Late part={form} missed={close}>
          {(MeasureForm) => (
            <MeasureForm
              workspace={workspace}
              world={world}
              close={close}
              done={(id) => {
                close()
                router.push(`/${workspace}/measures/${id}`)
              }}
            />
          )}
        </Late>
      </Dialog>
    </>
  )
}
