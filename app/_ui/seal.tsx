import type { ReactNode } from 'react'

/** A seal: `full` is sealed or signed, `open` may be, `none` is not yet. Always beside words that say so. */
export function Seal({
  state = 'full',
  lang,
  children,
}: {
  state?: 'full' | 'open' | 'none'
  lang?: string
  children: ReactNode
}) {
  return (
    <span className={state === 'open' ? 'seal' : `seal ${state}`} lang={lang} aria-hidden="true">
      {children}
    </span>
  )
}
