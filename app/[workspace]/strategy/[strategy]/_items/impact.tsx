'use client'
import { useEffect, useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { Sent } from '@/app/_i18n/words'
import { useLanguage, useWords, WordsProvider } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { toast } from '@/app/_ui/toast'
import type { ImpactView } from '@/lib/domain/coherence/impact'
import type { Move } from '@/lib/domain/coherence/spoken'
import { betweenSentences } from '@/lib/domain/comma'
import type { BoardName } from '@/lib/queries/board'
import { askImpact } from '../../../_impact/actions'
import { cardHref } from '../../../boards/board-href'
import type { Boot } from '../_editor/boot'
import './impact.css'

type View = ImpactView & { readonly boards: readonly BoardName[] }

const NAMED = 12

interface Given {
  readonly boot: Boot
  /** The one that changed last. */
  readonly move: Move
  /** It moved before this visit, or by what was accepted here. */
  readonly kept: boolean
  /** Asked; or nobody hangs on it. */
  readonly settle: () => void
  /** Nobody need be asked. */
  readonly leave: () => void
}

/** What hangs on words that somebody is changing: said while they type, asked of the owners when they say so. */
export function Impact({ boot, move, kept, settle, leave }: Given) {
  const language = useLanguage()
  const { workspace, strategy } = boot
  const { serve } = move.spoken
  const [read, setRead] = useState<{ serve: string; view: View | null; words: Sent } | null>(null)
  useEffect(() => {
    const asked = new AbortController()
    fetch(
      `/api/workspaces/${workspace}/strategies/${strategy.id}/impact?serve=${encodeURIComponent(serve)}`,
      {
        signal: asked.signal,
      },
    )
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((body: { view: View | null; words: Sent } | null) => {
        if (body) setRead({ serve, ...body })
      })
      // Without an answer nothing is shown; the next change asks again.
      .catch(() => undefined)
    return () => asked.abort()
  }, [workspace, strategy.id, serve])
  const view = read?.serve === serve ? read.view : null
  const nobody = read?.serve === serve && (view === null || view.activities.length === 0)
  // The next one is behind it.
  useEffect(() => {
    if (kept && nobody) settle()
  }, [kept, nobody, settle])
  if (!read || !view || nobody) return null
  return (
    <WordsProvider language={language} messages={read.words}>
      <Strip {...{ boot, move, kept, settle, leave }} view={view} />
    </WordsProvider>
  )
}

function Strip({ boot, move, kept, settle, leave, view }: Given & { view: View }) {
  const t = useWords()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const { workspace, strategy } = boot
  const { spoken, was } = move
  const gap = betweenSentences(language)
  const ask = async () => {
    setBusy(true)
    const answer = await askImpact({
      workspace,
      strategyId: strategy.id,
      serve: spoken.serve,
      was,
      now: spoken.words,
    }).catch(() => null)
    setBusy(false)
    if (!answer?.ok) {
      toast({ text: answer?.message ?? t('common.no_answer') })
      return
    }
    toast({ text: t('coherence.impact_asked', { n: answer.value.asked }) })
    settle()
  }
  return (
    <section className="impact" aria-label={t('coherence.impact_title')}>
      <p role="status">
        <b>
          {spoken.slot
            ? t('coherence.impact_moved_slot', { slot: t(`coherence.impact_slot_${spoken.slot}`) })
            : t('coherence.impact_moved_words')}
        </b>
        {gap}
        {t('coherence.impact_hangs', {
          activities: view.activities.length,
          measures: view.measures.length,
          items: view.items.length,
          threads: view.threads.length,
        })}
        {kept && gap + t('coherence.impact_unasked')}
      </p>
      <p className="impact-words" lang={localeOf(strategy.language)}>
        <del>{was}</del> <ins>{spoken.words}</ins>
      </p>
      {open && (
        <div className="impact-list">
          <ul>
            {view.activities.slice(0, NAMED).map(({ activityId, title, boardId }) => {
              const board = view.boards.find((one) => one.boardId === boardId)
              return (
                <li key={activityId}>
                  {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
                  {board ? (
                    <a href={cardHref(workspace, board, activityId)} target="_blank" rel="noreferrer">
                      {title}
                    </a>
                  ) : (
                    title
                  )}
                </li>
              )
            })}
          </ul>
          {view.activities.length > NAMED && (
            <p className="quiet">{t('coherence.impact_more', { n: view.activities.length - NAMED })}</p>
          )}
          {view.measures.length > 0 && (
            <p className="quiet">
              {t('coherence.impact_measures', { names: view.measures.map(({ name }) => name).join(', ') })}
            </p>
          )}
        </div>
      )}
      <div className="row wrap">
        <Button size="sm" look="ink" busy={busy} onClick={() => void ask()}>
          {t('coherence.impact_ask', { n: view.activities.length })}
        </Button>
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'coherence.impact_hide' : 'coherence.impact_show')}
        </Button>
        <Button size="sm" look="plain" onClick={leave}>
          {t('coherence.impact_not')}
        </Button>
      </div>
    </section>
  )
}
