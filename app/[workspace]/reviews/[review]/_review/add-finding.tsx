'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { type Draft, keepDraft, readDraft, readOutbox, sendUnsent, type Unsent, writeOutbox } from './outbox'

const form = latePart(() => import('./finding-form').then((module) => module.FindingForm))

/** How long until it is tried again while nobody answers, milliseconds. */
const AGAIN = 5_000

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
  const router = useRouter()
  const [open, setOpen] = useState(opened)
  const [unsent, setUnsent] = useState<readonly Unsent[]>([])
  const [round, setRound] = useState(0)
  const draft = useRef<Draft | null>(null)
  const all = useRef<readonly Unsent[]>([])
  const sending = useRef(false)

  const keep = useCallback(
    (next: readonly Unsent[]) => {
      all.current = next
      setUnsent(next)
      writeOutbox(userId, reviewId, next)
    },
    [userId, reviewId],
  )
  const send = useCallback(async () => {
    if (sending.current) return
    sending.current = true
    try {
      for (;;) {
        const next = all.current.find(({ refused }) => refused === '')
        if (!next) return
        const answer = await sendUnsent(workspace, reviewId, next)
        if (answer === null) return
        keep(
          answer.refused === ''
            ? all.current.filter(({ id }) => id !== next.id)
            : all.current.map((one) => (one.id === next.id ? { ...one, refused: answer.refused } : one)),
        )
        if (answer.refused === '') router.refresh()
      }
    } finally {
      sending.current = false
    }
  }, [keep, reviewId, router, workspace])

  useEffect(() => {
    // Another place of this page may keep some as well: the device's list is the one.
    keep(readOutbox(userId, reviewId))
    draft.current = readDraft(userId, reviewId)
    if (draft.current) {
      setOpen(true)
      setRound((n) => n + 1)
    }
    void send()
    window.addEventListener('online', send)
    return () => window.removeEventListener('online', send)
  }, [keep, send, userId, reviewId])

  const waiting = unsent.some(({ refused }) => refused === '')
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => void send(), AGAIN)
    return () => clearInterval(timer)
  }, [waiting, send])

  return (
    <>
      {unsent.length > 0 && (
        <div className="unsent" role="status">
          <p>{t('reviews.ui_unsent', { n: unsent.length })}</p>
          <ul>
            {unsent.map((one) => (
              <li key={one.id}>
                {one.text}
                {one.refused !== '' && (
                  <span className="error">
                    {one.refused}
                    <Button
                      size="sm"
                      look="plain"
                      onClick={() => keep(all.current.filter(({ id }) => id !== one.id))}
                    >
                      {t('reviews.ui_unsent_drop')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
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
                keep([...all.current, finding])
                draft.current = null
                keepDraft(userId, reviewId, null)
                setRound(round + 1)
                void send()
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
