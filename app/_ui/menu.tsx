'use client'
import Link from 'next/link'
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { buttonClass, type Look } from './button'
import { composing, keyName } from './keys'

/** Where a menu opens: at an element, or at a point of the page (a context menu). */
type Anchor = RefObject<HTMLElement | null> | { readonly x: number; readonly y: number }

const Close = createContext<() => void>(() => undefined)

/** A button that opens a menu. Children are MenuItem, MenuCap, MenuRule. */
export function Menu({
  label,
  trigger,
  triggerClassName,
  look,
  size,
  icon,
  align = 'start',
  width,
  children,
}: {
  /** Names the menu, and the button too - unless `trigger` is plain text, or drawn by a class of its own. */
  label: string
  trigger: ReactNode
  triggerClassName?: string
  align?: 'start' | 'end'
  /** Pixels; 300 unless told. */
  width?: number
  children: ReactNode
} & Look) {
  const [open, setOpen] = useState<'no' | 'first' | 'last'>('no')
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = useCallback(() => setOpen('no'), [])
  return (
    <>
      <button
        ref={button}
        type="button"
        className={
          triggerClassName ??
          buttonClass({ ...(look && { look }), ...(size && { size }), ...(icon && { icon }) })
        }
        aria-haspopup="menu"
        aria-expanded={open !== 'no'}
        aria-controls={open === 'no' ? undefined : id}
        aria-label={typeof trigger === 'string' || triggerClassName ? undefined : label}
        onClick={() => setOpen(open === 'no' ? 'first' : 'no')}
        onKeyDown={(event) => {
          const key = keyName(event)
          if (key !== 'ArrowDown' && key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(key === 'ArrowDown' ? 'first' : 'last')
        }}
      >
        {trigger}
      </button>
      {open !== 'no' && (
        <MenuPanel {...{ id, label, align, close }} anchor={button} start={open} {...(width && { width })}>
          {children}
        </MenuPanel>
      )}
    </>
  )
}

/** Gives what is inside a menu of its own on the right button, the menu key and Shift+F10. */
export function ContextMenu({
  label,
  items,
  className,
  children,
}: {
  label: string
  items: ReactNode
  className?: string
  children: ReactNode
}) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const id = useId()
  const close = useCallback(() => setAt(null), [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way to what the row offers anyway
    <div
      className={className}
      onContextMenu={(event) => {
        event.preventDefault()
        // From the keyboard there is no pointer: open at the element that has the focus.
        const box = (event.target as Element).getBoundingClientRect()
        const keyboard = event.clientX === 0 && event.clientY === 0
        setAt(keyboard ? { x: box.left, y: box.bottom } : { x: event.clientX, y: event.clientY })
      }}
    >
      {children}
      {at && (
        <MenuPanel {...{ id, label, close }} anchor={at} start="first" align="start">
          {items}
        </MenuPanel>
      )}
    </div>
  )
}

function MenuPanel({
  id,
  label,
  anchor,
  align,
  start,
  width,
  close,
  children,
}: {
  id: string
  label: string
  anchor: Anchor
  align: 'start' | 'end'
  start: 'first' | 'last'
  width?: number
  close: () => void
  children: ReactNode
}) {
  const panel = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    const before = document.activeElement
    element.showPopover()
    place(element, anchor, align)
    const all = itemsOf(element)
    // A list of choices opens at the one that holds.
    const choices = all[0]?.hasAttribute('aria-checked') ? all : []
    ;(
      choices.find((item) => item.getAttribute('aria-checked') === 'true') ??
      all.at(start === 'first' ? 0 : -1)
    )?.focus()
    const replace = () => place(element, anchor, align)
    window.addEventListener('resize', replace)
    return () => {
      window.removeEventListener('resize', replace)
      // Only what had the focus in here gives it back; a click elsewhere has taken it already.
      const held = element.contains(document.activeElement) || document.activeElement === document.body
      if (held && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [anchor, align, start])

  useEffect(() => {
    const element = panel.current
    // A click beside it or Esc closes an `auto` popover by itself; we only hear of it.
    const heard = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close()
    }
    element?.addEventListener('toggle', heard)
    return () => element?.removeEventListener('toggle', heard)
  }, [close])

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (composing(event)) return
    const items = itemsOf(panel.current)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const go = (index: number) => items.at(items.length ? index % items.length : 0)?.focus()
    switch (keyName(event)) {
      case 'ArrowDown':
        go(at + 1)
        break
      case 'ArrowUp':
        go(at <= 0 ? -1 : at - 1)
        break
      case 'Home':
        go(0)
        break
      case 'End':
        go(-1)
        break
      case 'Tab':
      case 'Shift+Tab':
        // A menu is one stop of the tab order: leaving it closes it and goes on from its button.
        close()
        return
      default: {
        event.stopPropagation()
        if (
          [...event.key].length !== 1 ||
          event.key === ' ' ||
          event.ctrlKey ||
          event.metaKey ||
          event.altKey
        )
          return
        const fresh = event.timeStamp - typed.current.at > 700
        typed.current = { text: (fresh ? '' : typed.current.text) + event.key, at: event.timeStamp }
        const { text } = typed.current
        const from = text.length === 1 ? at + 1 : Math.max(at, 0)
        const order = [...items.slice(from), ...items.slice(0, from)]
        order
          .find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(text.toLocaleLowerCase()))
          ?.focus()
        return
      }
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={panel}
      id={id}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="menu"
      style={width ? { width } : undefined}
      onKeyDown={onKeyDown}
    >
      <Close.Provider value={close}>{children}</Close.Provider>
    </div>
  )
}

function itemsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])') ?? [])]
}

/** Below its anchor, inside the window; above it where there is no room below. */
function place(panel: HTMLElement, anchor: Anchor, align: 'start' | 'end'): void {
  const gap = 4
  const edge = 8
  const box =
    'current' in anchor
      ? anchor.current?.getBoundingClientRect()
      : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y }
  if (!box) return
  const { offsetWidth: width, offsetHeight: height } = panel
  const left = align === 'end' ? box.right - width : box.left
  const below = box.bottom + gap + height <= window.innerHeight - edge
  const top = below ? box.bottom + gap : Math.max(edge, box.top - gap - height)
  panel.style.left = `${Math.round(Math.max(edge, Math.min(left, window.innerWidth - width - edge)))}px`
  panel.style.top = `${Math.round(top)}px`
}

/** One act or place in a menu. `checked` makes it one of several of which one holds. */
export function MenuItem({
  href,
  onSelect,
  checked,
  disabled = false,
  danger = false,
  hint,
  sub,
  lang,
  children,
}: {
  href?: string
  onSelect?: () => unknown
  checked?: boolean
  disabled?: boolean
  danger?: boolean
  /** The key that does the same, or a short remark. */
  hint?: ReactNode
  /** A second line. */
  sub?: ReactNode
  lang?: string
  children: ReactNode
}) {
  const close = useContext(Close)
  const shared = {
    role: checked === undefined ? 'menuitem' : 'menuitemradio',
    'aria-checked': checked,
    'aria-disabled': disabled || undefined,
    tabIndex: -1,
    lang,
    className: danger ? 'text-danger' : undefined,
  }
  const content = (
    <>
      <span className="grow">
        {children}
        {sub && <span className="sub">{sub}</span>}
      </span>
      {hint && <span className="hint">{hint}</span>}
    </>
  )
  if (href !== undefined)
    return (
      <Link {...shared} href={href} onClick={close}>
        {content}
      </Link>
    )
  return (
    <button
      {...shared}
      type="button"
      onClick={() => {
        if (disabled) return
        close()
        onSelect?.()
      }}
    >
      {content}
    </button>
  )
}

/** A caption over some items. */
export function MenuCap({ children }: { children: ReactNode }) {
  return (
    <div className="cap" role="presentation">
      {children}
    </div>
  )
}

export function MenuRule() {
  return <hr />
}
