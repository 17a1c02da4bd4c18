'use client'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { composing } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import type { Boot } from '../_editor/boot'
import { float } from '../_editor/float'
import type { Session } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import { COMMENT_EVENT } from './comment-event'
import { Highlights } from './highlights'
import { type House, HouseContext } from './house'
import { Margin } from './margin'
import { Panel } from './panel'
import { wordsAt } from './range'
import { filtered, ThreadStore } from './thread-store'
import { isWide, itemOnPage, showWords, ThreadsUi, WIDE, wordsOnPage } from './thread-ui'
import { useActs } from './use-acts'

interface Given {
  readonly boot: Boot
  readonly session: Session
  /** Where the button stands. */
  readonly bar: HTMLElement
}

/** Everything about comments on the strategy's page. Comes with a script of its own, once the text can be read. */
export function Threads({ boot, session, bar }: Given) {
  const { workspace, strategy } = boot
  const [store] = useState(
    () => new ThreadStore(`/api/workspaces/${workspace}/strategies/${strategy.id}/threads`),
  )
  const [ui] = useState(() => new ThreadsUi())
  const acts = useActs(workspace, strategy.id, store)
  const house = useMemo(
    (): House => ({
      store,
      ui,
      acts,
      zone: boot.zone,
      lang: localeOf(strategy.language),
      path: `/${workspace}/strategy/${strategy.id}`,
    }),
    [store, ui, acts, boot.zone, strategy.language, strategy.id, workspace],
  )

  useEffect(() => {
    void store.load()
    const stop = session.listenTo((event) => {
      if (typeof event !== 'object' || event === null || !('type' in event)) return
      if (event.type === 'threads.changed' && 'threadId' in event && typeof event.threadId === 'string')
        store.heard(event.threadId)
    })
    // What was told while the connection was away was told to nobody.
    let away = false
    const stopSaving = session.saving.subscribe(() => {
      const { kind } = session.saving.get().save
      if (kind === 'offline') away = true
      else if (away && (kind === 'saved' || kind === 'read_only')) {
        away = false
        void store.load()
      }
    })
    return () => {
      stop()
      stopSaving()
    }
  }, [session, store])

  return (
    <HouseContext value={house}>
      <Inside boot={boot} session={session} bar={bar} house={house} />
    </HouseContext>
  )
}

