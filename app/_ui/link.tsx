import type { ComponentProps } from 'react'

export type LinkProps = ComponentProps<'a'> & { readonly href: string }

/** A link to a page of ours. Followed without loading the page anew as soon as <SoftLinks> listens. */
export function Link(props: LinkProps) {
  return <a data-soft="" {...props} />
}
