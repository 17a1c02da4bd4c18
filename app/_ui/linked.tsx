import { Fragment } from 'react'
import { linksIn } from '@/lib/domain/links-in'

/** Words somebody wrote, the addresses of the web among them as links. */
export function Linked({ text }: { text: string }) {
  return linksIn(text).map((one, i) =>
    'text' in one ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change places
      <Fragment key={i}>{one.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text never change places
      <a key={i} href={one.href} target="_blank" rel="noopener noreferrer">
        {one.href}
      </a>
    ),
  )
}
