'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'
import { openProposal } from './actions'

/** How long what was just typed may take to be saved before the page changes; milliseconds. */
const PATIENCE = 4_000

/** Writing, suggesting or reading. Each is a page of its own address, so that going back goes back. */
export function ModeSwitch({ boot, session }: { boot: Boot; session: Session | null }) {
  const t = useWords()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [going, start] = useTransition()
  const { mode, modes } = boot
  if (modes.length < 2) return null
  const path = `/${boot.workspace}/strategy/${boot.strategy.id}`
  const go = async (to: Boot['mode']) => {
    if (to === mode || busy || going) return
    setBusy(true)
    try {
      // The server draws the next page from what it has.
      await session?.whenSaved(PATIENCE)
      if (to === 'suggest') {
        const answer = await openProposal({ workspace: boot.workspace, strategyId: boot.strategy.id })
        if (!answer.ok) return toast({ text: answer.message })
      }
      const usual = boot.modes[0]
      start(() => router.push(to === usual ? path : `${path}?mode=${to}`, { scroll: false }))
    } catch {
      toast({ text: t('common.no_answer') })
    } finally {
      setBusy(false)
    }
  }
  return (
    <fieldset className="seg modes" aria-label={t('suggest.mode')} aria-busy={busy || going || undefined}>
      {modes.map((name) => (
        <button key={name} type="button" aria-pressed={mode === name} onClick={() => void go(name)}>
          {t(`suggest.mode_${name}`)}
        </button>
      ))}
    </fieldset>
  )
}
