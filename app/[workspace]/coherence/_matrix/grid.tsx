'use client'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Dialog } from '@/app/_ui/dialog'
import { drawnHtml } from '@/app/_ui/drawing'
import { keyName } from '@/app/_ui/keys'
import { Late, latePart } from '@/app/_ui/late'
import { usePageKeys } from '@/app/_ui/page-keys'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { acceptRisk, dropRisk } from './actions'
import { step } from './walk'

const riskForm = latePart(() => import('./accept-risk').then((module) => module.AcceptRisk))
const askForm = latePart(() => import('./ask-department').then((module) => module.AskDepartment))

const CELLS = 'th, td'
const PARTS = 'a, button'
const ROOM = '.mxwrap'

/**
 * The table the server has written, made a grid: one stop for Tab, arrows from cell to cell, Enter into a cell and Esc
 * out of it. Before this script is there every link in it is a link.
 */
export function Grid({
  html: sent,
  drawn,
  workspace,
  strategyId,
  today,
  departments,
}: {
  /** The table, where the page came as data. */
  html: string | null
  /** The name under which the server keeps it while it draws; null: it was sent. */
  drawn: string | null
  workspace: string
  strategyId: string | null
  today: string
  departments: readonly { readonly boardId: string; readonly name: string }[]
}) {
  const t = useWords()
  const [first] = useState(() => (drawn === null ? '' : drawnHtml(drawn, ROOM)))
  const html = sent ?? first
  const room = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const [risked, setRisked] = useState<string | null>(null)
  const act = useAct()
  usePageKeys(
    useMemo(
      () => [
        { keys: ['←', '→', '↑', '↓'], words: t('coherence.ui_key_walk') },
        { keys: ['Enter', 'Esc'], words: t('coherence.ui_key_in') },
      ],
      [t],
    ),
  )
  const held = useRef<{ readonly row: number; readonly cell: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text brings other links
  useEffect(() => {
    for (const part of room.current?.querySelectorAll<HTMLElement>(PARTS) ?? []) part.tabIndex = -1
    room.current?.setAttribute('data-awake', '')
    // News have replaced the very cell somebody stood in.
    const { row, cell } = held.current ?? { row: -1, cell: 0 }
    if (document.activeElement === document.body)
      room.current?.querySelector('table')?.rows[row]?.cells[cell]?.focus()
  }, [html])
  useEffect(() => {
    const leave = () => {
      held.current = null
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [])

  const stop = (cell: HTMLElement) => {
    for (const other of room.current?.querySelectorAll<HTMLElement>('[tabindex="0"]') ?? [])
      other.tabIndex = -1
    cell.tabIndex = 0
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>(CELLS) : null
    const name = keyName(event)
    if (!at || name === null) return
    const parts = [...at.querySelectorAll<HTMLElement>(PARTS)]
    const within = event.target instanceof HTMLElement ? parts.indexOf(event.target) : -1
    const go = (to: HTMLElement | undefined) => {
      if (!to) return
      event.preventDefault()
      stop(to.closest<HTMLElement>(CELLS) ?? at)
      to.focus()
    }
    if (within < 0 && name === 'Enter') return go(parts[0])
    if (within >= 0 && name === 'Escape') return go(at)
    // Among the cards of a cell first; beyond the last one lies the next cell.
    if (within >= 0 && (name === 'ArrowDown' || name === 'ArrowUp')) {
      const next = parts[within + (name === 'ArrowDown' ? 1 : -1)]
      if (next) return go(next)
    }
    const table = at.closest('table')
    if (table) go(step(cellsOf(table), at, name) ?? undefined)
  }
  const onClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    const { ask, accept, drop } = button?.dataset ?? {}
    if (ask) setAsked(ask)
    if (accept) setRisked(accept)
    if (drop && strategyId) void takeBack(strategyId, drop)
  }
  const takeBack = async (strategyId: string, itemId: string) => {
    const before = await act(() => dropRisk({ workspace, strategyId, itemId }))
    if (!before) return
    const { until, reason } = before
    toast({
      text: t('coherence.ui_risk_dropped'),
      ...(until && {
        undo: () => void act(() => acceptRisk({ workspace, strategyId, itemId, until, reason })),
      }),
    })
  }
  const close = () => setAsked(null)
  const wordsOf = (id: string | null) =>
    id === null ? '' : (document.getElementById(id)?.querySelector('th')?.firstChild?.textContent ?? '')
  const words = wordsOf(asked)
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the grid inside is what is walked in */}
      <div
        ref={room}
        className="mxwrap"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={(event) => {
          const cell = event.target.closest<HTMLTableCellElement>(CELLS)
          if (!cell) return
          stop(cell)
          const row = cell.closest('tr')
          held.current = row && { row: row.rowIndex, cell: cell.cellIndex }
        }}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: written and escaped by matrix-html
        dangerouslySetInnerHTML={{ __html: html }}
      />
      <Dialog open={asked !== null} onClose={close} title={t('coherence.ui_ask_title')}>
        <Late part={askForm} missed={close}>
          {(AskDepartment) => <AskDepartment {...{ workspace, departments, words, close }} />}
        </Late>
      </Dialog>
      <Dialog open={risked !== null} onClose={() => setRisked(null)} title={t('coherence.ui_risk_title')}>
        <Late part={riskForm} missed={() => setRisked(null)}>
          {(AcceptRisk) =>
            risked &&
            strategyId && (
              <AcceptRisk
                {...{ workspace, strategyId, today }}
                itemId={risked}
                words={wordsOf(risked)}
                close={() => setRisked(null)}
              />
            )
          }
        </Late>
      </Dialog>
    </>
  )
}

const cellsOf = (table: HTMLTableElement): HTMLTableCellElement[][] =>
  [...table.rows].map((row) => [...row.cells])
