'use client'
import { useEffect, useMemo, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Late, latePart } from '@/app/_ui/late'
import type { DecisionKind } from './decide-form'
import { readDecisions, sendDecision, type UnsentDecision, writeDecisions } from './decision-outbox'
import { useRoom } from './room'
import { UnsentList } from './unsent'
import { warmChoices } from './use-choices'
import { useOutbox } from './use-outbox'

const form = latePart(() => import('./decide-form').then((module) => module.DecideForm))

/** When the meeting has come up: what a decision needs is on this device before the line goes down, milliseconds. */
const EARLY = 3_000

/** The three ways in which a review changes something, and the decisions that have not left this device. */
export function DecideButtons({ workspace, reviewId }: { workspace: string; reviewId: string }) {
  const t = useWords()
  const { userId } = useRoom()
  const outbox = useOutbox(
    useMemo(
      () => ({
        read: () => readDecisions(userId, reviewId),
        write: (all: readonly UnsentDecision[]) => writeDecisions(userId, reviewId, all),
        send: (one: UnsentDecision) => sendDecision(workspace, reviewId, one),
      }),
      [userId, reviewId, workspace],
    ),
  )
  useEffect(() => {
    const timer = setTimeout(() => {
      form.warm()
      warmChoices(workspace, reviewId)
    }, EARLY)
    return () => clearTimeout(timer)
  }, [workspace, reviewId])
  const [kind, setKind] = useState<DecisionKind | null>(null)
  const close = () => setKind(null)
  return (
    <>
      <UnsentList
        outbox={outbox}
        title={t('reviews.ui_unsent_decisions', { n: outbox.unsent.length })}
        say={({ said: { title, decision } }) => (
          <>
            {title}
            {decision.kind === 'wording' && <q>{decision.words}</q>}
          </>
        )}
      />
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
    </>
  )
}
