import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { Icon, type IconName } from './icon'

/** A sentence across the page, with at most one act. `live` has it read out when it appears. */
export function Banner({
  kind = 'plain',
  icon,
  action,
  live = false,
  className,
  children,
}: {
  kind?: 'plain' | 'attention' | 'danger'
  icon?: IconName
  action?: ReactNode
  live?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <div
      className={classNames('banner', className)}
      data-kind={kind === 'plain' ? undefined : kind}
      role={live ? (kind === 'danger' ? 'alert' : 'status') : undefined}
    >
      {icon && <Icon name={icon} />}
      <span className="grow">{children}</span>
      {action}
    </div>
  )
}
