'use client'
import { type ReactNode, useState } from 'react'
import { Badge } from '@/app/_ui/badge'
import { Link } from '@/app/_ui/link'
import { workShapes } from './work-shapes'

/** One line of work as it travels: of thousands nobody opens, only the words. */
export interface WorkLine {
  readonly id: string
  readonly title: string
  readonly outcome: keyof typeof workShapes
  readonly href: string | null
  /** What becomes of it. */
  readonly carry: string | null
  readonly reason: string | null
}

/** The rest of a department's work, drawn when it is opened. */
export function MoreWork({
  label,
  lines,
  outcomes,
}: {
  label: string
  lines: readonly WorkLine[]
  outcomes: Readonly<Record<WorkLine['outcome'], string>>
}) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {open && <WorkList lines={lines} outcomes={outcomes} />}
    </details>
  )
}

export function WorkList({
  lines,
  outcomes,
}: {
  lines: readonly WorkLine[]
  outcomes: Readonly<Record<WorkLine['outcome'], string>>
}): ReactNode {
  return (
    <ul>
      {lines.map(({ id, title, outcome, href, carry, reason }) => (
        <li key={id}>
          <Badge state={workShapes[outcome]}>{outcomes[outcome]}</Badge>
          <span className="grow">
            {href ? <Link href={href}>{title}</Link> : title}
            {(carry || reason) && (
              <small>
                {carry}
                {reason && <q>{reason}</q>}
              </small>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
