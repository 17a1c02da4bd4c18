'use client'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { composing, keyName, keys } from '@/app/_ui/keys'
import { safeHref } from '@/lib/document/links'
import { float, inSight } from './float'
import type { Menus } from './menus'
import type { Session } from './session'
import { type Bubble, type MarkName, markNames, NO_TOOLS } from './tools'
import { useStore } from './use-store'

const shortcuts: Record<MarkName, string> = {
  bold: 'B',
  italic: 'I',
  underline: 'U',
  strike: 'Shift+S',
  code: 'E',
}

/** The tools of a selection: five marks and the link. The keyboard has them all without it; Alt+F10 leads here. */
export function BubbleMenu({
  session,
  menus,
  choosing,
}: {
  session: Session
  menus: Menus
  choosing: boolean
}) {
  const { bubble, linking } = useStore(menus.tools, NO_TOOLS)
  if (!bubble || (choosing && !linking)) return null
  return <Tools_ session={session} menus={menus} bubble={bubble} linking={linking} />
}

function Tools_({
  session,
  menus,
  bubble,
  linking,
}: {
  session: Session
  menus: Menus
  bubble: Bubble
  linking: boolean
}) {
  const t = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const back = () => session.run(({ editor }) => editor.commands.focus())

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    float(element, bubble.box, 'above', 'middle')
    element.style.visibility = inSight(bubble.box) ? '' : 'hidden'
  })

  useEffect(() => {
    const reach = (event: globalThis.KeyboardEvent) => {
      if (event.altKey && event.key === 'F10' && !composing(event)) {
        event.preventDefault()
        panel.current?.querySelector<HTMLElement>('button, input')?.focus()
      }
    }
    document.addEventListener('keydown', reach)
    return () => document.removeEventListener('keydown', reach)
  }, [])

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const name = keyName(event)
    if (name === 'Escape') {
      event.preventDefault()
      menus.setLinking(false)
      back()
      return
    }
    if (linking || (name !== 'ArrowLeft' && name !== 'ArrowRight')) return
    const all = [...(panel.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    const at = all.findIndex((button) => button.matches(':focus'))
    all[(at + (name === 'ArrowRight' ? 1 : all.length - 1)) % all.length]?.focus()
    event.preventDefault()
  }

  return (
    <div
      ref={panel}
      className="bubble"
      role="toolbar"
      aria-label={t('editor.tools')}
      onKeyDown={walk}
      // Pressing a button must not take the selection away from the text.
      onPointerDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
    >
      {linking ? (
        <LinkField session={session} menus={menus} href={bubble.href} back={back} />
      ) : (
        <>
          {markNames.map((name) => (
            <button
              key={name}
              type="button"
              className="btn icon sm"
              aria-pressed={bubble.marks.includes(name)}
              aria-label={t(`editor.${name}`)}
              aria-keyshortcuts={`Control+${shortcuts[name]}`}
              title={t(`editor.${name}`)}
              onClick={() => session.run(({ editor }) => editor.chain().focus().toggleMark(name).run())}
            >
              <span aria-hidden="true" className={`glyph-${name}`}>
                {name === 'code'
                  ? '<>'
                  : name === 'bold'
                    ? 'B'
                    : name === 'italic'
                      ? 'I'
                      : name === 'underline'
                        ? 'U'
                        : 'S'}
              </span>
            </button>
          ))}
          <button
            type="button"
            className="btn sm plain"
            aria-pressed={bubble.href !== null}
            aria-keyshortcuts="Control+K"
            onClick={() => menus.setLinking(true)}
          >
            {t('editor.link')}
          </button>
          <button
            type="button"
            className="btn sm plain"
            aria-keyshortcuts="Control+Alt+M"
            onClick={() => document.dispatchEvent(new CustomEvent('strategy:comment'))}
          >
            {t('threads.comment')}
          </button>
        </>
      )}
    </div>
  )
}

function LinkField({
  session,
  menus,
  href,
  back,
}: {
  session: Session
  menus: Menus
  href: string | null
  back: () => void
}) {
  const t = useWords()
  const field = useRef<HTMLInputElement>(null)
  const [value, setValue] = useState(href ?? '')
  const [wrong, setWrong] = useState(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const end = () => {
    menus.setLinking(false)
    back()
  }
  const remove = () => {
    session.run(({ editor }) => editor.chain().focus().extendMarkRange('link').unsetMark('link').run())
    menus.setLinking(false)
  }
  const set = () => {
    const typed = value.trim()
    if (typed === '') {
      remove()
      return
    }
    const address = safeHref(complete(typed))
    if (address === null) {
      setWrong(true)
      field.current?.focus()
      return
    }
    session.run(({ editor }) =>
      editor.chain().focus().extendMarkRange('link').setMark('link', { href: address }).run(),
    )
    menus.setLinking(false)
  }
  const open = safeHref(href)
  return (
    <>
      <input
        ref={field}
        className="input"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('editor.link_label')}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? 'link-wrong' : undefined}
        placeholder={t('editor.link_hint')}
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
          setWrong(false)
        }}
        onKeyDown={keys({ Enter: set, Escape: end })}
      />
      <button
        type="button"
        className="btn icon sm"
        aria-label={t('editor.link_set')}
        title={t('editor.link_set')}
        onClick={set}
      >
        <Icon name="check" />
      </button>
      {open !== null && (
        <a
          className="btn icon sm"
          href={open}
          target="_blank"
          rel="noopener noreferrer nofollow"
          aria-label={t('editor.link_open')}
          title={t('editor.link_open')}
        >
          <Icon name="right" />
        </a>
      )}
      {href !== null && (
        <button
          type="button"
          className="btn icon sm"
          aria-label={t('editor.link_remove')}
          title={t('editor.link_remove')}
          onClick={remove}
        >
          <Icon name="x" />
        </button>
      )}
      {wrong && (
        <span className="error" id="link-wrong" role="alert">
          {t('editor.link_invalid')}
        </span>
      )}
    </>
  )
}

/** `example.org` and `a@example.org` as people type them. */
function complete(typed: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(typed)) return typed
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(typed)) return `mailto:${typed}`
  return `https://${typed}`
}