function Inside({ boot, session, bar, house }: Given & { house: House }) {
  const t = useWords()
  const { store, ui, acts } = house
  const state = useStore(store.state, store.state.get())
  const active = useStore(ui.active, null)
  const near = useStore(ui.near, null)
  const panel = useStore(ui.panel, 'closed')
  const begun = useStore(ui.begun, null)
  const wide = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(WIDE)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    isWide,
    () => false,
  )
  const ready = state.phase === 'ready'
  const open = useMemo(() => filtered(state.threads, 'open', state.me), [state.threads, state.me])
  const mayComment = ready ? state.mayComment : boot.mayComment

  const begin = useCallback(
    (detail: unknown) => {
      if (!mayComment) return
      const found = asked(detail) ?? chosenWords(session)
      if (!found) {
        toast({ text: t('threads.choose_words') })
        return
      }
      ui.active.set(null)
      ui.begun.set(found)
      if (!isWide()) ui.panel.set('one')
    },
    [mayComment, session, t, ui],
  )

  // --- what opens a thread, and what closes it
  const visit = useCallback(
    (id: string, focus: boolean) => {
      const thread = store.state.get().threads.find((one) => one.id === id)
      if (!thread) return
      ui.active.set(id)
      const words = wordsOnPage().get(id) ?? (thread.itemId ? itemOnPage(thread.itemId) : null)
      if (words) showWords(words)
      if (!words || thread.onDeletedText || (thread.resolved && !isWide())) {
        ui.filter.set(thread.resolved ? 'resolved' : thread.onDeletedText ? 'deleted' : 'open')
        ui.panel.set('list')
      } else if (!isWide()) ui.panel.set('one')
      if (focus)
        requestAnimationFrame(() =>
          document
            .querySelector<HTMLElement>(`article.thread[data-id="${CSS.escape(id)}"]`)
            ?.focus({ preventScroll: true }),
        )
    },
    [store, ui],
  )
  const step = useCallback(
    (way: 1 | -1) => {
      const order = [...wordsOnPage().keys()]
      const list = filtered(store.state.get().threads, 'open', '').sort((a, b) => {
        const [x, y] = [order.indexOf(a.id), order.indexOf(b.id)]
        return (x < 0 ? order.length : x) - (y < 0 ? order.length : y)
      })
      if (list.length === 0) return
      const at = list.findIndex((thread) => thread.id === ui.active.get())
      const next = list[at < 0 ? (way === 1 ? 0 : list.length - 1) : (at + way + list.length) % list.length]
      if (next) visit(next.id, true)
    },
    [store, ui, visit],
  )

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By the place of the key: with Alt a Mac writes another letter. AltGr is no shortcut of ours.
      const ours = (event.ctrlKey || event.metaKey) && event.altKey && !event.getModifierState('AltGraph')
      if (composing(event)) return
      if (ours && event.code === 'KeyM') begin(null)
      else if (ours && event.code === 'KeyN') step(event.shiftKey ? -1 : 1)
      else if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        ui.active.get() !== null &&
        event.target instanceof Element &&
        event.target.closest('article.thread')
      ) {
        // Back to the words one came from.
        const words = wordsOnPage().get(ui.active.get() ?? '')
        ui.active.set(null)
        const editor = words?.closest<HTMLElement>('.ProseMirror')
        editor?.focus({ preventScroll: true })
      } else return
      event.preventDefault()
    }
    const asks = (event: Event) => begin(event instanceof CustomEvent ? event.detail : null)
    document.addEventListener('keydown', press)
    document.addEventListener(COMMENT_EVENT, asks)
    return () => {
      document.removeEventListener('keydown', press)
      document.removeEventListener(COMMENT_EVENT, asks)
    }
  }, [begin, step, ui])

  useEffect(() => {
    const isOpen = (id: string) =>
      store.state.get().threads.some((thread) => thread.id === id && !thread.resolved)
    const markOf = (node: EventTarget | Node | null): string | null => {
      let at = node instanceof Element ? node : node instanceof Node ? node.parentElement : null
      at = at?.closest('main.page mark.c[data-thread]') ?? null
      const found: string[] = []
      while (at instanceof HTMLElement) {
        const id = at.dataset.thread
        if (id !== undefined && isOpen(id)) found.push(id)
        at = at.parentElement?.closest('mark.c[data-thread]') ?? null
      }
      // Where several lie on the same words, another click leads to the next.
      const next = found.indexOf(ui.active.get() ?? '') + 1
      return found[next % Math.max(found.length, 1)] ?? null
    }
    const click = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !event.target.closest('main.page')) return
      const id = markOf(event.target)
      const chosen = document.getSelection()
      if (id !== null && (chosen?.isCollapsed ?? true)) {
        ui.active.set(id)
        if (!isWide()) ui.panel.set('one')
      } else if (id === null && event.target.closest('.text')) ui.active.set(null)
    }
    const over = (event: PointerEvent) => {
      if (!(event.target instanceof Element)) return
      const mark = event.target.closest<HTMLElement>('main.page mark.c[data-thread]')
      const id = mark?.dataset.thread ?? null
      if (id !== null || event.target.closest('main.page')) ui.near.set(id !== null && isOpen(id) ? id : null)
    }
    let frame = 0
    const caret = () => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        const node = document.getSelection()?.focusNode ?? null
        if (!(node instanceof Node) || !(node.parentElement?.closest('main.page .text') ?? null)) return
        const mark = node.parentElement?.closest<HTMLElement>('mark.c[data-thread]')
        const id = mark?.dataset.thread ?? null
        ui.near.set(id !== null && isOpen(id) ? id : null)
      })
    }
    document.addEventListener('click', click)
    document.addEventListener('pointerover', over)
    document.addEventListener('selectionchange', caret)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('click', click)
      document.removeEventListener('pointerover', over)
      document.removeEventListener('selectionchange', caret)
    }
  }, [store, ui])

  // A link leads to its thread, once.
  const linked = useRef(false)
  useEffect(() => {
    if (!ready || linked.current) return
    linked.current = true
    const id = new URLSearchParams(location.search).get('thread')
    if (id === null) return
    if (!store.state.get().threads.some((thread) => thread.id === id)) {
      toast({ text: t('threads.gone') })
      return
    }
    const stop = session.state.subscribe(arrive)
    function arrive() {
      if (session.state.get().phase !== 'ready') return
      stop()
      // The marks are there with the editor's first drawing.
      requestAnimationFrame(() => requestAnimationFrame(() => visit(id ?? '', true)))
    }
    arrive()
    return stop
  }, [ready, session, store, t, visit])

  // What somebody has in front of them does not wait in the inbox.
  const seen = useRef(new Set<string>())
  useEffect(() => {
    if (active === null || seen.current.has(active)) return
    seen.current.add(active)
    acts.read(active)
  }, [active, acts])

  const count = ready ? open.length : boot.threads.count
  return (
    <>
      <Highlights
        open={
          ready ? open.filter((thread) => !thread.onDeletedText).map((thread) => thread.id) : boot.threads.ids
        }
        strong={[active, near]}
      />
      {createPortal(
        <Button
          id="threads-button"
          size="sm"
          look="plain"
          aria-expanded={panel !== 'closed'}
          onClick={() => {
            ui.begun.set(null)
            ui.panel.set(panel === 'closed' ? 'list' : 'closed')
          }}
        >
          {t('threads.bar', { n: count })}
        </Button>,
        bar,
      )}
      {wide && <Margin session={session} />}
      {(panel !== 'closed' || (begun !== null && !wide)) && <Panel session={session} />}
      {mayComment && <SelectionButton session={session} begin={() => begin(null)} />}
    </>
  )
}

