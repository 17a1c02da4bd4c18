import type { ReactNode } from 'react'

/** Words with a shape: disc good, triangle risk, square off, ring open. */
export function Badge({
  state = 'none',
  children,
}: {
  state?: 'good' | 'risk' | 'off' | 'none'
  children: ReactNode
}) {
  return (
    <span className="badge" data-s={state}>
      {children}
    </span>
  )
}
