'use client'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { ThreadView } from '@/lib/queries/threads'
import type { Session } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import { arrange, type Note } from './arrange'
import { BeginThread } from './begin-thread'
import { bring } from './bring'
import { useHouse } from './house'
import { ThreadCard } from './thread-card'
import { itemOnPage, wordsOnPage } from './thread-ui'

const BEGUN = 'begun'
/** A mark comes by the socket, its thread by the fetch: the one may be here before the other. */
const WAIT_FOR_WORDS = 3_000

/**
 * The notes beside the text. React draws them; where they stand is set by hand, once per frame at most and never
 * because a key was pressed: only when a chapter, a note or the window changes its size, or the words of a thread
 * come, go or move.
 */
export function Margin({ session }: { session: Session }) {
  const t = useWords()
  const { store, ui } = useHouse()
  const { threads } = useStore(store.state, store.state.get())
  const active = useStore(ui.active, null)
  const near = useStore(ui.near, null)
  const begun = useStore(ui.begun, null)
  const covered = useStore(ui.panel, 'closed') === 'list'
  const margin = useRef<HTMLDivElement>(null)
  const notes = useRef(new Map<string, HTMLElement>())
  const frame = useRef(0)
  /** The note one writes in, and how high it was when it was last brought into sight. */
  const written = useRef<{ id: string; height: number } | null>(null)

  const shown = useMemo(
    () => threads.filter((thread) => (!thread.resolved || thread.id === active) && !thread.onDeletedText),
    [threads, active],
  )
  const latest = useRef({ shown, active, begun })
  latest.current = { shown, active, begun }

  const place = useCallback(() => {
    frame.current = 0
    const home = margin.current
    if (!home || home.offsetParent === null) return
    const { shown, active, begun } = latest.current
    // First all reading, then all writing: one layout per frame.
    const top = home.getBoundingClientRect().top
    const words = wordsOnPage()
    const list: (Note & { left: number })[] = []
    const measure = (id: string, rect: DOMRect | undefined) => {
      const element = notes.current.get(id)
      if (!element) return
      if (!rect || rect.height === 0) element.hidden = true
      else {
        element.hidden = false
        list.push({ id, anchor: rect.top - top - 10, height: element.offsetHeight, left: rect.left })
      }
    }
    for (const thread of shown) {
      const element = words.get(thread.id) ?? (thread.itemId && itemOnPage(thread.itemId)) ?? null
      measure(thread.id, element ? element.getBoundingClientRect() : undefined)
    }
    if (begun)
      measure(
        BEGUN,
        begun.kind === 'words' ? begun.range.getBoundingClientRect() : begun.element?.getBoundingClientRect(),
      )
    list.sort((a, b) => a.anchor - b.anchor || a.left - b.left)
    const tops = arrange(list, begun ? BEGUN : active)
    for (const [id, y] of tops) {
      const element = notes.current.get(id)
      if (!element) continue
      // A new one is where it belongs at once; from the top of the page it would fly past all the others.
      if (element.style.top === '') {
        element.style.transition = 'none'
        requestAnimationFrame(() => element.style.removeProperty('transition'))
      }
      // Not a transform: two hundred of those are two hundred layers to put together with every frame.
      element.style.top = `${Math.round(y)}px`
    }
    home.dataset.placed = ''
    // Brought into sight when one begins to write in it, and whenever it grows: not because somebody else writes.
    const field = document.activeElement
    const mine =
      field instanceof HTMLTextAreaElement
        ? list.find(({ id }) => notes.current.get(id)?.contains(field))
        : undefined
    const y = mine && tops.get(mine.id)
    if (mine && y !== undefined && (written.current?.id !== mine.id || mine.height > written.current.height))
      bring({ top: top + y, bottom: top + y + mine.height })
    written.current = mine ? { id: mine.id, height: mine.height } : null
  }, [])
  const soon = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(place)
  }, [place])

  // Whatever may move words or notes up and down.
  useEffect(() => {
    const sizes = new ResizeObserver(soon)
    const page = document.querySelector('main.page')
    if (page) sizes.observe(page)
    for (const text of document.querySelectorAll('main.page .text')) sizes.observe(text)
    for (const note of notes.current.values()) sizes.observe(note)
    const stopReading = session.reading.subscribe(soon)
    const stopAsked = ui.arrangement.subscribe(soon)
    window.addEventListener('resize', soon)
    void document.fonts?.ready.then(soon)
    soon()
    return () => {
      sizes.disconnect()
      stopReading()
      stopAsked()
      window.removeEventListener('resize', soon)
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [session, soon, ui])

  // A note whose words are on their way shows up as soon as they are there.
  useEffect(() => {
    const began = performance.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      soon()
      const words = wordsOnPage()
      const missing = latest.current.shown.some((thread) => thread.kind === 'words' && !words.has(thread.id))
      if (missing && performance.now() - began < WAIT_FOR_WORDS) timer = setTimeout(look, 60)
    }
    if (shown.length > 0) look()
    return () => clearTimeout(timer)
  }, [shown, soon])

  // biome-ignore lint/correctness/useExhaustiveDependencies: an active note is drawn larger
  useLayoutEffect(soon, [active, begun, soon])

  const keep = (id: string) => (element: HTMLElement | null) => {
    if (!element) return
    notes.current.set(id, element)
    const sizes = new ResizeObserver(soon)
    sizes.observe(element)
    return () => {
      notes.current.delete(id)
      sizes.disconnect()
    }
  }

  return (
    <div ref={margin} className="margin-notes" data-covered={covered || undefined}>
      <h2 className="vh">{t('threads.margin')}</h2>
      {shown.map((thread) => (
        <NoteOf
          key={thread.id}
          keep={keep}
          thread={thread}
          active={thread.id === active}
          near={thread.id === near}
        />
      ))}
      {begun && (
        <div ref={keep(BEGUN)} className="note on">
          <BeginThread session={session} begun={begun} />
        </div>
      )}
    </div>
  )
}

function NoteOf({
  keep,
  thread,
  active,
  near,
}: {
  keep: (id: string) => (element: HTMLElement | null) => (() => void) | undefined
  thread: ThreadView
  active: boolean
  near: boolean
}) {
  // A ref of its own for each, made once: a new one would be called again with every drawing.
  const { id } = thread
  const latest = useRef(keep)
  latest.current = keep
  const ref = useCallback((element: HTMLElement | null) => latest.current(id)(element), [id])
  return (
    <div ref={ref} className={`note${active ? ' on' : ''}${near ? ' near' : ''}`}>
      <ThreadCard thread={thread} active={active} quoted={false} />
    </div>
  )
}
