'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'

const reader = latePart(() => import('./seal-reader').then((module) => module.SealReader))

export interface SealNames {
  readonly workspace: string
  readonly cycle: string
  /** The quarter in words. */
  readonly name: string
  /** Names by the ids that stand in the plan. */
  readonly people: Readonly<Record<string, string>>
  readonly departments: Readonly<Record<string, string>>
  /** The language of the strategy's words. */
  readonly lang: string
}

/** Opens the seal: what its bytes say, and whether they are still those the hash was made of. */
export function ReadSeal(names: SealNames) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button size="sm" onPointerEnter={reader.warm} onClick={() => setOpen(true)}>
        <Icon name="lock" />
        {t('quarters.ui_seal')}
      </Button>
      <Dialog open={open} onClose={close} title={t('quarters.ui_seal_title', { cycle: names.name })} wide>
        <Late part={reader} missed={close}>
          {(SealReader) => <SealReader {...names} missed={close} />}
        </Late>
      </Dialog>
    </>
  )
}
