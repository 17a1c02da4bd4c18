'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import type { DecisionKind } from './decide-form'

const form = latePart(() => import('./decide-form').then((module) => module.DecideForm))

/** The three ways in which a review changes something. */
export function DecideButtons({ workspace, reviewId }: { workspace: string; reviewId: string }) {
  const t = useWords()
  const [kind, setKind] = useState<DecisionKind | null>(null)
  const close = () => setKind(null)
  return (
    <div className="btnrow">
      {(['wording', 'activity', 'target'] as const).map((one) => (
        <Button key={one} size="sm" onPointerEnter={form.warm} onClick={() => setKind(one)}>
          {t(`reviews.ui_new_${one}`)}
        </Button>
      ))}
      <Dialog open={kind !== null} onClose={close} title={kind ? t(`reviews.ui_new_${kind}`) : ''} wide>
        <Late part={form} missed={close}>
          {(DecideForm) =>
            kind && <DecideForm workspace={workspace} reviewId={reviewId} kind={kind} close={close} />
          }
        </Late>
      </Dialog>
    </div>
  )
}
