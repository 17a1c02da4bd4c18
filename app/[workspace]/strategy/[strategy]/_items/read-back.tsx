'use client'
import { useId, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import type { Session, SessionState } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import type { ItemDesk, ItemsNow } from './desk'

const panel = latePart(() => import('./read-back-panel').then((module) => module.Panel))

const UNREAD: ItemsNow = { items: [], advice: [], today: '' }

/** What the method says of the strategy as it stands. Advice: it opens when asked, and nothing waits for it. */
export function ReadBack({ session }: { session: Session }) {
  // The desk is there when the editors are.
  useStore<SessionState | null>(session.state, null)
  return session.items && <Opener desk={session.items} />
}

function Opener({ desk }: { desk: ItemDesk }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const now = useStore(desk.now, UNREAD)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn sm plain method"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPointerEnter={panel.warm}
        onFocus={panel.warm}
        onClick={() => setOpen(!open)}
      >
        <span>{t('items.method')}</span>
        <i aria-hidden="true" className="sign sign-ring" />
        {now.advice.length > 0 && <span className="num">{now.advice.length}</span>}
        <span className="vh">{t('items.method_count', { n: now.advice.length })}</span>
      </button>
      {open && (
        <Late part={panel} missed={() => setOpen(false)}>
          {(Panel) => <Panel {...{ id, desk, now, close }} />}
        </Late>
      )}
    </>
  )
}
