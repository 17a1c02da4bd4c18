'use client'
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useId,
  useRef,
  useState,
} from 'react'
import { buttonClass, type Look } from './button'
import { keyName } from './keys'
import { Late, latePart } from './late'
import { Link } from './link'

/** Where a menu opens: at an element, or at a point of the page (a context menu). */
export type Anchor = RefObject<HTMLElement | null> | { readonly x: number; readonly y: number }

export const Close = createContext<() => void>(() => undefined)

export interface Panel {
  readonly id: string
  readonly label: string
  readonly anchor: Anchor
  readonly align: 'start' | 'end'
  readonly start: 'first' | 'last'
  readonly width?: number
  readonly close: () => void
}

const menuPanel = latePart(() => import('./menu-panel').then((module) => module.MenuPanel))

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
  panel,
  warm = menuPanel.warm,
  children,
}: {
  /** Names the menu, and the button too - unless `trigger` is plain text, or drawn by a class of its own. */
  label: string
  trigger: ReactNode
  triggerClassName?: string
  align?: 'start' | 'end'
  /** Pixels; 300 unless told. */
  width?: number
  /** Draws the panel in place of `children`: for a menu whose items come late as well, asked for by `warm`. */
  panel?: (given: Panel) => ReactNode
  warm?: () => void
  children?: ReactNode
} & Look) {
  const [open, setOpen] = useState<'no' | 'first' | 'last'>('no')
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = useCallback(() => setOpen('no'), [])
  const given =
    open === 'no' ? null : { id, label, align, close, anchor: button, start: open, ...(width && { width }) }
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
        onPointerEnter={warm}
        onFocus={warm}
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
      {given &&
        (panel?.(given) ?? (
          <Late part={menuPanel} missed={close}>
            {(MenuPanel) => <MenuPanel {...given}>{children}</MenuPanel>}
          </Late>
        ))}
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
        <Late part={menuPanel} missed={close}>
          {(MenuPanel) => (
            <MenuPanel {...{ id, label, close }} anchor={at} start="first" align="start">
              {items}
            </MenuPanel>
          )}
        </Late>
      )}
    </div>
  )
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
