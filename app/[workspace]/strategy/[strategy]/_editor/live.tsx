'use client'
import type { TextRoot } from '@/lib/document/roots'
import { BubbleMenu } from './bubble-menu'
import { FindBar } from './find-bar'
import type { Session } from './session'
import { SlashMenuList } from './slash-menu'
import { TableBar } from './table-bar'

export { Session } from './session'

/** What stands over the text while one works in it. Comes with the editor's script, not before. */
export function LiveTools({
  session,
  elementOf,
}: {
  session: Session
  elementOf: (root: TextRoot) => HTMLElement | null
}) {
  return (
    <>
      <FindBar session={session} elementOf={elementOf} />
      <BubbleMenu session={session} />
      <TableBar session={session} />
      <SlashMenuList session={session} />
    </>
  )
}
