import type { ComponentProps, ReactNode } from 'react'

/** A box to tick with its words. In a <SubmitForm> it is sent as true or false. */
export function Check({
  children,
  help,
  ...rest
}: ComponentProps<'input'> & { children: ReactNode; help?: ReactNode }) {
  return (
    <label className="check">
      <input {...rest} type="checkbox" />
      <span>
        {children}
        {help && <span className="help block">{help}</span>}
      </span>
    </label>
  )
}
