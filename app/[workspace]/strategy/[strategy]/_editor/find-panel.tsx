'use client'
import { useCallback, useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keys } from '@/app/_ui/keys'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import { type Found, findAll, paint, unpaint } from './find'
import type { Session } from './session'
import { useStore } from './use-store'

/** The field of the find bar, and what it finds. */
export function FindPanel({
  session,
  elementOf,
  field,
  close,
}: {
  session: Session
  elementOf: (root: TextRoot) => HTMLElement | null
  field: React.RefObject<HTMLInputElement | null>
  close: () => void
}) {
  const t = useWords()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<readonly Found[]>([])
  const [at, setAt] = useState(-1)
  // Changes whenever the text has, a moment after it.
  const reading = useStore(session.reading, null)

  const look = useCallback(
    (wanted: string) =>
      findAll(
        TEXT_ROOTS.flatMap((root) => elementOf(root) ?? []),
        wanted,
      ),
    [elementOf],
  )

  useEffect(() => {
    const chosen = selectedWords()
    if (chosen !== '') setQuery(chosen)
    field.current?.focus()
    return unpaint
  }, [field])

  useEffect(() => {
    // `reading` is not looked at: its change is the reason to look again.
    void reading
    const all = look(query)
    setFound(all)
    setAt((now) => (all.length === 0 ? -1 : now < 0 ? nearest(all) : Math.min(now, all.length - 1)))
  }, [look, query, reading])

  useEffect(() => {
    paint(found, at)
  }, [found, at])

  // Only stepping scrolls: a colleague's typing must not.
  const show = (index: number) => {
    setAt(index)
    const rect = found[index]?.range.getBoundingClientRect()
    if (!rect || (rect.top > 140 && rect.bottom < window.innerHeight - 60)) return
    window.scrollBy({ top: rect.top - window.innerHeight * 0.4 })
  }
  const step = (by: 1 | -1) => {
    if (found.length === 0) return
    show((at + by + found.length) % found.length)
  }
  const next = () => step(1)
  const previous = () => step(-1)
  const end = () => {
    const one = found[at]?.range
    close()
    if (one) select(session, one)
  }

  return (
    <search className="find-bar">
      <input
        ref={field}
        className="input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('editor.find_label')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(-1)
        }}
        onKeyDown={keys({ Enter: next, 'Shift+Enter': previous, Escape: end })}
      />
      <span className="num quiet" role="status">
        {query === ''
          ? ''
          : found.length === 0
            ? t('editor.find_none')
            : t('editor.find_count', { at: at + 1, n: found.length })}
      </span>
      <Button
        size="sm"
        look="plain"
        icon
        aria-label={t('editor.find_previous')}
        title={t('editor.find_previous')}
        onClick={previous}
      >
        <i aria-hidden="true" className="i i-up" />
      </Button>
      <Button
        size="sm"
        look="plain"
        icon
        aria-label={t('editor.find_next')}
        title={t('editor.find_next')}
        onClick={next}
      >
        <Icon name="down" />
      </Button>
      <Button
        size="sm"
        look="plain"
        icon
        aria-label={t('editor.find_close')}
        title={t('editor.find_close')}
        onClick={end}
      >
        <Icon name="x" />
      </Button>
    </search>
  )
}

/** A few chosen words are what one wants to find. */
function selectedWords(): string {
  const words = window.getSelection()?.toString() ?? ''
  return words.length <= 60 && !words.includes('\n') ? words.trim() : ''
}

/** The first match at or below the top of the window. */
function nearest(found: readonly Found[]): number {
  return Math.max(
    0,
    found.findIndex((one) => one.range.getBoundingClientRect().bottom > 110),
  )
}

/** Leaves the caret on the match, where the editor is one's to write in. */
function select(session: Session, range: Range): void {
  for (const chapter of session.chapters.values()) {
    const { view } = chapter
    if (!view.dom.contains(range.startContainer)) continue
    const from = view.posAtDOM(range.startContainer, range.startOffset)
    const to = view.posAtDOM(range.endContainer, range.endOffset)
    if (chapter.editor.isEditable)
      chapter.editor.chain().setTextSelection({ from, to }).focus(undefined, { scrollIntoView: false }).run()
    return
  }
}
