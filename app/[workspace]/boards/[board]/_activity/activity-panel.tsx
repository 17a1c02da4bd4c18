'use client'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useLanguage, useWords, WordsProvider } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keyName, shortcuts } from '@/app/_ui/keys'
import { useStore } from '@/app/[workspace]/strategy/[strategy]/_editor/use-store'
import { MovedPart } from '../../../_impact/moved-part'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import { openTray } from '../_tray/tray-ui'
import { heard } from './actions'
import { Comments } from './comments'
import { DescriptionPart } from './description/description'
import { Facts } from './facts'
import { Files } from './files'
import { HandOffs } from './hand-offs'
import { Head } from './head'
import { History } from './history'
import { MeasureChart } from './measure-chart'
import type { PanelData } from './panel-data'
import { PanelStore } from './panel-store'
import { Relations } from './relations'
import { Steps } from './steps'
import { Title } from './title'
import { useActs } from './use-acts'
import { useHearing } from './use-hearing'
import { useNames } from './use-names'
import { PanelContext } from './use-panel'
import { WhyLine } from './why-line'

/** What the server has drawn is read again when it is older than this, milliseconds. */
const FRESH = 4_000
const none = {}

/**
 * One activity beside its board: who, when, why, what, and what is said. It follows what others do, and leaves alone
 * whatever somebody is typing in.
 */
export function ActivityPanel({
  activityId,
  slug,
  first,
  close,
}: {
  activityId: string
  slug: string
  /** What the server has read for the page; null: to be asked for. */
  first: PanelData | null
  close: () => void
}) {
  const t = useWords()
  const language = useLanguage()
  const board = useBoardStore()
  const [store] = useState(
    () => new PanelStore(`/api/workspaces/${encodeURIComponent(slug)}/activities/${activityId}`, first),
  )
  const { phase, data } = useStore(store.state, store.state.get())
  const panel = useRef<HTMLElement>(null)
  const heading = useId()

  useEffect(() => {
    store.begin()
    if (!first || Date.now() - first.readAt > FRESH) void store.load()
    return () => store.destroy()
  }, [store, first])
  useHearing(store, activityId, data?.board.boardId ?? null)
  useEffect(() => {
    board.look(activityId)
    return () => board.look(null)
  }, [board, activityId])

  const waiting = data?.waiting ?? 0
  useEffect(() => {
    // What is not marked now is marked the next time: nobody is told that the line was away.
    if (waiting > 0) heard({ workspace: slug, activityId }).catch(() => undefined)
  }, [waiting, slug, activityId])

  useSheet()
  const closing = useRef(close)
  closing.current = close
  const shownFirst = useRef(first !== null)
  useEffect(() => {
    const before = document.activeElement
    // A page that was opened with the panel begins where every page begins.
    if (!shownFirst.current) panel.current?.focus({ preventScroll: true })
    const esc = shortcuts<globalThis.KeyboardEvent>(keysOf(closing))
    document.addEventListener('keydown', esc)
    const element = panel.current
    return () => {
      document.removeEventListener('keydown', esc)
      const now = document.activeElement
      if (now !== document.body && now !== null && !element?.contains(now)) return
      if (before instanceof HTMLElement && before !== document.body && before.isConnected)
        before.focus({ preventScroll: true })
    }
  }, [])

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || keyName(event) !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  return (
    <aside
      ref={panel}
      className="panel activity-panel"
      aria-labelledby={data ? heading : undefined}
      aria-label={data ? undefined : t('activity.activity')}
      aria-busy={phase === 'loading' || undefined}
      tabIndex={-1}
      data-dept={data?.board.kind ?? 'other'}
      onKeyDown={press}
    >
      {data ? (
        <WordsProvider language={language} messages={data.words ?? none}>
          <Open {...{ data, store, slug, heading, close }} leave={() => panel.current?.focus()} />
        </WordsProvider>
      ) : (
        <>
          <header>
            <span className="grow" />
            <Button size="sm" look="plain" icon aria-label={t('activity.close')} onClick={close}>
              <Icon name="x" />
            </Button>
          </header>
          {phase === 'loading' ? (
            <div className="skeleton" role="status" aria-label={t('activity.loading')}>
              {[38, 92, 64, 80, 71, 88, 40, 60].map((width) => (
                <span key={width} className="skel" style={{ width: `${width}%` }} />
              ))}
            </div>
          ) : phase === 'gone' ? (
            <p>{t('activity.gone')}</p>
          ) : (
            <>
              <p role="alert">{t('activity.failed')}</p>
              <Button onClick={() => void store.load()}>{t('common.retry')}</Button>
            </>
          )}
        </>
      )}
    </aside>
  )
}

