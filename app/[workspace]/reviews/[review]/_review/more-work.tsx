'use client'
import { type ReactNode, useState } from 'react'
import { Badge } from '@/app/_ui/badge'
import { Link } from '@/app/_ui/link'
import { workShapes } from './work-shapes'

/**
 * One line of work as it travels, thousands of which nobody opens: its id, its title, what became of it and, where that
 * was said, what becomes of it and why.
 */
export type WorkLine =
  | readonly [id: string, title: string, outcome: keyof typeof workShapes]
  | readonly [
      id: string,
      title: string,
      outcome: keyof typeof workShapes,
      carry: string | null,
      reason: string | null,
    ]

/** The rest of a department's work, drawn when it is opened. */
export function MoreWork({
  label,
  ...given
}: {
  label: string
} & Parameters<typeof WorkList>[0]) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {open && <WorkList {...given} />}
    </details>
  )
}

export function WorkList({
  at,
  lines,
  outcomes,
}: {
  /** Where these lie, up to the id. */
  at: string
  lines: readonly WorkLine[]
  outcomes: Readonly<Record<keyof typeof workShapes, string>>
}): ReactNode {
  return (
    <ul>
      {lines.map(([id, title, outcome, carry, reason]) => (
        <li key={id}>
          <Badge state={workShapes[outcome]}>{outcomes[outcome]}</Badge>
          <span className="grow">
            <Link href={at + id}>{title}</Link>
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
