import type { ReactNode } from 'react'

/** An empty place: one sentence naming what is missing and who, one line more, one act. */
export function Empty({
  title,
  level = 3,
  action,
  children,
}: {
  title: ReactNode
  /** The heading's level in its page. */
  level?: 1 | 2 | 3
  action?: ReactNode
  children?: ReactNode
}) {
  const Title = `h${level}` as const
  return (
    <div className="empty">
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}