function Open({
  data: read,
  store,
  slug,
  heading,
  close,
  leave,
}: {
  data: PanelData
  store: PanelStore
  slug: string
  heading: string
  close: () => void
  leave: () => void
}) {
  const t = useWords()
  const board = useBoardStore()
  const { id } = read.activity
  const card = useBoardPart((state) => state.cards.get(id) ?? null)
  const waits = useBoardPart((state) => state.waiting.has(id))
  const acts = useActs(slug, id, store)
  // The board's card knows what was changed a moment ago, here or by others; the panel knows what a card does not carry.
  const data = useMemo(() => {
    if (!card || (!waits && card.revision < read.activity.revision)) return read
    const { checks: _checks, ...fields } = card
    const { revision } = read.activity
    return { ...read, activity: { ...read.activity, ...fields, revision: Math.max(revision, card.revision) } }
  }, [card, waits, read])
  const names = useNames(data)
  const { activity, may } = data
  const mayEdit = may.edit && activity.status === 'active'
  const panel = useMemo(() => ({ data, store, acts, names, mayEdit }), [data, store, acts, names, mayEdit])
  const department = names.department(data.board)
  // The tray is the one of the board behind the panel.
  const here = data.board.boardId === board.state().board.boardId
  return (
    <PanelContext.Provider value={panel}>
      <Head close={close} />
      <Title id={heading} />
      <MovedPart activityId={id} slug={slug} />
      {activity.status !== 'active' && (
        <p className="note-line">
          <span className="grow">{t(`activity.is_${activity.status}`)}</span>
          {may.edit && (
            <Button size="sm" onClick={() => void board.settle([id], 'active').then(() => store.soon())}>
              {t('activity.restore')}
            </Button>
          )}
        </p>
      )}
      {!may.edit && (
        <p className="note-line">
          <span className="grow">
            {data.board.archived
              ? t('activity.board_archived')
              : t(may.comment ? 'activity.reads_comments' : 'activity.reads', { department })}
          </span>
          {may.request && here && (
            <Button size="sm" onClick={() => openTray('request')}>
              {t('activity.request')}
            </Button>
          )}
        </p>
      )}
      <Facts />
      <section className="part">
        <h3>{t('activity.why')}</h3>
        <WhyLine />
      </section>
      <MeasureChart />
      <DescriptionPart leave={leave} />
      <Steps />
      <HandOffs />
      <Relations />
      <Files />
      <Comments />
      <History />
    </PanelContext.Provider>
  )
}

/** Esc closes it wherever the focus is, when nothing above has taken the key. */
function keysOf(close: { readonly current: () => void }) {
  return Object.fromEntries([['Escape', () => close.current()]])
}

/** On a phone it is a whole sheet: what lies behind is out of reach for keys and readers as it is for the eye. */
function useSheet(): void {
  useEffect(() => {
    const phone = window.matchMedia('(max-width: 760px)')
    const behind = () =>
      document.querySelectorAll<HTMLElement>('.board-shell > :not(.activity-panel), .depts, .mast, .tabbar')
    const look = () => {
      for (const element of behind()) element.inert = phone.matches
    }
    look()
    phone.addEventListener('change', look)
    return () => {
      phone.removeEventListener('change', look)
      for (const element of behind()) element.inert = false
    }
  }, [])
}
