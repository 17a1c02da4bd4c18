'use client'
import { isId } from '@/lib/kit/ids'

/**
 * Which commented words are tinted. The marks themselves are the editor's and must not be touched, so a style sheet
 * names their threads: the open ones, and stronger those one looks at. Words of an ended thread look like any others.
 */
export function Highlights({
  open,
  strong,
}: {
  open: readonly string[]
  strong: readonly (string | null)[]
}) {
  const each = (ids: readonly (string | null)[]) =>
    ids.flatMap((id) => (isId('thr', id) ? `[data-thread="${id}"]` : [])).join(',')
  const tinted = each(open)
  const looked = each(strong)
  return (
    <style>
      {`@media screen{${tinted && `.text mark.c:is(${tinted}){background:var(--mark);box-shadow:0 1.5px 0 var(--mark-on);cursor:pointer}`}${
        looked && `.text mark.c:is(${looked}){background:var(--mark-on);box-shadow:0 1.5px 0 var(--mark-on)}`
      }}`}
    </style>
  )
}