/** For those who may comment and not write: the one thing to do with chosen words. Writers have it among their tools. */
function SelectionButton({ session, begin }: { session: Session; begin: () => void }) {
  const t = useWords()
  const writable = useStore(session.state, session.state.get()).writable
  const button = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (writable) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const element = button.current
      if (!element) return
      const selection = document.getSelection()
      const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
      const chapter = range ? session.chapterAt(range.commonAncestorContainer) : null
      const shown = range !== null && chapter !== null && range.toString().trim() !== ''
      element.hidden = !shown
      if (!range || !shown) return
      const { left, top, right, bottom } = range.getBoundingClientRect()
      float(element, { left, top, right, bottom }, 'below', 'middle')
    }
    // While the mouse is still choosing, nothing stands in its way.
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(look, 150)
    }
    document.addEventListener('selectionchange', soon)
    window.addEventListener('scroll', soon, { passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', soon)
      window.removeEventListener('scroll', soon)
    }
  }, [session, writable])
  if (writable) return null
  return (
    <div ref={button} className="bubble" hidden onPointerDown={(event) => event.preventDefault()}>
      <button type="button" className="btn sm plain" aria-keyshortcuts="Control+Alt+M" onClick={begin}>
        {t('threads.comment')}
      </button>
    </div>
  )
}

function asked(detail: unknown) {
  if (typeof detail !== 'object' || detail === null || !('itemId' in detail)) return null
  const { itemId } = detail
  const part = 'part' in detail && typeof detail.part === 'string' ? detail.part : null
  if (typeof itemId !== 'string') return null
  const element = itemOnPage(itemId)
  const quote = element?.textContent?.trim().slice(0, 160) ?? ''
  return { kind: 'item' as const, itemId, part, element, quote }
}

/** The chosen words; without a choice, the whole paragraph the caret is in. */
function chosenWords(session: Session) {
  const selection = document.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null
  const chapter = range ? session.chapterAt(range.startContainer) : null
  if (!range || !chapter?.view.dom.contains(range.endContainer)) return null
  const { view, binding } = chapter
  binding.flush()
  let from = view.posAtDOM(range.startContainer, range.startOffset)
  let to = view.posAtDOM(range.endContainer, range.endOffset)
  // What is drawn inside an item and lies nowhere in the text, such as the sentence its slots compose: it is the
  // item that is meant then.
  if (!range.collapsed && bare(range.toString()) !== bare(view.state.doc.textBetween(from, to))) {
    const drawn = elementOf(range.startContainer)?.closest<HTMLElement>('.item[data-id]')
    const id = drawn?.dataset.id
    if (drawn && id !== undefined) return asked({ itemId: id })
  }
  if (from === to) {
    const at = view.state.doc.resolve(from)
    if (!at.parent.isTextblock) return null
    const item = at.depth > 1 && at.node(at.depth - 1).type.name === 'item' ? at.node(at.depth - 1) : null
    if (at.parent.content.size === 0 && item && typeof item.attrs.id === 'string')
      return asked({ itemId: item.attrs.id, part: at.parent.attrs.name })
    from = at.start()
    to = at.end()
    const dom = view.nodeDOM(at.before())
    if (dom) range.selectNodeContents(dom)
  }
  const words = wordsAt(binding.root, binding.mapping, view.state.doc, from, to)
  return words && { kind: 'words' as const, words, range }
}

const bare = (text: string) => text.replace(/\s+/g, '')

const elementOf = (node: Node) => (node instanceof Element ? node : node.parentElement)
