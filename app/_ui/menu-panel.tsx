'use client'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { composing, keyName } from './keys'
import { type Anchor, Close, type Panel } from './menu'

/** What opens: places itself, takes the focus, and answers keys. */
export function MenuPanel({
  id,
  label,
  anchor,
  align,
  start,
  width,
  close,
  children,
}: Panel & { readonly children: ReactNode }) {
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
export function place(panel: HTMLElement, anchor: Anchor, align: 'start' | 'end'): void {
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
