import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'
import { Link, type LinkProps } from './link'

/** Ink for the one act a place is for, outline for the others, plain in rows, danger for what cannot be undone. */
export interface Look {
  readonly look?: 'ink' | 'outline' | 'plain' | 'danger'
  readonly size?: 'sm' | 'md' | 'lg'
  /** A square button holding an icon only; give it an aria-label. */
  readonly icon?: boolean
}

export function buttonClass({ look = 'outline', size = 'md', icon = false }: Look, more?: string): string {
  return classNames('btn', look !== 'outline' && look, size !== 'md' && size, icon && 'icon', more)
}

export type ButtonProps = ComponentProps<'button'> & Look & { readonly busy?: boolean; children?: ReactNode }

/** A button that does something. While busy it keeps its place and its focus, and does nothing. */
export function Button({
  look,
  size,
  icon,
  busy,
  className,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(
        { ...(look && { look }), ...(size && { size }), ...(icon && { icon }) },
        className,
      )}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  )
}

export type LinkButtonProps = LinkProps & Look

/** A link that looks like a button: it goes somewhere. */
export function LinkButton({ look, size, icon, className, ...rest }: LinkButtonProps) {
  return (
    <Link
      {...rest}
      className={buttonClass(
        { ...(look && { look }), ...(size && { size }), ...(icon && { icon }) },
        className,
      )}
    />
  )
}
