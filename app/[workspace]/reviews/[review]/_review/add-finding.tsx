'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { type Draft, keepDraft, readDraft, readOutbox, sendUnsent, type Unsent, writeOutbox } from './outbox'
import { UnsentList } from './unsent'
import { useOutbox } from './use-outbox'

const form = latePart(() => import('./finding-form').then((module) => module.FindingForm))

/**
 * Adds findings, and sends them as soon as the server can be reached: until then they are kept on this device, and stand
 * here as such.
 */
export function AddFinding({
  workspace,
  reviewId,
  userId,
  about = [],
  open: opened = false,
}: {
  workspace: string
  reviewId: string
  userId: string
  /** What the point of the agenda is about. */
  about?: readonly string[]
  /** Whether the form stands open. */
  open?: boolean
}) {
  const t = useWords()
  const [open, setOpen] = useState(opened)
  const [round, setRound] = useState(0)
  const draft = useRef<Draft | null>(null)
  const outbox = useOutbox(
    useMemo(
      () => ({
        read: () => readOutbox(userId, reviewId),
        write: (all: readonly Unsent[]) => writeOutbox(userId, reviewId, all),
        send: (one: Unsent) => sendUnsent(workspace, reviewId, one),
      }),
      [userId, reviewId, workspace],
    ),
  )
  useEffect(() => {
    draft.current = readDraft(userId, reviewId)
    if (!draft.current) return
    setOpen(true)
    setRound((n) => n + 1)
  }, [reviewId, userId])

  return (
    <>
      <UnsentList
        outbox={outbox}
        title={t('reviews.ui_unsent', { n: outbox.unsent.length })}
        say={({ text }) => text}
      />
      {open ? (
        <Late part={form} missed={() => setOpen(false)}>
          {(FindingForm) => (
            <FindingForm
              key={round}
              workspace={workspace}
              reviewId={reviewId}
              about={about}
              draft={draft.current}
              drafted={(next) => {
                draft.current = next
                keepDraft(userId, reviewId, next)
              }}
              send={(finding) => {
                outbox.add(finding)
                draft.current = null
                keepDraft(userId, reviewId, null)
                setRound(round + 1)
              }}
              // Where it stands open there is nothing to close: writing is what the page is for.
              {...(opened
                ? {}
                : {
                    close: () => {
                      draft.current = null
                      keepDraft(userId, reviewId, null)
                      setOpen(false)
                    },
                  })}
            />
          )}
        </Late>
      ) : (
        <Button size="sm" className="add" onPointerEnter={form.warm} onClick={() => setOpen(true)}>
          <Icon name="plus" />
          {t('reviews.ui_finding')}
        </Button>
      )}
    </>
  )
}
