'use client'
import { type ReactNode, useContext } from 'react'
import { Link } from './link'
import { Close } from './menu'

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
