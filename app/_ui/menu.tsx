'use client'
import { createContext, type ReactNode, type RefObject, useCallback, useId, useRef, useState } from 'react'
import { buttonClass, type Look } from './button'
import { keyName } from './keys'
import { Late, latePart } from './late'

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

/** A button that opens a menu. Children are those of menu-items.tsx. */
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
